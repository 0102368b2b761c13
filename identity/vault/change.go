package vault

import (
	"bytes"
	"fmt"

	"corkboard/identity"
)

// Store replaces the keys, for a new sealing key or master key, under the same
// protection: ErrLocked before unlocking, ErrOtherKeys for another person or
// device, ErrChanged if the file on the disk is not the one that was opened.
func (v *Vault) Store(k Keys) error {
	const doing = "store keys: %w"
	if err := v.mayWrite(k); err != nil {
		return fmt.Errorf(doing, err)
	}
	f := file{header: v.file.header}
	if err := f.sealKeys(v.key(), k); err != nil {
		return fmt.Errorf(doing, err)
	}
	if err := v.place(f, v.key(), true); err != nil {
		return fmt.Errorf(doing, err)
	}
	return nil
}

// Protect changes the protection: another passphrase, or the keyring instead of
// one. The file gets a new key inside, so that who has only the old passphrase
// reads old copies of the file and no new one. Errors as of Store.
func (v *Vault) Protect(by Lock) error {
	return v.change("change the protection of keys", v.file.recovery, by)
}

// SetRecovery puts new recovery words into the place of the old ones, which no
// longer open the file; the lock is needed again. Errors as of Store.
func (v *Vault) SetRecovery(words identity.RecoveryKey, by Lock) error {
	return v.change("set new recovery words", words, by)
}

func (v *Vault) change(doing string, words identity.RecoveryKey, by Lock) error {
	if v.key == nil {
		return fmt.Errorf("%s: %w", doing, ErrLocked)
	}
	k, err := v.file.openKeys(v.key())
	if err == nil {
		err = v.mayWrite(k)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	was, ring := v.file, v.ring
	h := header{person: was.person, device: was.device, recovery: words}
	if err := v.rewrite(h, k, by, true); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if was.protection == UnderKeyring && ring != nil {
		ring.Delete(entryName(was.entry)) // a key to nothing, if it stays
	}
	if by.ring != nil {
		v.ring = by.ring
	}
	v.disk.at("deleted from the keyring")
	return nil
}

// mayWrite says whether keys may take the place of those on the disk.
func (v *Vault) mayWrite(k Keys) error {
	if v.key == nil {
		return ErrLocked
	}
	if k.Device == nil || k.Person != v.file.person || k.Device.ID() != v.file.device {
		return ErrOtherKeys
	}
	now, err := v.disk.read(FileName, maxFile)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrChanged, err)
	}
	if !bytes.Equal(now, v.raw) {
		return ErrChanged
	}
	return nil
}
