package docstore

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/internal/lean"
)

// another makes the store in a fresh folder that of another device of a's person.
func another(t *testing.T, a *Store) (*Store, string) {
	t.Helper()
	dir := t.TempDir()
	b := openTest(t, dir, testOptions())
	safe(t, b.Create(b.NewID(), []doc.Edit{put("before", "gone")}))
	device, err := identity.NewDevice(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := a.AddDevice(testContext(t), device.Apply(a.Person(), "Another device"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := DecodeWelcome(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Adopt(w, device); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(testContext(t)); err != nil {
		t.Fatal(err)
	}
	b = openTest(t, dir, testOptions())
	if b.Person() != a.Person() || b.Device() != device.ID() || b.HomeCollection() != a.HomeCollection() || b.Profile().ID != a.Profile().ID {
		t.Fatalf("became %v of %v", b.Device(), b.Person())
	}
	return b, dir
}

func TestAnotherDeviceOfTheSamePerson(t *testing.T) {
	a := openTest(t, t.TempDir(), testOptions())
	chosen, minted := doc.NewID([32]byte{7}), a.NewID()
	safe(t, a.Create(chosen, []doc.Edit{put("chosen", "name")}))
	safe(t, a.Create(minted, []doc.Edit{put("minted", "name")}))
	b, _ := another(t, a)
	if list, err := b.Documents(testContext(t)); err != nil || len(list) != 0 {
		t.Fatalf("of before there are %v, %v", list, err)
	}
	if err := b.Create(chosen, nil).Wait(testContext(t)); !errors.Is(err, doc.ErrExists) {
		t.Errorf("what is still to come was made: %v", err)
	}
	home := a.HomeCollection()
	carry(t, home, a, b)
	for id, want := range map[doc.ID]string{chosen: "chosen", minted: "minted"} {
		h := openRaw(b, id)
		if got := doctest.AwaitState(t, h, doc.Ready); got.Value["name"] != want {
			t.Errorf("%v shows %s", id, doctest.Show(got.Value))
		}
		safe(t, h.Do(doctest.Do("set", put("b", "also"))))
	}
	carry(t, home, b, a)
	for _, id := range []doc.ID{chosen, minted} {
		l := openRaw(a, id)
		shows(t, l, "also", "b")
	}
	second, _ := another(t, b)
	carry(t, home, b, second)
	shows(t, openRaw(second, chosen), "also", "b")
}

func TestACollectionFollowsAnotherDevice(t *testing.T) {
	a, x := openTest(t, t.TempDir(), testOptions()), openTest(t, t.TempDir(), testOptions())
	c, id := together(t, a, x)
	b, _ := another(t, a)
	ctx := testContext(t)
	if err := a.Tend(ctx); err != nil {
		t.Fatal(err)
	}
	known, err := a.Collection(c)
	if err != nil || !known.People[a.Person()].Active(b.Device()) {
		t.Fatalf("the collection does not know the device: %v", err)
	}
	if !a.RotationDue(c, a.now()) {
		t.Fatal("nobody misses a key")
	}
	err = a.Govern(ctx, c, func(r *replica.Replica) ([]replica.Item, error) { return r.Rotate(a.now()) })
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Join(ctx, Invited{Collection: c, Root: id, Kind: "board"}); err != nil {
		t.Fatal(err)
	}
	carry(t, c, a, b)
	shows(t, openRaw(b, id), "from", "a")
	safe(t, openRaw(b, id).Do(doctest.Do("set", put("b", "second"))))
	carry(t, c, b, x)
	shows(t, openRaw(x, id), "second", "b")
	if err := a.RemoveDevice(ctx, b.Device()); err != nil {
		t.Fatal(err)
	}
	carry(t, c, a, x)
	for _, s := range []*Store{a, x} {
		known, err := s.Collection(c)
		if err != nil || known.People[a.Person()].Active(b.Device()) || !known.State.Left[access.Seat{Person: a.Person(), Device: b.Device()}] {
			t.Errorf("the removed device is still in: %v", err)
		}
		if s.RotationDue(c, s.now()) {
			t.Error("the removed device has the newest key")
		}
	}
	safe(t, openRaw(b, id).Do(doctest.Do("set", put("b", "late"))))
	carry(t, c, b, x)
	if got := openRaw(x, id); doctest.AwaitState(t, got, doc.Ready).Value["late"] != nil {
		t.Error("what a removed device writes is shown")
	}
	cx, _ := x.collections.get(c)
	m, err := cx.wait()
	if err != nil || len(m.Quarantine()) == 0 {
		t.Errorf("what a removed device writes is not set apart: %v", err)
	}
}

func TestARemovedDeviceIsOut(t *testing.T) {
	a := openTest(t, t.TempDir(), testOptions())
	id := a.NewID()
	safe(t, a.Create(id, []doc.Edit{put("before", "name")}))
	b, _ := another(t, a)
	home, ctx := a.HomeCollection(), testContext(t)
	carry(t, home, a, b)
	shows(t, openRaw(b, id), "name", "before")
	if err := b.RemoveDevice(ctx, b.Device()); !errors.Is(err, ErrThisDevice) {
		t.Errorf("removed itself: %v", err)
	}
	if err := a.RemoveDevice(ctx, b.Device()); err != nil {
		t.Fatal(err)
	}
	if err := a.RemoveDevice(ctx, identity.DeviceID{1}); !errors.Is(err, identity.ErrNotEntitled) {
		t.Errorf("removed nobody: %v", err)
	}
	safe(t, openRaw(a, id).Do(doctest.Do("set", put("after", "name"))))
	carry(t, home, a, b)
	l := openRaw(b, id)
	shows(t, l, "name", "before")
	if err := l.Do(doctest.Do("set", put("late", "name"))).Wait(ctx); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("writes on: %v", err)
	}
	if err := b.Tend(ctx); err != nil {
		t.Errorf("looking after devices as a removed one: %v", err)
	}
}

func TestAWelcomeForSomebodyElseIsNotTaken(t *testing.T) {
	a, b := openTest(t, t.TempDir(), testOptions()), openTest(t, t.TempDir(), testOptions())
	device, _ := identity.NewDevice(rand.Reader)
	other, _ := identity.NewDevice(rand.Reader)
	raw, err := a.AddDevice(testContext(t), device.Apply(a.Person(), ""))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddDevice(testContext(t), device.Apply(a.Person(), "")); !errors.Is(err, identity.ErrNotEntitled) {
		t.Errorf("added twice: %v", err)
	}
	if _, err := a.AddDevice(testContext(t), other.Apply(identity.PersonID{1}, "")); err == nil {
		t.Error("added a device that wants to be another person's")
	}
	w, err := DecodeWelcome(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Adopt(w, other); !errors.Is(err, ErrNotWelcome) {
		t.Errorf("another device: %v", err)
	}
	w.Home = access.RecordID{1}
	if err := b.Adopt(w, device); err == nil {
		t.Error("another collection was taken")
	}
	if _, err := os.Stat(filepath.Join(b.Profile().Dir, nextName)); err == nil {
		t.Error("something was left")
	}
}

// Wherever the program ends while one profile takes the place of another, the next
// start goes on.
func TestTakingOverAfterACrash(t *testing.T) {
	files := []string{logName, logName + "-wal", cacheName, keysName + "/x", "backups/y", headerName, "blobs/z"}
	for stop := range 5 {
		dir := t.TempDir()
		for _, name := range files {
			writeTest(t, filepath.Join(dir, name), "old")
		}
		for _, name := range []string{logName, keysName + "/x", headerName} {
			writeTest(t, filepath.Join(dir, nextName, name), "new")
		}
		for _, name := range []string{logName, keysName}[:min(stop, 2)] { // as if it had got so far
			if stop < 4 {
				_ = os.RemoveAll(filepath.Join(dir, name))
				_ = os.Rename(filepath.Join(dir, nextName, name), filepath.Join(dir, name))
			}
		}
		if stop == 3 {
			_ = os.Rename(filepath.Join(dir, nextName, headerName), filepath.Join(dir, headerName))
		}
		done, err := takeOver(dir)
		if err != nil || done != (stop != 3) {
			t.Fatalf("stop %d: %v, %v", stop, done, err)
		}
		for name, want := range map[string]string{logName: "new", keysName + "/x": "new", headerName: "new", "blobs/z": "old"} {
			if got, _ := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
				t.Errorf("stop %d: %s is %q", stop, name, got)
			}
		}
		if stop == 0 { // nothing of before is thrown away but caches
			for _, name := range []string{logName, logName + "-wal", keysName + "/x", "backups/y"} {
				if got, _ := os.ReadFile(filepath.Join(dir, replacedName, name)); string(got) != "old" {
					t.Errorf("%s of before is %q", name, got)
				}
			}
		}
		if _, err := os.Stat(filepath.Join(dir, nextName)); err == nil {
			t.Errorf("stop %d: something was left", stop)
		}
		if done, err := takeOver(dir); done || err != nil {
			t.Errorf("stop %d: again: %v, %v", stop, done, err)
		}
	}
}

func writeTest(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func FuzzWelcome(f *testing.F) {
	master, err := identity.NewMaster(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(Welcome{Masters: []identity.Master{master}}.encode())
	f.Add([]byte{welcomeVersion})
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		if w, err := DecodeWelcome(b); err == nil && !bytes.Equal(w.encode(), b) {
			t.Errorf("%x reads as %x", b, w.encode())
		}
	}))
}
