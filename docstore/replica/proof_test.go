package replica

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"corkboard/access"
	"corkboard/chunk"
)

// What a device signs in another person's name proves nothing against its own,
// and does not hide what does; and the proof is the same in whatever order
// several rivals come.
func TestProofsAreAFunctionOfTheSet(t *testing.T) {
	m := newTeam(t, 6, 2)
	m.admit(1, access.Write)
	id := m.document()
	b := m.all[1]
	sign := func(name chunk.Run, what byte) Item {
		t.Helper()
		name.Collection, name.Nonce = chunk.CollectionID(b.Collection()), chunk.Nonce{1}
		run, err := chunk.SignRun(m.players[1].devices[0], name)
		m.must(err)
		c, err := chunk.SignChange(m.players[1].devices[0], run, chunk.Link{}, chunk.Document{ID: id}, reframed([]byte{what}))
		m.must(err)
		m.must(b.seal(run))
		e, err := b.epoch()
		m.must(err)
		raw, err := b.ring.Seal(e, c)
		m.must(err)
		i, err := newItem(Chunk, raw)
		m.must(err)
		return i
	}
	other, own := chunk.Run{Person: m.players[0].id}, chunk.Run{Person: m.players[1].id}
	list := []Item{sign(other, 1), sign(own, 2), sign(own, 3), sign(own, 4)}
	m.sync()
	a := m.all[0]
	m.must(a.Receive(Chunk, list[0].Raw))
	m.must(a.Receive(Chunk, list[1].Raw))
	if n := len(a.Proofs()); n != 0 {
		t.Fatalf("%d proofs of one change", n)
	}
	m.must(a.Receive(Chunk, list[2].Raw))
	m.must(a.Receive(Chunk, list[3].Raw))
	if n := len(a.Proofs()); n != 1 {
		t.Fatalf("%d proofs, want 1", n)
	}
	want := a.Proofs()[0].Encode()
	for seed := range uint64(20) {
		again := m.rebuilt(a, rand.New(stream(8, seed)))
		if got := again.Proofs(); len(got) != 1 || !bytes.Equal(got[0].Encode(), want) {
			t.Fatalf("order %d: %d proofs, or another one", seed, len(got))
		}
		again.Close()
	}
}
