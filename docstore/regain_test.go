package docstore

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/identity/vault"
)

// copied is a copy of a store, in a folder where nothing else is.
func copied(t *testing.T, s *Store) (Whole, string) {
	t.Helper()
	dir := t.TempDir()
	w, err := s.CopyWhole(testContext(t), LogPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	return w, dir
}

// regained opens what a copy becomes.
func regained(t *testing.T, w Whole, dir string) *Store {
	t.Helper()
	r, err := Regain(testContext(t), dir, w, testPassphrase, testOptions())
	if err != nil || !r.OK() {
		t.Fatalf("%+v, %v", r, err)
	}
	return openTest(t, dir, testOptions())
}

func set(t *testing.T, s *Store, id doc.ID, name, value string) {
	t.Helper()
	h := openRaw(s, id)
	defer h.Close()
	doctest.AwaitState(t, h, doc.Ready)
	safe(t, h.Do(doctest.Do("set", put(value, name))))
}

func wantIn(t *testing.T, s *Store, id doc.ID, name, want string) {
	t.Helper()
	h := openRaw(s, id)
	defer h.Close()
	shows(t, h, name, want)
}

// TestNothingIsLostWhenBothGoOn restores two backups of different age while the profile
// that was backed up goes on, and has all three write before any of them meet.
func TestNothingIsLostWhenBothGoOn(t *testing.T) {
	if testing.Short() {
		t.Skip("four stores with a sandboxed engine each take minutes under the race detector")
	}
	a, x := openTest(t, t.TempDir(), testOptions()), openTest(t, t.TempDir(), testOptions())
	home := a.HomeCollection()
	chosen := doc.NewID([32]byte{7})
	safe(t, a.Create(chosen, []doc.Edit{put("first", "name")}))
	c, board := together(t, a, x)
	old, oldDir := copied(t, a)
	set(t, a, chosen, "between", "a")
	set(t, a, board, "between", "a")
	newer, newerDir := copied(t, a)
	set(t, a, chosen, "a", "on a")
	set(t, a, board, "a", "on a")

	b, d := regained(t, newer, newerDir), regained(t, old, oldDir)
	for _, s := range []*Store{b, d} {
		if s.Person() != a.Person() || s.Device() == a.Device() || s.Profile().ID != a.Profile().ID || s.HomeCollection() != home {
			t.Fatalf("is %v of %v", s.Device(), s.Person())
		}
	}
	if b.Device() == d.Device() {
		t.Fatal("two restored profiles are one device")
	}
	wantIn(t, b, chosen, "between", "a")
	wantIn(t, d, chosen, "name", "first")
	set(t, b, chosen, "b", "on b")
	set(t, b, board, "b", "on b")
	set(t, d, chosen, "d", "on d")
	set(t, d, board, "d", "on d")

	for _, s := range []*Store{b, d} {
		if err := s.Tend(testContext(t)); err != nil {
			t.Fatal(err)
		}
	}
	three := []*Store{a, b, d}
	for range 2 {
		for _, from := range three {
			for _, to := range three {
				if from != to {
					carry(t, home, from, to)
				}
			}
			carry(t, c, from, x) // who meets each of them alone
			carry(t, c, x, from)
		}
	}
	for _, s := range three {
		for name, want := range map[string]string{"name": "first", "between": "a", "a": "on a", "b": "on b", "d": "on d"} {
			wantIn(t, s, chosen, name, want)
		}
	}
	for _, s := range append(three, x) {
		for name, want := range map[string]string{"between": "a", "a": "on a", "b": "on b", "d": "on d"} {
			wantIn(t, s, board, name, want)
		}
		if r, err := s.Check(testContext(t)); err != nil || !r.OK() {
			t.Errorf("%+v, %v", r, err)
		}
	}
	known, err := x.Collection(c)
	if err != nil || !known.People[a.Person()].Active(b.Device()) || !known.People[a.Person()].Active(d.Device()) {
		t.Errorf("others do not know the new devices: %v", err)
	}
}

// TestWhoOnlyReadsCanReadAtOnce restores a profile that was asked by name to read: nobody
// who could give its new device a key is there.
func TestWhoOnlyReadsCanReadAtOnce(t *testing.T) {
	a, x := openTest(t, t.TempDir(), testOptions()), openTest(t, t.TempDir(), testOptions())
	ctx := testContext(t)
	c, err := a.Found(ctx)
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.NewIDIn(c)
	if err != nil {
		t.Fatal(err)
	}
	safe(t, a.Create(id, []doc.Edit{put("a", "from")}))
	log, err := x.PersonLog(x.Person())
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range log {
		if err := errors.Join(a.Receive(ctx, c, replica.Item{Sort: replica.PersonRecord, Raw: raw})...); err != nil {
			t.Fatal(err)
		}
	}
	var invite access.RecordID
	err = a.Govern(ctx, c, func(r *replica.Replica) (items []replica.Item, err error) {
		invite, items, err = r.Invite(x.Person(), access.Read, time.Now().UnixMilli())
		return items, err
	})
	if err == nil {
		err = x.Join(ctx, Invited{Collection: c, Root: id, Kind: "board"})
	}
	if err != nil {
		t.Fatal(err)
	}
	carry(t, c, a, x)
	err = x.Govern(ctx, c, func(r *replica.Replica) ([]replica.Item, error) { return r.Accept(invite, time.Now().UnixMilli()) })
	if err != nil {
		t.Fatal(err)
	}
	wantIn(t, x, id, "from", "a")
	w, dir := copied(t, x)
	first := regained(t, w, dir)
	again, dirAgain := copied(t, first)
	second := regained(t, again, dirAgain) // a backup of what a backup was made of
	for _, s := range []*Store{first, second} {
		if err := s.Awaken(c); err != nil { // as the program does soon after its start
			t.Fatal(err)
		}
		wantIn(t, s, id, "from", "a")
	}
}

func TestARestoredProfileIsGuardedAsBefore(t *testing.T) {
	if testing.Short() {
		t.Skip("stretches passphrases often, which takes ten times as long under the race detector")
	}
	o := testOptions()
	o.Keyring = newRing()
	for by, protect := range map[vault.Protection]func(*Store) error{
		vault.UnderFile:       func(*Store) error { return nil },
		vault.UnderPassphrase: func(s *Store) error { return s.ProtectByPassphrase("another one") },
		vault.UnderKeyring:    (*Store).ProtectByKeyring,
	} {
		s := openTest(t, t.TempDir(), o)
		if by != vault.UnderFile {
			if err := errors.Join(s.WordsWritten(), protect(s)); err != nil {
				t.Fatal(err)
			}
		}
		w, dir := copied(t, s)
		if _, err := Regain(testContext(t), dir, w, testPassphrase, o); err != nil {
			t.Fatal(err)
		}
		back := openTest(t, dir, o)
		state := back.AwaitKeys(testContext(t))
		if state.Protection != by || state.WordsKept != (by == vault.UnderFile) {
			t.Errorf("%v became %+v", by, state)
		}
		if by == vault.UnderPassphrase {
			if err := back.Unlock(testPassphrase); err != nil || !errors.Is(state.Err, ErrLocked) {
				t.Errorf("%v, %v", state.Err, err)
			}
		}
	}
}

func TestWhatIsNoCopyIsNotRegained(t *testing.T) {
	s := openTest(t, t.TempDir(), testOptions())
	safe(t, s.Create("x", []doc.Edit{put("a", "b")}))
	for name, c := range map[string]struct {
		bend func(w *Whole, dir string) error
		want error
	}{
		"header": {func(w *Whole, _ string) error { w.Header = []byte("{"); return nil }, ErrDamaged},
		"newer":  {func(w *Whole, _ string) error { w.Header = []byte(`{"format":9,"profile":"00"}`); return nil }, ErrNewer},
		"keys":   {func(w *Whole, _ string) error { w.Keys = w.Keys[:len(w.Keys)-1]; return nil }, ErrDamaged},
		"taken":  {func(_ *Whole, dir string) error { return os.Mkdir(filepath.Join(dir, keysName), 0o700) }, ErrNotAProfile},
		"no log": {func(_ *Whole, dir string) error { return os.Remove(LogPath(dir)) }, ErrNoLog},
	} {
		w, dir := copied(t, s)
		if err := c.bend(&w, dir); err != nil {
			t.Fatal(err)
		}
		if _, err := Regain(testContext(t), dir, w, testPassphrase, testOptions()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w, dir := copied(t, s)
	b, err := os.ReadFile(LogPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	at := strings.LastIndex(string(b), "document")
	b[at+40] ^= 1
	if err := os.WriteFile(LogPath(dir), b, 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err := Regain(testContext(t), dir, w, testPassphrase, testOptions()); err == nil && r.OK() {
		t.Error("a bent log was taken")
	}
}

func TestADeviceThatWasRemovedLetsNobodyIn(t *testing.T) {
	a := openTest(t, t.TempDir(), testOptions())
	b, _ := another(t, a)
	home := a.HomeCollection()
	carry(t, home, a, b)
	if err := a.RemoveDevice(testContext(t), b.Device()); err != nil {
		t.Fatal(err)
	}
	carry(t, home, a, b)
	w, dir := copied(t, b)
	if _, err := Regain(testContext(t), dir, w, testPassphrase, testOptions()); !errors.Is(err, identity.ErrNotEntitled) {
		t.Errorf("got %v", err)
	}
}
