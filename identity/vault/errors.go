package vault

import "errors"

// The errors of this package; each is wrapped with what was being done.
var (
	// ErrMissing: there is no key file in the folder. If there is a profile, it is damaged.
	ErrMissing = errors.New("no key file")
	// ErrExists: Create found a key file, readable or not.
	ErrExists = errors.New("there is a key file already")
	// ErrDamaged: the key file is not what was written. It stays as it is.
	ErrDamaged = errors.New("key file is damaged")
	// ErrNewer: the key file was written by a newer program.
	ErrNewer = errors.New("key file is of a newer format")
	// ErrLocked: a passphrase is needed, or what the system should hold cannot be read:
	// ask for the passphrase or the words.
	ErrLocked = errors.New("keys are locked")
	// ErrWrongPassphrase: the passphrase does not open the file.
	ErrWrongPassphrase = errors.New("wrong passphrase")
	// ErrWrongWords: they are the words of another person, or have been replaced since.
	ErrWrongWords = errors.New("recovery words of another key file")
	// ErrNoPassphrase: an empty one, or the file is not under a passphrase.
	ErrNoPassphrase = errors.New("no passphrase")
	// ErrChanged: somebody else has written the key file since it was opened.
	ErrChanged = errors.New("key file was changed meanwhile")
	// ErrOtherKeys: keys of another person or device.
	ErrOtherKeys = errors.New("keys of another person or device")
	// ErrNoEntry is what a Keyring says if it works and has no entry of that name.
	ErrNoEntry = errors.New("no such entry in the keyring")
)
