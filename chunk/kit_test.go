package chunk

import (
	"bytes"
	"encoding/hex"
	"math/rand"
	"os"
	"strings"
	"testing"

	"corkboard/identity"
)

// stream is endless bytes that depend on the seed alone.
func stream(seed int64) *rand.Rand { return rand.New(rand.NewSource(seed)) }

func draw(random *rand.Rand) (b [32]byte) {
	random.Read(b[:])
	return b
}

func newNonce(random *rand.Rand) (n Nonce) {
	random.Read(n[:])
	return n
}

// world is one collection with one document, and one device that writes in it.
type world struct {
	t       testing.TB
	random  *rand.Rand
	device  *identity.Device
	key     [32]byte
	secret  [32]byte
	epoch   Epoch
	ring    Ring
	genesis *Genesis
	doc     Document
	run     *Run
}

// newWorld is the same for the same seed.
func newWorld(t testing.TB, seed int64) *world {
	t.Helper()
	w := &world{t: t, random: stream(seed)}
	var err error
	if w.device, err = identity.NewDevice(w.random); err != nil {
		t.Fatal(err)
	}
	collection, person := CollectionID(draw(w.random)), identity.PersonID(draw(w.random))
	w.key, w.secret = draw(w.random), draw(w.random)
	w.epoch = NewEpoch(draw(w.random), w.key)
	w.ring = NewRing(collection, w.secret)
	w.ring.AddEpoch(w.epoch)
	w.genesis, err = SignGenesis(w.device, Genesis{Collection: collection, Person: person, Nonce: draw(w.random), Time: 1_700_000_000_000})
	if err != nil {
		t.Fatal(err)
	}
	w.doc = w.genesis.Document()
	w.ring.AddDocument(w.doc)
	w.run = w.newRun(person, newNonce(w.random), draw(w.random))
	return w
}

func (w *world) newRun(person identity.PersonID, nonce Nonce, cites ...[32]byte) *Run {
	w.t.Helper()
	run, err := SignRun(w.device, Run{Collection: w.ring.Collection(), Person: person, Nonce: nonce, Cites: cites})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.ring.AddRun(run); err != nil {
		w.t.Fatal(err)
	}
	return run
}

// change signs a change with n random data bytes after a link.
func (w *world) change(after Link, n int) *Change {
	w.t.Helper()
	data := make([]byte, n)
	w.random.Read(data)
	return w.changeOf(w.run, after, w.doc, data)
}

func (w *world) changeOf(run *Run, after Link, d Document, data []byte) *Change {
	w.t.Helper()
	c, err := SignChange(w.device, run, after, d, automergeBytes(data))
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) seal(item Item) []byte {
	w.t.Helper()
	b, err := w.ring.Seal(w.epoch, item)
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

func (w *world) open(b []byte) Opened {
	w.t.Helper()
	o, err := w.ring.Open(b)
	if err != nil {
		w.t.Fatal(err)
	}
	return o
}

// decoded is what a decoder would say of a change.
func decoded(c *Change) Decoded {
	actor := c.Actor()
	return Decoded{Hash: c.Hash, Actor: actor[:]}
}

// aMove is a change of an Automerge core: one card was moved.
func aMove(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/move.hex")
	if err != nil {
		t.Fatal(err)
	}
	b, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// items is one of each kind.
func (w *world) items() map[Kind]Item {
	w.t.Helper()
	c := w.change(Link{}, 110)
	list, err := SignBundle(w.device, w.run, &Bundle{
		Document: w.doc, Segments: []Segment{c.Segment()}, Superseded: []ID{draw(w.random)}, Save: []byte("a save"),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return map[Kind]Item{KindGenesis: w.genesis, KindRun: w.run, KindChange: c, KindPiece: list[0]}
}

func flip(b []byte, bit int) []byte {
	b = bytes.Clone(b)
	b[bit/8] ^= 1 << (bit % 8)
	return b
}
