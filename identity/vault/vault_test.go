package vault

import (
	"bytes"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"corkboard/identity"
)

// A mapRing is a keyring in memory that can be made to fail.
type mapRing struct {
	secrets  map[string]string
	get, set error
	forgets  bool
}

func newRing() *mapRing { return &mapRing{secrets: map[string]string{}} }

func (r *mapRing) Get(name string) (string, error) {
	if r.get != nil {
		return "", r.get
	}
	if secret, ok := r.secrets[name]; ok {
		return secret, nil
	}
	return "", ErrNoEntry
}

func (r *mapRing) Set(name, secret string) error {
	if r.set == nil && !r.forgets {
		r.secrets[name] = secret
	}
	return r.set
}

func (r *mapRing) Delete(name string) error { delete(r.secrets, name); return nil }

func stream(seed int64) *rand.Rand { return rand.New(rand.NewSource(seed)) }

func testWords(t testing.TB, seed int64) (identity.Words, identity.RecoveryKey) {
	t.Helper()
	w, err := identity.NewWords(stream(seed))
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.Recovery()
	if err != nil {
		t.Fatal(err)
	}
	return w, r.Public()
}

func testKeys(t testing.TB, seed int64) Keys {
	t.Helper()
	d, err := identity.NewDevice(stream(seed))
	if err != nil {
		t.Fatal(err)
	}
	m, err := identity.NewMaster(stream(seed + 1))
	if err != nil {
		t.Fatal(err)
	}
	return Keys{Person: identity.PersonID{1, 2, 3}, Device: d, Masters: []identity.Master{m}}
}

// quick is ByPassphrase with little work.
func quick(passphrase string) Lock { return Lock{passphrase: hide(&passphrase), work: 4} }

func wantKeys(t *testing.T, want, got Keys, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
		return
	}
	a, err := want.marshal()
	if err != nil {
		t.Fatal(err)
	}
	b, err := got.marshal()
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("other keys, %v", err)
	}
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}

func reopen(t testing.TB, dir string, ring Keyring) *Vault {
	t.Helper()
	v, err := Open(dir, ring)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func create(t testing.TB, dir string, k Keys, words identity.RecoveryKey, by Lock) *Vault {
	t.Helper()
	v, err := Create(dir, k, words, by)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEachProtectionOpensAndTheWordsAlways(t *testing.T) {
	k := testKeys(t, 1)
	words, public := testWords(t, 2)
	other, _ := testWords(t, 3)
	for want, by := range map[Protection]Lock{
		UnderPassphrase: quick("correct horse"),
		UnderKeyring:    BySystem(newRing()),
		UnderFile:       BySystem(nil),
	} {
		dir := t.TempDir()
		if made := create(t, dir, k, public, by); made.Protection() != want {
			t.Errorf("protected by %v, want %v", made.Protection(), want)
		}
		v := reopen(t, dir, by.ring)
		if v.Protection() != want || v.Person() != k.Person || v.Device() != k.Device.ID() {
			t.Errorf("%v: the file tells something else", want)
		}
		got, err := v.UnlockWords(words)
		wantKeys(t, k, got, err)
		_, err = v.UnlockWords(other)
		wantError(t, "other words", err, ErrWrongWords)
		if want == UnderPassphrase {
			got, err = v.UnlockPassphrase("correct horse")
			_, wrong := v.UnlockPassphrase("correct horsf")
			wantError(t, "wrong passphrase", wrong, ErrWrongPassphrase)
			_, locked := v.Unlock()
			wantError(t, "without passphrase", locked, ErrLocked)
		} else {
			got, err = v.Unlock()
			_, none := v.UnlockPassphrase("x")
			wantError(t, "passphrase for nothing", none, ErrNoPassphrase)
		}
		wantKeys(t, k, got, err)
		onlyOurs(t, dir, want)
	}
	_, err := Create(t.TempDir(), k, public, quick(""))
	wantError(t, "empty passphrase", err, ErrNoPassphrase)
}

// onlyOurs checks names and modes, and that nothing else lies about.
func onlyOurs(t *testing.T, dir string, p Protection) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := 1
	if p == UnderFile {
		want = 2
	}
	if len(entries) != want {
		t.Errorf("%v: %v lie in the folder", p, entries)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
			t.Errorf("%s has mode %v, %v", e.Name(), info.Mode(), err)
		}
	}
}

func TestAPassphraseIsTheSameHoweverItIsComposed(t *testing.T) {
	k, dir := testKeys(t, 1), t.TempDir()
	_, public := testWords(t, 2)
	create(t, dir, k, public, quick("l\u00e4uft"))
	got, err := reopen(t, dir, nil).UnlockPassphrase("la\u0308uft")
	wantKeys(t, k, got, err)
}

func TestWhereTheKeyringFailsTheKeyLiesBeside(t *testing.T) {
	k := testKeys(t, 1)
	_, public := testWords(t, 2)
	for name, ring := range map[string]*mapRing{
		"cannot be written": {secrets: map[string]string{}, set: errors.New("no")},
		"cannot be read":    {secrets: map[string]string{}, get: errors.New("no")},
		"forgets":           {secrets: map[string]string{}, forgets: true},
	} {
		dir := t.TempDir()
		if v := create(t, dir, k, public, BySystem(ring)); v.Protection() != UnderFile {
			t.Errorf("%s: protected by %v", name, v.Protection())
		}
		got, err := reopen(t, dir, nil).Unlock()
		wantKeys(t, k, got, err)
	}
}

func TestALostKeyringLocksAndTheWordsHelp(t *testing.T) {
	k := testKeys(t, 1)
	words, public := testWords(t, 2)
	for name, spoil := range map[string]func(*mapRing){
		"unreadable": func(r *mapRing) { r.get = errors.New("dbus: no such service") },
		"empty":      func(r *mapRing) { clear(r.secrets) },
		"foreign":    func(r *mapRing) { each(r, func(string) string { return "hello" }) },
		"wrong key":  func(r *mapRing) { each(r, func(string) string { return encodeSecret(new([keySize]byte)) }) },
	} {
		dir, ring := t.TempDir(), newRing()
		create(t, dir, k, public, BySystem(ring))
		was, _ := os.ReadFile(filepath.Join(dir, FileName))
		spoil(ring)
		v := reopen(t, dir, ring)
		_, err := v.Unlock()
		wantError(t, name, err, ErrLocked)
		wantError(t, name+", store", v.Store(k), ErrLocked)
		wantError(t, name+", protect", v.Protect(quick("x")), ErrLocked)
		_, err = Create(dir, testKeys(t, 9), public, BySystem(ring))
		wantError(t, name+", create", err, ErrExists)
		if now, _ := os.ReadFile(filepath.Join(dir, FileName)); !bytes.Equal(was, now) {
			t.Fatalf("%s: the file has changed", name)
		}
		got, err := v.UnlockWords(words)
		wantKeys(t, k, got, err)
		if err := v.Protect(quick("anew")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got, err = reopen(t, dir, nil).UnlockPassphrase("anew")
		wantKeys(t, k, got, err)
	}
}

func each(r *mapRing, change func(string) string) {
	for name, secret := range r.secrets {
		r.secrets[name] = change(secret)
	}
}

func TestALostKeyFileLocks(t *testing.T) {
	k, dir := testKeys(t, 1), t.TempDir()
	words, public := testWords(t, 2)
	v := create(t, dir, k, public, BySystem(nil))
	if err := os.Remove(filepath.Join(dir, keyFileName(v.file.entry))); err != nil {
		t.Fatal(err)
	}
	v = reopen(t, dir, nil)
	_, err := v.Unlock()
	wantError(t, "no file", err, ErrLocked)
	got, err := v.UnlockWords(words)
	wantKeys(t, k, got, err)
}

func TestChangesOfProtection(t *testing.T) {
	k, dir, ring := testKeys(t, 1), t.TempDir(), newRing()
	words, public := testWords(t, 2)
	v := create(t, dir, k, public, quick("one"))
	for i, by := range []Lock{quick("two"), BySystem(ring), BySystem(ring), BySystem(nil), quick("three"), BySystem(nil), BySystem(nil)} {
		old := v.file.sealed
		if err := v.Protect(by); err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(old, v.file.sealed) {
			t.Error("the same file key")
		}
		if want := v.Protection() == UnderKeyring; want != (len(ring.secrets) == 1) || !want && len(ring.secrets) > 0 {
			t.Errorf("change %d: %d entries in the keyring", i, len(ring.secrets))
		}
		onlyOurs(t, dir, v.Protection())
		again := reopen(t, dir, ring)
		got, err := again.UnlockWords(words)
		wantKeys(t, k, got, err)
		if by.passphrase != nil {
			got, err = again.UnlockPassphrase(*by.passphrase())
			_, wrong := again.UnlockPassphrase("one")
			wantError(t, "old passphrase", wrong, ErrWrongPassphrase)
		} else {
			got, err = again.Unlock()
		}
		wantKeys(t, k, got, err)
		v = again
	}
	fresh, public := testWords(t, 3)
	if err := v.SetRecovery(public, quick("four")); err != nil {
		t.Fatal(err)
	}
	v = reopen(t, dir, nil)
	_, err := v.UnlockWords(words)
	wantError(t, "old words", err, ErrWrongWords)
	got, err := v.UnlockWords(fresh)
	wantKeys(t, k, got, err)
}

func TestStoreKeepsTheProtection(t *testing.T) {
	k, dir := testKeys(t, 1), t.TempDir()
	words, public := testWords(t, 2)
	create(t, dir, k, public, quick("one"))
	v := reopen(t, dir, nil)
	wantError(t, "locked", v.Store(k), ErrLocked)
	got, err := v.UnlockPassphrase("one")
	wantKeys(t, k, got, err)
	if k.Device, err = k.Device.WithNewKEM(stream(4)); err != nil {
		t.Fatal(err)
	}
	m, err := identity.NewMaster(stream(5))
	if err != nil {
		t.Fatal(err)
	}
	k.Masters = append([]identity.Master{m}, k.Masters...)
	if err := v.Store(k); err != nil {
		t.Fatal(err)
	}
	again := reopen(t, dir, nil)
	got, err = again.UnlockPassphrase("one")
	wantKeys(t, k, got, err)
	got, err = again.UnlockWords(words)
	wantKeys(t, k, got, err)

	wantError(t, "other device", v.Store(testKeys(t, 9)), ErrOtherKeys)
	other := k
	other.Person[0]++
	wantError(t, "other person", v.Store(other), ErrOtherKeys)
	other = k
	other.Masters = make([]identity.Master, identity.MaxMasters+1)
	wantError(t, "too many", v.Store(other), ErrOtherKeys)
	if err := again.Store(k); err != nil {
		t.Fatal(err)
	}
	wantError(t, "written meanwhile", v.Store(k), ErrChanged)
	wantError(t, "written meanwhile", v.Protect(quick("x")), ErrChanged)
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	k := testKeys(t, 1)
	_, public := testWords(t, 2)
	dir := filepath.Join(t.TempDir(), "none")
	if _, err := Create(dir, k, public, quick("x")); err == nil || errors.Is(err, ErrExists) {
		t.Errorf("got %v", err)
	}
	if _, err := Create(t.TempDir(), Keys{}, public, quick("x")); !errors.Is(err, ErrOtherKeys) {
		t.Errorf("no keys: got %v", err)
	}
}

func TestFormerDevicesAreKept(t *testing.T) {
	k := testKeys(t, 1)
	plain, err := k.Export()
	if err != nil || plain[0] != keysVersion {
		t.Fatalf("version %d, %v", plain[0], err)
	}
	k.Formers = []*identity.Former{testKeys(t, 7).Device.Former(), testKeys(t, 9).Device.Former()}
	_, public := testWords(t, 2)
	dir := t.TempDir()
	create(t, dir, k, public, quick("one"))
	got, err := reopen(t, dir, nil).UnlockPassphrase("one")
	wantKeys(t, k, got, err)
	if len(got.Formers) != 2 || got.Formers[1].ID() != k.Formers[1].ID() {
		t.Errorf("holds %v", got.Formers)
	}
	b, err := k.Export()
	if err != nil || b[0] != formerVersion {
		t.Fatalf("version %d, %v", b[0], err)
	}
	back, err := ImportKeys(b)
	wantKeys(t, k, back, err)
	if _, err := ImportKeys(b[:len(b)-1]); !errors.Is(err, ErrDamaged) {
		t.Errorf("cut: %v", err)
	}
	for range maxFormers {
		k.Formers = append(k.Formers, k.Formers[0])
	}
	if _, err := k.Export(); !errors.Is(err, ErrOtherKeys) {
		t.Errorf("too many: %v", err)
	}
}
