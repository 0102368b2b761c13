package chunk

import (
	"errors"
	"testing"
)

func TestEquivocationIsProven(t *testing.T) {
	for seed := range int64(30) {
		w := newWorld(t, seed)
		run := w.run
		if seed%2 == 1 { // the two need not cite the same access heads
			run = w.newRun(w.run.Person, w.run.Nonce)
		}
		first := w.change(Link{}, 10)
		a, b := w.change(first.Link(), 20), w.changeOf(run, first.Link(), w.doc, []byte("something else"))
		p, err := Prove(a, b)
		if err != nil {
			t.Fatal(err)
		}
		swapped, err := Prove(b, a)
		if err != nil || string(swapped.Encode()) != string(p.Encode()) {
			t.Errorf("seed %d: the other order gives another proof, %v", seed, err)
		}
		kept, other := p.IDs()
		if compare(kept, other) >= 0 || (kept != a.ID() && other != a.ID()) || (kept != b.ID() && other != b.ID()) {
			t.Errorf("seed %d: wrong ids", seed)
		}
		got, err := ParseProof(p.Encode())
		if err != nil || string(got.Encode()) != string(p.Encode()) {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if err := got.Verify(w.device.ID()); err != nil {
			t.Error(err)
		}
		if err := got.Verify(newWorld(t, seed+1).device.ID()); !errors.Is(err, ErrForeign) {
			t.Errorf("seed %d: for another device: %v", seed, err)
		}
	}
}

func TestHonestChangesProveNothing(t *testing.T) {
	w, other := newWorld(t, 40), newWorld(t, 41)
	a := w.change(Link{}, 10)
	b := w.change(a.Link(), 10)
	again := w.newRun(w.run.Person, newNonce(w.random)) // the next start
	for name, pair := range map[string][2]*Change{
		"the same":      {a, a},
		"one and two":   {a, b},
		"another run":   {a, w.changeOf(again, Link{}, w.doc, []byte("x"))},
		"other devices": {a, other.change(Link{}, 10)},
	} {
		if p, err := Prove(pair[0], pair[1]); !errors.Is(err, ErrNoProof) {
			t.Errorf("%s: %v, %v", name, p, err)
		}
	}
}

func TestEveryDamagedByteOfAProofIsRefused(t *testing.T) {
	w := newWorld(t, 42)
	p, err := Prove(w.change(Link{}, 10), w.change(Link{}, 11))
	if err != nil {
		t.Fatal(err)
	}
	b := p.Encode()
	for i := range b {
		bit := 8*i + w.random.Intn(8)
		_, err := ParseProof(flip(b, bit))
		if err == nil {
			t.Fatalf("bit %d: taken", bit)
		}
		if err := known(err); err != nil {
			t.Fatalf("bit %d: %v", bit, err)
		}
	}
	if _, err := ParseProof(make([]byte, maxProof+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a huge one: %v", err)
	}
}
