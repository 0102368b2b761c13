package docstore

import (
	"errors"
	"fmt"

	"corkboard/doc"
	"corkboard/identity"
	"corkboard/identity/vault"
)

// Unlock opens locked keys by the passphrase. Then everything works without a
// restart: what could not be read is loaded, edits go through. If they are
// unlocked already it does nothing. It blocks for about a second. Errors:
// vault.ErrWrongPassphrase, vault.ErrNoPassphrase (also if something else guards
// the keys), vault.ErrDamaged, ErrNoKeys, doc.ErrClosed.
func (s *Store) Unlock(passphrase string) error {
	return s.unlock("unlocking by passphrase", func(k *keys) error {
		held, err := k.vault.UnlockPassphrase(passphrase)
		if err != nil {
			return err
		}
		return s.take(held)
	})
}

// UnlockWords opens locked keys by the recovery words, as Unlock does. If the
// protection was the keyring or none and can be made anew it is; else
// KeyState.Renew says that the person must choose one. Errors:
// vault.ErrWrongWords, vault.ErrDamaged, ErrNoKeys, doc.ErrClosed.
func (s *Store) UnlockWords(words identity.Words) error {
	return s.unlock("unlocking by words", func(k *keys) error {
		held, err := k.vault.UnlockWords(words)
		if err != nil {
			return err
		}
		if err := s.take(held); err != nil {
			return err
		}
		s.renewProtection()
		return nil
	})
}

// renewProtection makes what has failed anew where nobody need be asked, and
// notes that it must be made where somebody must. Under guard.
func (s *Store) renewProtection() {
	k := s.keys
	k.mu.Lock()
	k.state.Renew = true
	was := k.state.Protection
	k.mu.Unlock()
	var by vault.Lock
	switch {
	case s.readOnly != nil:
		return
	case was == vault.UnderFile:
		by = vault.BySystem(nil)
	case was == vault.UnderKeyring && s.KeyringWorks():
		by = vault.BySystem(s.opt.Keyring)
	default:
		return
	}
	err := k.renew(by)
	if err == nil {
		err = s.backupVault()
	}
	if err != nil {
		s.opt.Log.Error("the keys are unlocked, but not protected anew", "err", err)
	}
}

func (s *Store) unlock(doing string, open func(*keys) error) error {
	k := s.keys
	<-k.tried
	k.guard.Lock()
	defer k.guard.Unlock()
	_, err := k.wait()
	switch {
	case s.over.Load():
		err = doc.ErrClosed
	case errors.Is(err, ErrLocked):
		err = open(k)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	for _, d := range s.present() {
		d.post(d.revive)
	}
	s.board.wake()
	return nil
}

// revive loads a document that could not be read while the keys were locked.
func (d *document) revive() {
	if d.state == doc.Ready || !errors.Is(d.err, ErrLocked) {
		return
	}
	all, err := d.s.find([]doc.ID{d.id})
	f := all[d.id]
	if err != nil {
		f = found{err: err}
	}
	d.err = nil
	d.install(f)
}
