package backup

import "errors"

// The errors of this package; each is wrapped with what was being done.
var (
	// ErrShort: the passphrase has less than MinPassphrase characters.
	ErrShort = errors.New("the passphrase is too short")
	// ErrWrongPassphrase: the passphrase does not open the file.
	ErrWrongPassphrase = errors.New("wrong passphrase for the backup")
	// ErrNotBackup: the file is no backup of Corkboard's.
	ErrNotBackup = errors.New("not a backup")
	// ErrNewer: a later program has written it.
	ErrNewer = errors.New("the backup is of a newer format")
	// ErrDamaged: the file was cut off or changed.
	ErrDamaged = errors.New("the backup is damaged")
	// ErrChanged: a file became shorter while it was backed up.
	ErrChanged = errors.New("the file has changed meanwhile")
	// ErrOrder: an entry of no name of the list, or out of order.
	ErrOrder = errors.New("no entry of a backup, or out of order")
)
