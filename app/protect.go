package app

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/identity/vault"
)

// KeyState is what there is to say of the person's keys.
type KeyState = docstore.KeyState

// Protection says what guards the keys besides the recovery words.
type Protection = vault.Protection

// What can guard the keys.
const (
	UnderPassphrase = vault.UnderPassphrase
	UnderKeyring    = vault.UnderKeyring
	Unprotected     = vault.UnderFile // the key to the keys lies beside them
)

// ErrDiffer says that a passphrase was not typed the same twice.
var ErrDiffer = errors.New("the two passphrases differ")

// ErrOtherWords says that what was typed is not what stands on the paper.
var ErrOtherWords = errors.New("not the words that were asked for")

// KeyState says at once how it stands with the keys. Whoever has subscribed to
// the status is woken when it changes.
func (a *App) KeyState() KeyState { return a.store.KeyState() }

// RecoveryWords are the words that are not written down yet. It may block while
// the profile is opened. Errors: docstore.ErrNoWords, ErrLocked, ErrNoKeys.
func (a *App) RecoveryWords() (identity.Words, error) { return a.store.RecoveryWords() }

// AskedWords are the numbers, from 1, of the two words that a person types to show
// that they have them. They are others for other words, and stay the same for
// these: what was asked tells nothing.
func AskedWords(w identity.Words) (first, second int) {
	sum := sha256.Sum256([]byte("corkboard asks for two of these words|" + w.Reveal()))
	first = int(sum[0]) % identity.WordCount
	second = (first + 1 + int(sum[1])%(identity.WordCount-1)) % identity.WordCount
	return min(first, second) + 1, max(first, second) + 1
}

// WordsWritten takes the recovery words from this device if the two words that
// were asked for are right. It blocks on the disk. Errors: ErrOtherWords, those of
// RecoveryWords and of docstore's WordsWritten.
func (a *App) WordsWritten(first, second string) error {
	w, err := a.store.RecoveryWords()
	if err != nil {
		return err
	}
	list := strings.Fields(w.Reveal())
	i, j := AskedWords(w)
	if plainWord(first) != list[i-1] || plainWord(second) != list[j-1] {
		return fmt.Errorf("comparing two words: %w", ErrOtherWords)
	}
	return a.store.WordsWritten()
}

func plainWord(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// ProtectByPassphrase asks for a passphrase at each start from now on; it was typed
// twice. It blocks for about a second. Errors: ErrDiffer, vault.ErrNoPassphrase, docstore.ErrWordsKept and others
// of docstore's.
func (a *App) ProtectByPassphrase(passphrase, again string) error {
	if passphrase != again {
		return fmt.Errorf("setting a passphrase: %w", ErrDiffer)
	}
	return a.store.ProtectByPassphrase(passphrase)
}

// ProtectByKeyring lets the system's keyring guard the keys. It blocks, perhaps
// until the person has answered the system. Errors: docstore.ErrNoKeyring,
// ErrWordsKept and others of docstore's.
func (a *App) ProtectByKeyring() error { return a.store.ProtectByKeyring() }

// Unprotect puts the key to the keys beside them. It blocks on the disk. Errors:
// docstore.ErrWordsKept and others of docstore's.
func (a *App) Unprotect() error { return a.store.ProtectByFile() }

// KeyringWorks reports whether the system has a keyring that keeps things. It
// blocks, perhaps until the person has answered the system.
func (a *App) KeyringWorks() bool { return a.store.KeyringWorks() }

// Unlock opens locked keys by the passphrase; everything works from then on. It
// blocks for about a second. Errors: vault.ErrWrongPassphrase, ErrNoPassphrase and
// others of docstore's.
func (a *App) Unlock(passphrase string) error { return a.store.Unlock(passphrase) }

// UnlockWords opens locked keys by the recovery words as they were typed; see
// KeyState.Renew. It blocks. Errors: those of identity.ParseWords,
// vault.ErrWrongWords and others of docstore's.
func (a *App) UnlockWords(typed string) error {
	w, err := identity.ParseWords(typed)
	if err != nil {
		return fmt.Errorf("reading the recovery words: %w", err)
	}
	return a.store.UnlockWords(w)
}
