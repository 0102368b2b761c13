package blind

import (
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"corkboard/chunk"
	"corkboard/net/docsync"
	"corkboard/net/wire"
	"corkboard/sqlite"
)

// chance is endless bytes that depend on the seed alone.
func chance(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

func secretOf(seed byte) wire.Secret {
	var b [wire.SecretSize]byte
	chance(seed).Read(b[:])
	return wire.NewSecret(b)
}

// drawItem has the outer form of a chunk, and chance inside.
func drawItem(random io.Reader, size int) (Item, error) {
	b := make([]byte, size)
	if _, err := io.ReadFull(random, b); err != nil {
		return Item{}, err
	}
	b[0], b[1] = 1, byte(chunk.KindChange)
	_, err := chunk.Parse(b)
	return Item{Key: sha256.Sum256(b), Sort: docsync.Content, Body: b}, err
}

func anItem(t testing.TB, random io.Reader, size int) Item {
	t.Helper()
	i, err := drawItem(random, size)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// aRecord is an item that travels first.
func aRecord(t testing.TB, random io.Reader) Item {
	t.Helper()
	i := anItem(t, random, 448)
	i.Body[1] = byte(chunk.KindAccess)
	return Item{Key: sha256.Sum256(i.Body), Sort: docsync.Record, Body: i.Body}
}

func someItems(t testing.TB, random io.Reader, n int) []Item {
	t.Helper()
	list := make([]Item, n)
	for i := range list {
		list[i] = anItem(t, random, 1024)
	}
	return list
}

func openStore(t testing.TB, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// aStore has one tenant and one namespace, which is open.
func aStore(t testing.TB, quota int64, o Options) (*Store, int64, *Namespace) {
	t.Helper()
	s := openStore(t, t.TempDir(), o)
	tenant, err := s.AddTenant(secretOf(1), quota)
	if err != nil {
		t.Fatal(err)
	}
	return s, tenant, openNamespace(t, s, register(t, s, tenant, 2))
}

func register(t testing.TB, s *Store, tenant int64, seed byte) int64 {
	t.Helper()
	id, err := s.Register(tenant, secretOf(seed))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func openNamespace(t testing.TB, s *Store, id int64) *Namespace {
	t.Helper()
	n, err := s.Namespace(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Close)
	return n
}

func put(t testing.TB, n *Namespace, items ...Item) {
	t.Helper()
	if err := n.Put(items); err != nil {
		t.Fatal(err)
	}
}

func sees(t testing.TB, n *Namespace, of docsync.ReplicaID, place uint64) {
	t.Helper()
	if err := n.SetSeen(of, place); err != nil || n.Seen(of) != place {
		t.Fatalf("seen %d, want %d, %v", n.Seen(of), place, err)
	}
}

// holds fails the test unless exactly these items are there, in this order.
func holds(t testing.TB, n *Namespace, items []Item) {
	t.Helper()
	list := n.After(0, len(items)+1)
	if len(list) != len(items) || n.Last() != uint64(len(items)) {
		t.Fatalf("%d entries, last %d, want %d", len(list), n.Last(), len(items))
	}
	for at, i := range items {
		want := docsync.Entry{Place: uint64(at) + 1, Key: i.Key, Sort: i.Sort, Size: len(i.Body)}
		if found, ok := n.Find(i.Key); !ok || found != want || list[at] != want {
			t.Fatalf("item %d: %v, %v", at, found, ok)
		}
		if b, err := n.Bytes(i.Key); err != nil || string(b) != string(i.Body) {
			t.Fatalf("item %d: other bytes, %v", at, err)
		}
	}
}

func sound(t testing.TB, s *Store) Report {
	t.Helper()
	r, err := s.Verify(t.Context())
	if err != nil || !r.OK() {
		t.Fatalf("%v, %v", r.Problems, err)
	}
	return r
}

func wants(t testing.TB, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func damage(t testing.TB, s *Store, statement string) {
	t.Helper()
	if err := s.write("damaging", func(tx *sqlite.Tx) error { return tx.Exec(statement) }); err != nil {
		t.Fatal(err)
	}
}
