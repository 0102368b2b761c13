package docstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"corkboard/doc"
	"corkboard/identity"
	"corkboard/identity/vault"
)

// KeyState is what there is to say of the profile's keys.
type KeyState struct {
	Known      bool             // it is known whether they open; before that Err is nil
	Err        error            // ErrLocked, ErrNoKeys; nil if they are unlocked
	Protection vault.Protection // 0 if there are no keys to protect
	WordsKept  bool             // the recovery words are still here: not written down yet
	// Renew says that the words have opened what the protection did not: at the
	// next start it will not either, if it is not made anew.
	Renew bool
}

// KeyState says at once how it stands with the keys. Whoever has subscribed to
// the status is woken when it changes.
func (s *Store) KeyState() KeyState {
	k := s.keys
	k.mu.Lock()
	defer k.mu.Unlock()
	st := k.state
	st.Err = k.err
	select {
	case <-k.tried:
		st.Known = true
	default:
	}
	return st
}

// AwaitKeys is KeyState once it is known whether the keys open, or the context ends.
func (s *Store) AwaitKeys(ctx context.Context) KeyState {
	select {
	case <-s.keys.tried:
	case <-ctx.Done():
	}
	return s.KeyState()
}

// RecoveryWords are the words that nobody has written down yet; ErrNoWords if
// somebody has. It blocks until it is known whether the keys open. Errors:
// ErrLocked, ErrNoKeys.
func (s *Store) RecoveryWords() (identity.Words, error) {
	k := s.keys
	if _, err := k.wait(); err != nil {
		return identity.Words{}, fmt.Errorf("reading the recovery words: %w", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.held.Words == nil {
		return identity.Words{}, fmt.Errorf("reading the recovery words: %w", ErrNoWords)
	}
	return *k.held.Words, nil
}

// WordsWritten takes the recovery words from this device, for good: the person has
// them on paper. Again does nothing. It blocks on the disk. Errors: ErrLocked,
// ErrNoKeys, ErrReadOnly, doc.ErrClosed, those of vault.Store and of the disk.
func (s *Store) WordsWritten() error {
	return s.changeKeys("taking the recovery words from this device", func(k *keys, held vault.Keys) error {
		if held.Words == nil {
			return nil
		}
		held.Words = nil
		if err := k.vault.Store(held); err != nil {
			return err
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		k.held, k.state.WordsKept = held, false
		return nil
	})
}

// ProtectByPassphrase asks for a passphrase at each start from now on. It blocks
// for about a second. Errors: vault.ErrNoPassphrase for an empty one, ErrWordsKept,
// those of WordsWritten.
func (s *Store) ProtectByPassphrase(passphrase string) error {
	if passphrase == "" {
		return fmt.Errorf("protecting the keys: %w", vault.ErrNoPassphrase)
	}
	return s.protect(vault.ByPassphrase(passphrase))
}

// ProtectByKeyring lets the system's keyring guard the keys. It blocks, perhaps
// until the person has answered the system. Errors: ErrNoKeyring if it does not
// keep what it is given, those of ProtectByPassphrase.
func (s *Store) ProtectByKeyring() error {
	if !s.KeyringWorks() {
		return fmt.Errorf("protecting the keys: %w", ErrNoKeyring)
	}
	err := s.protect(vault.BySystem(s.opt.Keyring))
	if err == nil && s.KeyState().Protection != vault.UnderKeyring { // it has failed between two questions
		err = fmt.Errorf("protecting the keys: %w", ErrNoKeyring)
	}
	return err
}

// ProtectByFile puts the key to the keys beside them: no protection from who has
// the folder. It blocks on the disk. Errors: those of ProtectByPassphrase.
func (s *Store) ProtectByFile() error { return s.protect(vault.BySystem(nil)) }

// KeyringWorks asks the system's keyring to keep something for a moment. It
// blocks, perhaps until the person has answered the system.
func (s *Store) KeyringWorks() bool {
	ring := s.opt.Keyring
	if ring == nil {
		return false
	}
	name, text := "test "+rand.Text(), rand.Text()
	if ring.Set(name, text) != nil {
		return false
	}
	back, err := ring.Get(name)
	return errors.Join(err, ring.Delete(name)) == nil && back == text
}

func (s *Store) protect(by vault.Lock) error {
	return s.changeKeys("protecting the keys", func(k *keys, held vault.Keys) error {
		if held.Words != nil {
			return ErrWordsKept
		}
		return k.renew(by)
	})
}

// renew changes the protection. Under guard.
func (k *keys) renew(by vault.Lock) error {
	if err := k.vault.Protect(by); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.state.Protection, k.state.Renew = k.vault.Protection(), false
	return nil
}

// changeKeys changes the vault and its copy. The change stands even if the copy
// fails; the next start tries that again.
func (s *Store) changeKeys(doing string, change func(*keys, vault.Keys) error) error {
	if s.readOnly != nil {
		return fmt.Errorf("%s: %w", doing, ErrReadOnly)
	}
	k := s.keys
	if _, err := k.wait(); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	k.guard.Lock()
	defer k.guard.Unlock()
	if s.over.Load() {
		return fmt.Errorf("%s: %w", doing, doc.ErrClosed)
	}
	k.mu.Lock()
	held := k.held
	k.mu.Unlock()
	err := change(k, held)
	if err == nil {
		err = s.step("keys")
	}
	if err == nil {
		err = s.backupVault()
	}
	s.board.wake()
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
