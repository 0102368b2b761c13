package chunk

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"corkboard/record"
)

func TestWhatIsSealedIsOpened(t *testing.T) {
	for seed := range int64(20) {
		w := newWorld(t, seed)
		for kind, item := range w.items() {
			b := w.seal(item)
			o := w.open(b)
			if !reflect.DeepEqual(o.Item, item) {
				t.Fatalf("seed %d, %v: got %+v, want %+v", seed, kind, o.Item, item)
			}
			if o.ID != sha256.Sum256(b) || o.Epoch != w.epoch.ID {
				t.Errorf("seed %d, %v: wrong id or epoch", seed, kind)
			}
			if again := w.seal(o.Item); !bytes.Equal(again, b) {
				t.Errorf("seed %d, %v: sealed again it is another chunk", seed, kind)
			}
		}
	}
}

func TestChangesOfAllLengths(t *testing.T) {
	w := newWorld(t, 2)
	var link Link
	for n := 0; n < maxData; n += 1 + n/3 + w.random.Intn(40) {
		c := w.change(link, n)
		got := w.open(w.seal(c)).Item.(*Change)
		if !bytes.Equal(got.Automerge(), c.Automerge()) || got.ID() != c.ID() || got.Prev != link.ID || got.Number != link.Number+1 {
			t.Fatalf("%d bytes: another change comes back", n)
		}
		link = c.Link()
	}
}

func TestOverheadIsWhatIsSaid(t *testing.T) {
	w := newWorld(t, 3)
	for _, n := range []int{0, 110, 127, 128, 5000, 16384, 40000} {
		c := w.change(Link{Number: 500, ID: ChangeID{1}}, n)
		var in record.Writer
		c.write(&in)
		if got := outerSize + len(in.B) - len(c.Automerge()); got != Overhead {
			t.Errorf("change of %d bytes: %d bytes more, want %d", len(c.Automerge()), got, Overhead)
		}
	}
	if Overhead > 200 {
		t.Errorf("overhead is %d", Overhead)
	}
	if b := w.seal(w.changeOf(w.run, Link{}, w.doc, aMove(t)[10:])); len(b) != small[0] {
		t.Errorf("a moved card makes a chunk of %d bytes, want %d", len(b), small[0])
	}
}

func TestEveryFlippedBitIsRefused(t *testing.T) {
	w := newWorld(t, 4)
	for kind, item := range w.items() {
		b := w.seal(item)
		for bit := range 8 * len(b) {
			o, err := w.ring.Open(flip(b, bit))
			if err == nil || o.Item != nil {
				t.Fatalf("%v: bit %d: opened", kind, bit)
			}
			if err := known(err); err != nil {
				t.Fatalf("%v: bit %d: %v", kind, bit, err)
			}
		}
	}
}

// known returns an error that is none of ours.
func known(err error) error {
	for _, e := range []error{
		ErrTooLarge, ErrMalformed, ErrNewer, ErrSealed, ErrBadSignature,
		ErrForeign, ErrNoKey, ErrNoDocument, ErrNoRun, ErrIncomplete, ErrNoProof,
	} {
		if errors.Is(err, e) {
			return nil
		}
	}
	return fmt.Errorf("not an error of this package: %w", err)
}

func TestWithoutTheRightThings(t *testing.T) {
	w, other := newWorld(t, 5), newWorld(t, 6)
	items := w.items()
	change, genesis, run := w.seal(items[KindChange]), w.seal(items[KindGenesis]), w.seal(items[KindRun])
	ring := func(fill func(Ring)) Ring {
		r := NewRing(w.ring.Collection(), w.secret)
		fill(r)
		return r
	}
	everything := func(r Ring) { r.AddEpoch(w.epoch); r.AddDocument(w.doc); r.AddRun(w.run) }
	foreign := NewRing(other.ring.Collection(), w.secret)
	foreign.AddEpoch(w.epoch)
	foreign.AddDocument(w.doc)
	for name, c := range map[string]struct {
		ring Ring
		in   []byte
		want error
	}{
		"everything":         {ring(everything), change, nil},
		"no epoch":           {ring(func(r Ring) { r.AddDocument(w.doc); r.AddRun(w.run) }), change, ErrNoKey},
		"another epoch":      {ring(func(r Ring) { r.AddEpoch(other.epoch); r.AddDocument(w.doc) }), change, ErrNoKey},
		"another key":        {ring(func(r Ring) { r.AddEpoch(NewEpoch(w.epoch.ID, other.key)); r.AddDocument(w.doc) }), change, ErrSealed},
		"no document":        {ring(func(r Ring) { r.AddEpoch(w.epoch); r.AddRun(w.run) }), change, ErrNoDocument},
		"another generation": {ring(func(r Ring) { r.AddEpoch(w.epoch); r.AddDocument(Document{w.doc.ID, 1}) }), change, ErrNoDocument},
		"no run":             {ring(func(r Ring) { r.AddEpoch(w.epoch); r.AddDocument(w.doc) }), change, ErrNoRun},
		"genesis alone":      {ring(func(r Ring) { r.AddEpoch(w.epoch) }), genesis, nil},
		"run alone":          {ring(func(r Ring) { r.AddEpoch(w.epoch) }), run, nil},
		"foreign collection": {foreign, genesis, ErrSealed},
		"foreign run":        {foreign, run, ErrForeign},
		"foreign change":     {foreign, change, ErrNoRun},
		"another ring":       {other.ring, run, ErrNoKey},
	} {
		if _, err := c.ring.Open(c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if err := foreign.AddRun(w.run); !errors.Is(err, ErrForeign) {
		t.Errorf("a run of another collection: %v", err)
	}
	if _, err := foreign.Seal(w.epoch, w.genesis); !errors.Is(err, ErrForeign) {
		t.Errorf("a genesis of another collection: %v", err)
	}
}

func TestNothingMovesToAnotherPlace(t *testing.T) {
	w := newWorld(t, 7)
	second, err := SignGenesis(w.device, Genesis{Collection: w.ring.Collection(), Nonce: draw(w.random)})
	if err != nil {
		t.Fatal(err)
	}
	w.ring.AddDocument(second.Document())
	w.ring.AddDocument(Document{w.doc.ID, 1})
	c := w.change(Link{}, 100)

	b := w.seal(c)
	tag := w.ring.TagOf(second.Document())
	copy(b[2:], tag[:])
	if _, err := w.ring.Open(b); !errors.Is(err, ErrSealed) {
		t.Errorf("another document's tag: %v", err)
	}
	for _, d := range []Document{second.Document(), {w.doc.ID, 1}} {
		moved := *c // a member seals it where it was not made
		moved.Document = d
		if _, err := w.ring.Open(w.seal(&moved)); !errors.Is(err, ErrBadSignature) {
			t.Errorf("moved to %v: %v", d, err)
		}
	}
	later := w.newRun(w.run.Person, w.run.Nonce, draw(w.random))
	cited := *c
	cited.ref = later.Ref()
	if _, err := w.ring.Open(w.seal(&cited)); !errors.Is(err, ErrBadSignature) {
		t.Errorf("with other access heads: %v", err)
	}
	wrongTag, err := seal(w.epoch, w.ring.r.scope(), KindGenesis, tag, rawOf(w.genesis))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.ring.Open(wrongTag); !errors.Is(err, ErrForeign) {
		t.Errorf("a genesis under another document's tag: %v", err)
	}
}

func rawOf(i Item) []byte {
	var w record.Writer
	i.write(&w)
	return w.B
}

func TestEpochsWhoseIdsBeginAlike(t *testing.T) {
	w := newWorld(t, 9)
	id := w.epoch.ID
	id[31] ^= 1
	twin := NewEpoch(id, draw(w.random))
	w.ring.AddEpoch(twin)
	for _, e := range []Epoch{w.epoch, twin} {
		b, err := w.ring.Seal(e, w.genesis)
		if err != nil {
			t.Fatal(err)
		}
		if o := w.open(b); o.Epoch != e.ID {
			t.Errorf("opened in the wrong epoch")
		}
	}
}

func TestPaddingHidesLengths(t *testing.T) {
	w := newWorld(t, 10)
	sizes := map[int]bool{}
	for n := 0; n <= small[0]-outerSize-8-1-32-64-2; n++ {
		sizes[len(w.seal(w.change(Link{}, n)))] = true
	}
	if len(sizes) != 1 || !sizes[small[0]] {
		t.Errorf("small changes have the sizes %v", sizes)
	}
}

func TestPaddingIsCanonical(t *testing.T) {
	w := newWorld(t, 11)
	in := rawOf(w.change(Link{}, 50))
	for name, plain := range map[string][]byte{
		"a bit in the padding": append(append(bytes.Clone(in), make([]byte, 40)...), 1),
		"a bucket too many":    append(bytes.Clone(in), make([]byte, 200)...),
	} {
		b, err := seal(w.epoch, w.doc.scope(), KindChange, w.ring.TagOf(w.doc), plain)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.ring.Open(b); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n := range 600 { // a plain text that is longer than its fields say
		if item, err := readInner(KindChange, append(bytes.Clone(in), make([]byte, n)...)); (err == nil) != (bucket(outerSize+len(in)) == outerSize+len(in)+n) {
			t.Fatalf("%d bytes of padding: %v, %v", n, item, err)
		}
	}
}

func TestAForeignDeviceCannotSign(t *testing.T) {
	w, other := newWorld(t, 12), newWorld(t, 13)
	if _, err := SignChange(other.device, w.run, Link{}, w.doc, aMove(t)); !errors.Is(err, ErrForeign) {
		t.Errorf("signing under another's run: %v", err)
	}
	run, genesis := *w.run, *w.genesis
	run.Device, genesis.Device = other.device.ID(), other.device.ID()
	forged := *w.change(Link{}, 30)
	forged.Prev, forged.Number = ChangeID{1}, 2
	for _, item := range []Item{&run, &forged} {
		if _, err := w.ring.Open(w.seal(item)); !errors.Is(err, ErrBadSignature) {
			t.Errorf("%v: %v", item, err)
		}
	}
	if _, err := w.ring.Open(w.seal(&genesis)); !errors.Is(err, ErrBadSignature) {
		t.Errorf("%v: %v", &genesis, err)
	}
}
