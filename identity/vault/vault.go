package vault

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"

	"corkboard/identity"
)

// Vault is the key file of one folder. It starts locked unless Create made it.
// It prints as a fixed word.
type Vault struct {
	disk disk
	ring Keyring
	file file
	raw  []byte              // the file as it lies on the disk
	key  veil[[keySize]byte] // the file key, once unlocked
}

// Create writes the key file of a new device, protected by the lock and by the
// recovery words, into an existing folder of the profile. ErrExists if there is
// a key file already, whatever is in it; fs errors if it cannot be written.
func Create(dir string, k Keys, words identity.RecoveryKey, by Lock) (*Vault, error) {
	v := &Vault{disk: disk{dir: dir}, ring: by.ring}
	if err := v.create(k, words, by); err != nil {
		return nil, err
	}
	return v, nil
}

func (v *Vault) create(k Keys, words identity.RecoveryKey, by Lock) error {
	const doing = "create key file: %w"
	if _, err := v.disk.read(FileName, maxFile); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf(doing, ErrExists)
	}
	if k.Device == nil {
		return fmt.Errorf(doing, ErrOtherKeys)
	}
	h := header{person: k.Person, device: k.Device.ID(), recovery: words}
	if err := v.rewrite(h, k, by, false); err != nil {
		if errors.Is(err, fs.ErrExist) {
			err = fmt.Errorf("%w: %w", ErrExists, err)
		}
		return fmt.Errorf(doing, err)
	}
	return nil
}

// Open reads the key file of a folder and opens nothing yet: ErrMissing,
// ErrDamaged, ErrNewer, or an fs error if the disk fails.
func Open(dir string, ring Keyring) (*Vault, error) {
	v := &Vault{disk: disk{dir: dir}, ring: ring}
	raw, err := v.disk.read(FileName, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %w", ErrMissing, err)
	}
	if err == nil {
		v.file, err = parseFile(raw)
	}
	if err != nil {
		return nil, fmt.Errorf("open key file: %w", err)
	}
	v.raw = raw
	return v, nil
}

// Protection is what guards the file besides the words.
func (v *Vault) Protection() Protection { return v.file.protection }

// Person is whose keys these are. Nothing vouches for it until the vault is unlocked.
func (v *Vault) Person() identity.PersonID { return v.file.person }

// Device is which device's keys these are; like Person.
func (v *Vault) Device() identity.DeviceID { return v.file.device }

// Unlock opens with what the system holds: ErrLocked if a passphrase is needed,
// or if the keyring cannot be read, has no entry or a wrong one: then ask for
// the words, and Protect anew. ErrDamaged if somebody has tampered with the file.
func (v *Vault) Unlock() (Keys, error) {
	const doing = "unlock keys: %w"
	if v.file.protection == UnderPassphrase {
		return Keys{}, fmt.Errorf(doing, ErrLocked)
	}
	secret, err := entrySecret(v.disk, v.ring, v.file.header)
	if err != nil {
		return Keys{}, fmt.Errorf(doing, err)
	}
	key, err := fromEntry(secret, v.file.entry, v.file.local)
	if err != nil {
		return Keys{}, fmt.Errorf("unlock keys: the %v holds another key: %w", v.file.protection, ErrLocked)
	}
	return v.open(key)
}

// UnlockPassphrase opens with the passphrase: ErrWrongPassphrase, ErrNoPassphrase
// or ErrDamaged. It takes about a second.
func (v *Vault) UnlockPassphrase(passphrase string) (Keys, error) {
	const doing = "unlock keys by passphrase: %w"
	if v.file.protection != UnderPassphrase {
		return Keys{}, fmt.Errorf(doing, ErrNoPassphrase)
	}
	key, err := fromPassphrase(passphrase, v.file.local)
	if err != nil {
		return Keys{}, fmt.Errorf(doing, err)
	}
	return v.open(key)
}

// UnlockWords opens with the recovery words, whatever else protects the file:
// ErrWrongWords or ErrDamaged.
func (v *Vault) UnlockWords(words identity.Words) (Keys, error) {
	const doing = "unlock keys by words: %w"
	r, err := words.Recovery()
	if err != nil {
		return Keys{}, fmt.Errorf(doing, err)
	}
	if r.ID() != v.file.recovery.ID {
		return Keys{}, fmt.Errorf(doing, ErrWrongWords)
	}
	key, err := v.file.fromWords(r)
	if err != nil {
		return Keys{}, fmt.Errorf(doing, err)
	}
	return v.open(key)
}

func (v *Vault) open(key *[keySize]byte) (Keys, error) {
	k, err := v.file.openKeys(key)
	if err != nil {
		return Keys{}, fmt.Errorf("unlock keys: %w", err)
	}
	v.key = hide(key)
	return k, nil
}

// rewrite makes a new file key, locks it, and writes the file.
func (v *Vault) rewrite(h header, k Keys, by Lock, replace bool) (err error) {
	key := new([keySize]byte)
	rand.Read(key[:])
	if h.words, err = h.underWords(key); err != nil {
		return err
	}
	if _, err := k.marshal(); err != nil { // before anything is put away
		return err
	}
	if err := by.close(v.disk, &h, key); err != nil {
		return err
	}
	f := file{header: h}
	if err := f.sealKeys(key, k); err != nil {
		return err
	}
	return v.place(f, key, replace)
}

// place writes a file that was read back in memory, so that no mistake of ours
// replaces keys that can be opened by some that cannot.
func (v *Vault) place(f file, key *[keySize]byte, replace bool) error {
	raw := f.marshal()
	back, err := parseFile(raw)
	if err == nil {
		_, err = back.openKeys(key)
	}
	if err != nil {
		return fmt.Errorf("read back: %w", err)
	}
	if err := v.disk.write(FileName, raw, replace); err != nil {
		return err
	}
	v.file, v.raw, v.key = f, bytes.Clone(raw), hide(key)
	v.disk.sweep(f)
	v.disk.at("swept")
	return nil
}
