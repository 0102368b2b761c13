package blind

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/net/docsync"
	"corkboard/net/wire"
)

// board is a collection with words in it, as a member seals it.
type board struct {
	collection chunk.CollectionID
	ring       chunk.Ring
	items      []Item
	words      [][]byte // nothing of which anybody else may read
	tag        chunk.Tag
}

func draw(r *rand.Rand) (b [32]byte) {
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// aBoard has planted words in bundles and records.
func aBoard(t testing.TB, seed uint64) board {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, seed))
	device, err := identity.NewDevice(chance(byte(seed)))
	if err != nil {
		t.Fatal(err)
	}
	b := board{collection: draw(r)}
	person, epoch := identity.PersonID(draw(r)), chunk.NewEpoch(draw(r), draw(r))
	b.ring = chunk.NewRing(b.collection, draw(r))
	b.ring.AddEpoch(epoch)
	genesis, err := chunk.SignGenesis(device, chunk.Genesis{Collection: b.collection, Person: person, Nonce: draw(r)})
	if err != nil {
		t.Fatal(err)
	}
	nonce := draw(r)
	run, err := chunk.SignRun(device, chunk.Run{Collection: b.collection, Person: person, Nonce: chunk.Nonce(nonce[:len(chunk.Nonce{})])})
	if err != nil {
		t.Fatal(err)
	}
	all := []chunk.Item{genesis, run}
	b.tag = b.ring.TagOf(genesis.Document())
	for n := range 50 {
		word := fmt.Sprintf("Pflaumenkuchen-%d-%x", n, draw(r))
		b.words = append(b.words, []byte(word))
		pieces, err := chunk.SignBundle(device, run, &chunk.Bundle{Document: genesis.Document(), Save: []byte("a save with " + word)})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pieces {
			all = append(all, p)
		}
		raw, err := chunk.SealRecord(b.collection, chunk.KindPerson, []byte(word))
		if err != nil {
			t.Fatal(err)
		}
		b.items = append(b.items, Item{Key: sha256.Sum256(raw), Sort: docsync.Record, Body: raw})
	}
	for _, i := range all {
		raw, err := b.ring.Seal(epoch, i)
		if err != nil {
			t.Fatal(err)
		}
		b.items = append(b.items, Item{Key: sha256.Sum256(raw), Sort: docsync.Content, Body: raw})
	}
	id, who, where := genesis.Document().ID, device.ID(), b.collection
	for _, secret := range [][32]byte{id, who, where, person} {
		b.words = append(b.words, secret[:], []byte(doc.NewID(secret)), fmt.Appendf(nil, "%x", secret))
	}
	return b
}

// onDisk is every name and every byte in a folder.
func onDisk(t testing.TB, dir string) []byte {
	t.Helper()
	var all []byte
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all = append(append(all, path...), b...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What is stored of a board can be found by nobody who does not have its keys: no
// word, no name, no id; of its tag there is what the chunks themselves say.
func TestTheDiskTellsNothingOfABoard(t *testing.T) {
	dir := t.TempDir()
	var log bytes.Buffer
	l := newLab(t, dir, Options{}, ServerOptions{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	b := aBoard(t, 7)
	tenant, err := l.store.AddTenant(secretOf(1), 0)
	if err != nil {
		t.Fatal(err)
	}
	secret := wire.NamespaceSecret(b.collection, l.device.ID())
	if _, err := l.store.Register(tenant, secret); err != nil {
		t.Fatal(err)
	}
	c := l.meet("member", secret)
	mine := own(t, b.items...)
	c.sync(mine)
	spaces, err := l.store.Spaces(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stored := openNamespace(t, l.store, spaces[0].ID)
	comes(t, "all is stored", has(stored, b.items...))
	inUse := onDisk(t, dir)
	c.conn.Close()
	l.close()
	atRest := onDisk(t, dir)
	for _, all := range [][]byte{inUse, atRest, log.Bytes()} {
		for _, word := range b.words {
			if bytes.Contains(all, word) {
				t.Errorf("found %q", word)
			}
		}
		if key := secret.Reveal(); bytes.Contains(log.Bytes(), key[:]) {
			t.Error("the log tells a secret")
		}
	}
	sealed, tagged := 0, 0
	for _, i := range b.items {
		sealed += bytes.Count(atRest, i.Body[:200])
		tagged += bytes.Count(i.Body, b.tag[:])
	}
	if sealed != len(b.items) {
		t.Errorf("%d of %d items are found as they were sealed: the search does not work", sealed, len(b.items))
	}
	if got := bytes.Count(atRest, b.tag[:]); got != tagged || tagged < 50 {
		t.Errorf("the tag of a document stands %d times on the disk, %d times in its chunks", got, tagged)
	}
}
