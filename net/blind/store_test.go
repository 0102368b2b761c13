package blind

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"corkboard/net/docsync"
)

func TestWhatIsPutIsThereAfterAStart(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir, Options{})
	tenant, err := s.AddTenant(secretOf(1), 0)
	if err != nil {
		t.Fatal(err)
	}
	id := register(t, s, tenant, 2)
	n := openNamespace(t, s, id)
	random := chance(3)
	items := someItems(t, random, 400)
	items[7] = aRecord(t, random)
	from := docsync.ReplicaID{9}
	put(t, n, items[:300]...)
	sees(t, n, from, 55)
	put(t, n, items[290:]...) // some are there
	put(t, n, append(slices.Clone(items[5:9]), items[6])...)
	holds(t, n, items)
	sees(t, n, from, 0) // another counting
	sees(t, n, from, 70)
	replica := n.Replica()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, dir, Options{})
	n = openNamespace(t, s, id)
	holds(t, n, items)
	if n.Replica() != replica || n.Seen(from) != 70 || n.Seen(docsync.ReplicaID{8}) != 0 {
		t.Errorf("replica %x, was %x; seen %d", n.Replica(), replica, n.Seen(from))
	}
	records := n.Keys(docsync.Key{}, docsync.Key{}, true)
	if len(records) != 1 || records[0] != items[7].Key || len(n.Keys(docsync.Key{}, docsync.Key{}, false)) != len(items) {
		t.Errorf("%d records", len(records))
	}
	r := sound(t, s)
	if r.Items != 400 || r.Bytes != 399<<10+448 || r.Namespaces != 1 || r.Tenants != 1 {
		t.Errorf("%+v", r)
	}
}

func TestWhatIsNoItemIsRefused(t *testing.T) {
	s, _, n := aStore(t, 0, Options{})
	good := anItem(t, chance(1), 1024)
	renamed, unsorted, shorter := good, good, good
	renamed.Key[0]++
	unsorted.Sort = docsync.Record
	shorter.Body = shorter.Body[:1023]
	shorter.Key = sha256.Sum256(shorter.Body)
	for name, bad := range map[string]Item{"other name": renamed, "another sort": unsorted, "no size of a chunk": shorter, "nothing": {}} {
		if err := n.Put([]Item{good, bad}); err == nil {
			t.Errorf("%s: taken", name)
		} else {
			wants(t, err, ErrItem)
		}
	}
	holds(t, n, nil)
	newer := slices.Clone(good.Body)
	newer[0] = 2
	put(t, n, Item{sha256.Sum256(newer), docsync.Content, newer})
	sound(t, s)
}

func TestCursorsAreBounded(t *testing.T) {
	_, _, n := aStore(t, 0, Options{})
	for i := range maxCursors + 5 {
		if err := n.SetSeen(docsync.ReplicaID{byte(i), byte(i >> 8), 1}, 7); err != nil {
			t.Fatal(err)
		}
	}
	first, beyond := docsync.ReplicaID{0, 0, 1}, docsync.ReplicaID{byte((maxCursors + 2) & 255), byte((maxCursors + 2) >> 8), 1}
	if n.Seen(first) != 7 || n.Seen(beyond) != 0 || len(n.cursors) != maxCursors {
		t.Errorf("seen %d and %d of %d", n.Seen(first), n.Seen(beyond), len(n.cursors))
	}
	sees(t, n, first, 8)
}

func TestWatchersHearWhatComes(t *testing.T) {
	_, _, n := aStore(t, 0, Options{})
	heard := 0
	cancel := n.Watch(func() { heard++ })
	items := someItems(t, chance(1), 2)
	put(t, n, items[0])
	put(t, n, items[0]) // nothing new
	cancel()
	put(t, n, items[1])
	if heard != 1 {
		t.Errorf("heard %d times", heard)
	}
}

func TestAnIndexLeavesMemoryWithItsLastUser(t *testing.T) {
	s, _, n := aStore(t, 0, Options{})
	again := openNamespace(t, s, n.id)
	if again != n || len(s.open) != 1 {
		t.Fatal("a namespace is in memory twice")
	}
	n.users = 1 // its other user is gone
	n.Close()
	if len(s.open) != 0 {
		t.Error("an index stays")
	}
	n.users = 2 // for the closes at the end of the test
}

func TestOneProcessPerFolder(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir, Options{})
	_, err := Open(dir, Options{})
	wants(t, err, ErrLocked)
	reader := openStore(t, dir, Options{ReadOnly: true})
	sound(t, reader)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openStore(t, dir, Options{})
}

func TestOnlyTheUserReadsTheFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := openStore(t, dir, Options{})
	if _, err := s.AddTenant(secretOf(1), 0); err != nil {
		t.Fatal(err)
	}
	device, err := Device(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Device(dir)
	if err != nil || again.ID() != device.ID() {
		t.Fatalf("another device at the second start, %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 3 {
		t.Fatal(entries, err)
	}
	for _, e := range append(entries, dirEntry(t, dir)) {
		info, err := e.Info()
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v, %v", e.Name(), info.Mode(), err)
		}
	}
}

func dirEntry(t *testing.T, dir string) os.DirEntry {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	return list[0]
}

func TestDamageIsFound(t *testing.T) {
	for name, statement := range map[string]string{
		"a body":      "UPDATE bodies SET body = x'00' WHERE id = 3",
		"a lost body": "DELETE FROM bodies WHERE id = 3",
		"a place":     "DELETE FROM items WHERE place = 4",
		"a double":    "UPDATE items SET key = (SELECT key FROM items WHERE place = 1) WHERE place = 2",
		"a size":      "UPDATE items SET size = 1 WHERE place = 2",
		"a quota":     "UPDATE tenants SET used = used + 1",
	} {
		t.Run(name, func(t *testing.T) {
			s, _, n := aStore(t, 0, Options{})
			items := someItems(t, chance(1), 6)
			put(t, n, items...)
			sound(t, s)
			damage(t, s, statement)
			r, err := s.Verify(t.Context())
			if err != nil || r.OK() {
				t.Errorf("%+v, %v", r, err)
			}
			if name == "a body" {
				_, err := n.Bytes(items[2].Key)
				wants(t, err, ErrDamaged)
			}
		})
	}
}
