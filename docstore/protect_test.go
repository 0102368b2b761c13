package docstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/identity"
	"corkboard/identity/vault"
)

const testPassphrase = "a passphrase of the test"

// A fakeRing keeps secrets as the system does; broken, it fails.
type fakeRing struct {
	mu     sync.Mutex
	kept   map[string]string
	broken bool
	asked  int
}

func newRing() *fakeRing { return &fakeRing{kept: map[string]string{}} }

func (r *fakeRing) Get(name string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	if r.broken {
		return "", errors.New("nobody answers")
	}
	secret, ok := r.kept[name]
	if !ok {
		return "", vault.ErrNoEntry
	}
	return secret, nil
}

func (r *fakeRing) Set(name, secret string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	if r.broken {
		return errors.New("nobody answers")
	}
	r.kept[name] = secret
	return nil
}

func (r *fakeRing) Delete(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.kept, name)
	return nil
}

// known waits until it is known whether the keys open.
func known(t *testing.T, s *Store) KeyState {
	t.Helper()
	st := s.AwaitKeys(testContext(t))
	if !st.Known {
		t.Fatal("it is not known whether the keys open")
	}
	return st
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// written makes a profile with a document whose words are written down.
func written(t *testing.T, dir string, o Options, protect func(*Store) error) (doc.ID, identity.Words) {
	t.Helper()
	id := history(t, dir)
	s := openTest(t, dir, o)
	w, err := s.RecoveryWords()
	must(t, err)
	must(t, s.WordsWritten())
	if protect != nil {
		must(t, protect(s))
	}
	closeTest(t, s)
	return id, w
}

func byPassphrase(s *Store) error { return s.ProtectByPassphrase(testPassphrase) }

// withoutWords checks that the keys and their copy are equal and hold no words.
func withoutWords(t *testing.T, dir string) {
	t.Helper()
	for _, folder := range []string{filepath.Join(dir, keysName), filepath.Join(dir, "backups", keysName)} {
		v, err := vault.Open(folder, nil)
		must(t, err)
		k, err := v.Unlock()
		must(t, err)
		if k.Words != nil {
			t.Errorf("%s has the words", filepath.Base(filepath.Dir(folder)))
		}
	}
	s := &Store{profile: &profile{dir: dir}}
	if !s.vaultIsCopied() {
		t.Error("the copy of the keys is another one")
	}
}

func TestNothingLocksBeforeTheWordsAreWrittenDown(t *testing.T) {
	dir, o := t.TempDir(), testOptions()
	ring := newRing()
	o.Keyring = ring
	s := openTest(t, dir, o)
	if st := known(t, s); st != (KeyState{Known: true, Protection: vault.UnderFile, WordsKept: true}) {
		t.Errorf("a new profile: %+v", st)
	}
	wants(t, "passphrase", byPassphrase(s), ErrWordsKept)
	wants(t, "keyring", s.ProtectByKeyring(), ErrWordsKept)
	wants(t, "none", s.ProtectByFile(), ErrWordsKept)
	if len(ring.kept) > 0 {
		t.Error("something stayed in the keyring")
	}
	first, err := s.RecoveryWords()
	must(t, err)
	closeTest(t, s)

	s = openTest(t, dir, o)
	again, err := s.RecoveryWords()
	must(t, err)
	if first.Reveal() != again.Reveal() {
		t.Error("other words after a restart")
	}
	must(t, s.WordsWritten())
	must(t, s.WordsWritten())
	_, err = s.RecoveryWords()
	wants(t, "once written", err, ErrNoWords)
	withoutWords(t, dir)
	wants(t, "an empty passphrase", s.ProtectByPassphrase(""), vault.ErrNoPassphrase)
	safe(t, s.Create(s.NewID(), nil))
	closeTest(t, s)
	s = openTest(t, dir, o)
	_, err = s.RecoveryWords()
	wants(t, "after a restart", err, ErrNoWords)
}

// A crash between the keys and their copy leaves words in the copy until the next
// start, and no longer.
func TestACrashBeforeTheKeysAreCopied(t *testing.T) {
	dir, o := t.TempDir(), testOptions()
	stop := errors.New("stop")
	o.step = func(string) error { return stop }
	s := openTest(t, dir, o)
	wants(t, "the crash", s.WordsWritten(), stop)
	if s.vaultIsCopied() {
		t.Fatal("there was no crash")
	}
	s.Abandon()
	s = openTest(t, dir, testOptions())
	known(t, s)
	closeTest(t, s)
	withoutWords(t, dir)

	s = openTest(t, dir, o)
	wants(t, "the second crash", byPassphrase(s), stop)
	s.Abandon()
	s = openTest(t, dir, testOptions())
	wants(t, "start", known(t, s).Err, ErrLocked)
	must(t, s.Unlock(testPassphrase))
	closeTest(t, s)
	if !s.vaultIsCopied() {
		t.Error("the copy still opens without the passphrase")
	}
}

// What locked keys keep shut opens without a restart.
func TestALockedProfileIsUnlocked(t *testing.T) {
	dir, o := t.TempDir(), testOptions()
	id, words := written(t, dir, o, byPassphrase)
	other, err := identity.NewWords(zeros{})
	must(t, err)
	for name, unlock := range map[string]func(*Store) error{
		"passphrase": func(s *Store) error {
			wants(t, "wrong", s.Unlock("another"), vault.ErrWrongPassphrase)
			wants(t, "empty", s.Unlock(""), vault.ErrNoPassphrase)
			return s.Unlock(testPassphrase)
		},
		"words": func(s *Store) error {
			wants(t, "wrong", s.UnlockWords(other), vault.ErrWrongWords)
			return s.UnlockWords(words)
		},
	} {
		t.Run(name, func(t *testing.T) {
			must(t, os.RemoveAll(filepath.Join(dir, cacheName)))
			s := openTest(t, dir, o)
			if st := known(t, s); !errors.Is(st.Err, ErrLocked) || st.Protection != vault.UnderPassphrase {
				t.Fatalf("a locked profile: %+v", st)
			}
			l := openRaw(s, id)
			if got := doctest.AwaitState(t, l, doc.Unavailable); !errors.Is(got.Err, ErrLocked) {
				t.Errorf("the document: %v", got.Err)
			}
			wants(t, "edit", l.Do(doctest.Do("edit", put("y", "k"))).Wait(testContext(t)), ErrLocked)
			wants(t, "protect", s.ProtectByFile(), ErrLocked)
			wants(t, "written", s.WordsWritten(), ErrLocked)
			must(t, unlock(s))
			must(t, s.Unlock("does not matter any more"))
			if got := doctest.AwaitState(t, l, doc.Ready); len(got.Value) != 10 {
				t.Errorf("shows %s", doctest.Show(got.Value))
			}
			safe(t, l.Do(doctest.Do("edit", put(name, "k"))))
			if st := s.KeyState(); st != (KeyState{Known: true, Protection: vault.UnderPassphrase, Renew: name == "words"}) {
				t.Errorf("unlocked by %s: %+v", name, st)
			}
			closeTest(t, s)
		})
	}
	s := openTest(t, dir, o)
	must(t, s.UnlockWords(words))
	must(t, s.ProtectByFile())
	closeTest(t, s)
	withoutWords(t, dir)
	wants(t, "a store that is closed", s.ProtectByFile(), doc.ErrClosed)
}

// zeros are no randomness.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestAKeyringThatLosesItsEntry(t *testing.T) {
	dir, o, ring := t.TempDir(), testOptions(), newRing()
	o.Keyring = ring
	_, words := written(t, dir, o, func(s *Store) error {
		ring.broken = true
		wants(t, "a broken keyring", s.ProtectByKeyring(), ErrNoKeyring)
		ring.broken = false
		if st := s.KeyState(); st.Protection != vault.UnderFile {
			t.Errorf("a keyring that failed: %+v", st)
		}
		return s.ProtectByKeyring()
	})
	if len(ring.kept) != 1 {
		t.Fatalf("%d entries in the keyring", len(ring.kept))
	}
	opens := func(want error, protection vault.Protection) *Store {
		t.Helper()
		s := openTest(t, dir, o)
		if st := known(t, s); !errors.Is(st.Err, want) || st.Protection != protection {
			t.Errorf("opens as %+v, want %v under %v", st, want, protection)
		}
		return s
	}
	closeTest(t, opens(nil, vault.UnderKeyring))

	clear(ring.kept)
	s := opens(ErrLocked, vault.UnderKeyring)
	wants(t, "a passphrase that nobody has set", s.Unlock("x"), vault.ErrNoPassphrase)
	must(t, s.UnlockWords(words)) // the keyring works: the same again
	closeTest(t, s)
	closeTest(t, opens(nil, vault.UnderKeyring))

	ring.broken = true
	s = opens(ErrLocked, vault.UnderKeyring)
	must(t, s.UnlockWords(words)) // it does not: the person must choose
	if st := s.KeyState(); !st.Renew || st.Protection != vault.UnderKeyring {
		t.Errorf("%+v", st)
	}
	must(t, byPassphrase(s))
	if st := s.KeyState(); st.Renew {
		t.Errorf("%+v", st)
	}
	closeTest(t, s)
	ring.asked = 0
	closeTest(t, opens(ErrLocked, vault.UnderPassphrase))
	if ring.asked > 0 {
		t.Error("a keyring was asked that guards nothing")
	}
}

// A lost key beside the keys locks nobody out: the copy has it.
func TestAKeyBesideThatIsLost(t *testing.T) {
	dir := t.TempDir()
	id := history(t, dir)
	lose := func(folder string) {
		found, err := filepath.Glob(filepath.Join(folder, "*.unlock"))
		must(t, err)
		if len(found) != 1 {
			t.Fatalf("%d keys beside", len(found))
		}
		must(t, os.Remove(found[0]))
	}
	lose(filepath.Join(dir, keysName))
	s := openTest(t, dir, testOptions())
	words, err := s.RecoveryWords()
	must(t, err)
	safe(t, openRaw(s, id).Do(doctest.Do("edit", put("y", "k"))))
	closeTest(t, s)

	lose(filepath.Join(dir, keysName))
	lose(filepath.Join(dir, "backups", keysName))
	s = openTest(t, dir, testOptions())
	wants(t, "without both", known(t, s).Err, ErrLocked)
	must(t, s.UnlockWords(words))
	closeTest(t, s)
	s = openTest(t, dir, testOptions())
	if st := known(t, s); st != (KeyState{Known: true, Protection: vault.UnderFile, WordsKept: true}) {
		t.Errorf("after the words: %+v", st)
	}
}

func TestKeysOfAProfileForReading(t *testing.T) {
	dir, o := t.TempDir(), testOptions()
	written(t, dir, o, nil)
	must(t, os.WriteFile(filepath.Join(dir, headerName), []byte(`{"format":99,"min_app":"9","profile":"00112233445566778899aabbccddeeff"}`), 0o600))
	s := openTest(t, dir, o)
	if st := known(t, s); st.Err != nil {
		t.Errorf("%+v", st)
	}
	wants(t, "written", s.WordsWritten(), ErrReadOnly)
	wants(t, "passphrase", byPassphrase(s), ErrReadOnly)
}

// Any goroutine may do any of it; the last protection is the one that opens.
func TestProtectionFromManySides(t *testing.T) {
	dir, o, ring := t.TempDir(), testOptions(), newRing()
	o.Keyring = ring
	written(t, dir, o, nil)
	s := openTest(t, dir, o)
	var g sync.WaitGroup
	for range 3 {
		g.Go(func() { s.ProtectByFile() })
		g.Go(func() { s.ProtectByKeyring() })
		g.Go(func() { s.KeyState(); s.NewID() })
		g.Go(func() {
			if _, err := s.Backup(context.Background()); err != nil {
				t.Error(err)
			}
			time.Sleep(2 * time.Millisecond) // another name for the next one
		})
	}
	g.Wait()
	want := s.KeyState()
	closeTest(t, s)
	s = openTest(t, dir, o)
	if got := known(t, s); got != want {
		t.Errorf("opens as %+v, was %+v", got, want)
	}
	if !s.vaultIsCopied() {
		t.Error("the copy is another one")
	}
}
