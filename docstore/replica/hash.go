package replica

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/identity"
	"corkboard/record"
)

// Hash is one number for what a replica shows: the access state, and of every
// document the changes that make it up and its tree. Errors: those of the engine.
func (r *Replica) Hash() ([32]byte, error) {
	state := r.AccessHash()
	w := record.Writer{B: state[:]}
	for _, id := range r.Documents() {
		tree, err := r.Tree(id)
		if err != nil {
			return [32]byte{}, err
		}
		b, err := doc.EncodeValue(tree)
		if err != nil {
			return [32]byte{}, fmt.Errorf("hash document %v: %w", id, err)
		}
		w.Fixed(id[:])
		applied := r.Applied(id)
		w.Uint(uint64(len(applied)))
		for _, c := range applied {
			w.Fixed(c[:])
		}
		w.Bytes(b)
	}
	return sha256.Sum256(w.B), nil
}

// AccessHash is one number for the access state alone, which those who have left
// know, too.
func (r *Replica) AccessHash() [32]byte {
	s := r.State()
	var w record.Writer
	ids(&w, s.Heads)
	w.Fixed(s.Owner[:])
	w.Bool(s.OwnerGone)
	for _, p := range sorted(s.Members) {
		w.Fixed(p[:])
		w.Uint8(uint8(s.Members[p]))
	}
	left := slices.SortedFunc(maps.Keys(s.Left), func(a, b access.Seat) int {
		return cmp.Or(bytes.Compare(a.Person[:], b.Person[:]), bytes.Compare(a.Device[:], b.Device[:]))
	})
	for _, seat := range left {
		w.Fixed(seat.Person[:])
		w.Fixed(seat.Device[:])
	}
	for _, i := range s.Invitations {
		w.Fixed(i.ID[:])
	}
	for _, d := range sorted(s.Stores) {
		w.Fixed(d[:])
		w.String(s.Stores[d])
	}
	for _, name := range slices.Sorted(maps.Keys(s.Policy)) {
		w.String(name)
		w.Bytes(s.Policy[name])
	}
	for _, d := range sorted(s.Documents) {
		w.Fixed(d[:])
		w.String(fmt.Sprint(s.Documents[d]))
	}
	for _, e := range s.Epochs {
		w.Fixed(e.ID[:])
		w.Bool(e.Void)
	}
	for _, id := range sorted(s.Void) {
		w.Fixed(id[:])
		w.Uint8(uint8(s.Void[id]))
	}
	return identity.Hash("corkboard/replica/access/1", w.B)
}

func sorted[K ~[32]byte, V any](m map[K]V) []K {
	return slices.SortedFunc(maps.Keys(m), func(a, b K) int { return bytes.Compare(a[:], b[:]) })
}

func ids(w *record.Writer, list []access.RecordID) {
	w.Uint(uint64(len(list)))
	for _, id := range list {
		w.Fixed(id[:])
	}
}
