package docstore

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corkboard/docstore/member"
	"corkboard/identity/vault"
)

// createVault puts new keys into the profile. Until the recovery words are written
// down nothing may lock a person out: so the key to the keys lies beside.
func (s *Store) createVault(f member.Founding) error {
	dir := s.profile.path(keysName)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making the folder of the keys: %w", err)
	}
	if _, err := vault.Create(dir, f.Keys, f.Recovery, vault.BySystem(nil)); err != nil {
		return err
	}
	return syncDir(s.profile.dir)
}

func hasVault(p *profile) bool {
	_, err := os.Stat(filepath.Join(p.path(keysName), vault.FileName))
	return !errors.Is(err, fs.ErrNotExist)
}

// openVault opens the keys, or the copy of them if they are lost or damaged, which
// then takes their place; what was there is set aside.
func (s *Store) openVault() (*vault.Vault, error) {
	dir := s.profile.path(keysName)
	v, err := vault.Open(dir, s.opt.Keyring)
	if s.readOnly != nil || !errors.Is(err, vault.ErrMissing) && !errors.Is(err, vault.ErrDamaged) {
		return v, err
	}
	if _, copied := vault.Open(s.vaultCopy(), s.opt.Keyring); copied != nil {
		return nil, err
	}
	if b, err := os.ReadFile(filepath.Join(dir, vault.FileName)); err == nil {
		s.setAside(vault.FileName, b, "the keys of this device\nthey cannot be read; a copy has taken their place\n")
	}
	if err := copyFolder(s.vaultCopy(), dir); err != nil {
		return nil, fmt.Errorf("putting the copy of the keys back: %w", err)
	}
	s.opt.Log.Warn("the keys were damaged; their copy has taken their place", "err", err)
	return vault.Open(dir, s.opt.Keyring)
}

func (s *Store) vaultCopy() string { return filepath.Join(s.profile.path("backups"), keysName) }

// keysOfCopy unlocks the copy of the keys where the key beside them is lost, and puts
// it into their place. If it cannot, the error is that of before. Under guard.
func (s *Store) keysOfCopy(lost error) (vault.Keys, error) {
	spare, err := vault.Open(s.vaultCopy(), nil)
	if err != nil || spare.Person() != s.keys.person || spare.Device() != s.keys.device {
		return vault.Keys{}, lost
	}
	if _, err := spare.Unlock(); err != nil {
		return vault.Keys{}, lost
	}
	dir := s.profile.path(keysName)
	if b, err := os.ReadFile(filepath.Join(dir, vault.FileName)); err == nil {
		s.setAside(vault.FileName, b, "the keys of this device\nthe key beside them is lost; a copy has taken their place\n")
	}
	if err := copyFolder(s.vaultCopy(), dir); err != nil {
		return vault.Keys{}, errors.Join(lost, err)
	}
	v, err := vault.Open(dir, s.opt.Keyring)
	if err != nil {
		return vault.Keys{}, errors.Join(lost, err)
	}
	s.opt.Log.Warn("the key beside the keys was lost; the copy has taken their place", "err", lost)
	s.keys.vault = v
	return v.Unlock()
}

// copyKeys copies keys that open: those that do not may have lost what the copy has.
// It blocks until it is known.
func (s *Store) copyKeys() error {
	if _, err := s.keys.wait(); err != nil {
		return nil
	}
	s.keys.guard.Lock()
	defer s.keys.guard.Unlock()
	return s.backupVault()
}

// vaultIsCopied reports whether the copy of the keys is that of the present ones.
func (s *Store) vaultIsCopied() bool {
	from, to := s.profile.path(keysName), s.vaultCopy()
	list, err := os.ReadDir(from)
	copies, again := os.ReadDir(to)
	if err != nil || again != nil || len(list) != len(copies) {
		return false
	}
	for _, e := range list {
		a, err := os.ReadFile(filepath.Join(from, e.Name()))
		b, again := os.ReadFile(filepath.Join(to, e.Name()))
		if err != nil || again != nil || !bytes.Equal(a, b) {
			return false
		}
	}
	return true
}

// backupVault puts the keys beside the copies of the log, which are worth nothing
// without. It makes the copy that of the present keys, and of no older ones: who
// has changed a passphrase does not want the old one to open anything here. Under the guard of the keys.
func (s *Store) backupVault() error {
	from, to := s.profile.path(keysName), s.vaultCopy()
	if err := copyFolder(from, to); err != nil {
		return err
	}
	list, err := os.ReadDir(to)
	for _, e := range list {
		if _, gone := os.Stat(filepath.Join(from, e.Name())); errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, os.Remove(filepath.Join(to, e.Name())))
		}
	}
	return err
}

// copyFolder copies the files of a folder, each whole or not at all.
func copyFolder(from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	list, err := os.ReadDir(from)
	for _, e := range list {
		b, again := os.ReadFile(filepath.Join(from, e.Name()))
		if again == nil {
			again = ReplaceFile(filepath.Join(to, e.Name()), b)
		}
		err = errors.Join(err, again)
	}
	return err
}
