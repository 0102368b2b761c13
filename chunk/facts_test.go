package chunk

import (
	"errors"
	"reflect"
	"testing"

	"corkboard/doc"
)

func TestFactsOfAChange(t *testing.T) {
	w := newWorld(t, 50)
	first := w.change(Link{}, 30)
	c := w.open(w.seal(w.change(first.Link(), 30))).Item.(*Change)
	d := decoded(c)
	d.Deps = [][32]byte{first.Hash}
	got, err := c.Facts(d)
	want := Facts{
		ID: c.ID(), Document: w.doc, Author: w.genesis.Person, Device: w.device.ID(), Run: w.run.Nonce,
		Number: 2, Prev: first.ID(), Cites: w.run.Cites, Hash: c.Hash, Deps: d.Deps,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestAnActorBelongsToOnePlace(t *testing.T) {
	w, other := newWorld(t, 51), newWorld(t, 52)
	c := w.change(Link{}, 30)
	right := c.Actor()
	for name, actor := range map[string]ActorID{
		"another device":   Actor(other.device.ID(), w.doc.ID, w.run.Nonce),
		"another document": Actor(w.device.ID(), other.doc.ID, w.run.Nonce),
		"another run":      Actor(w.device.ID(), w.doc.ID, other.run.Nonce),
	} {
		if _, err := c.Facts(Decoded{Hash: c.Hash, Actor: actor[:]}); !errors.Is(err, ErrForeign) || actor == right {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.Facts(Decoded{Hash: c.Hash, Actor: right[:15]}); !errors.Is(err, ErrForeign) {
		t.Errorf("a shorter actor: %v", err)
	}
	if _, err := c.Facts(Decoded{Hash: draw(w.random), Actor: right[:]}); !errors.Is(err, ErrMalformed) {
		t.Errorf("another change: %v", err)
	}
}

func TestDocumentIDsAreTexts(t *testing.T) {
	random := stream(53)
	for range 300 {
		id := DocumentID(draw(random))
		if random.Intn(3) == 0 {
			id[0], id[1] = 0, 0
		}
		if got, err := ParseDocumentID(id.Doc()); err != nil || got != id {
			t.Fatalf("%v: %v, %v", id, got, err)
		}
	}
	for _, bad := range []doc.ID{"", "0", doc.NewID([32]byte{1}) + "11", doc.NewID([32]byte{1})[1:]} {
		if _, err := ParseDocumentID(bad); !errors.Is(err, doc.ErrBadID) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestRawRecords(t *testing.T) {
	w := newWorld(t, 54)
	g, err := ParseGenesis(w.genesis.Raw())
	if err != nil || *g != *w.genesis {
		t.Errorf("genesis: %v, %v", g, err)
	}
	many := make([][32]byte, MaxCites)
	for i := range many {
		many[i] = draw(w.random)
	}
	run := w.newRun(w.run.Person, w.run.Nonce, append(many[:60:60], many[:4]...)...)
	r, err := ParseRun(run.Raw())
	if err != nil || !reflect.DeepEqual(r, run) || len(r.Cites) != 60 {
		t.Errorf("run: %v, %v", r, err)
	}
	if _, err := SignRun(w.device, Run{Cites: append(many, draw(w.random))}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too many cited records: %v", err)
	}
	for bit := range 8 * len(w.run.Raw()) {
		if _, err := ParseRun(flip(w.run.Raw(), bit)); err == nil || known(err) != nil {
			t.Fatalf("run, bit %d: %v", bit, err)
		}
	}
	for bit := range 8 * len(g.Raw()) {
		if _, err := ParseGenesis(flip(g.Raw(), bit)); err == nil || known(err) != nil {
			t.Fatalf("genesis, bit %d: %v", bit, err)
		}
	}
}
