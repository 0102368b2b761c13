package replica

import (
	"bytes"
	"errors"
	"fmt"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/identity"
)

// Receive takes any bytes from outside, which it copies, in any order. Without
// an error they are held, and judged or parked; what is here already changes
// nothing. Errors: those of errors.go and of packages identity, access and
// chunk; then nothing is held. What it means shows after Settle.
func (r *Replica) Receive(s Sort, raw []byte) error {
	i, err := newItem(s, raw)
	switch {
	case err != nil:
		return fmt.Errorf("receive: %w", err)
	case r.held.has(i.Key):
		return nil
	case r.held.refused[i.Key]:
		return fmt.Errorf("receive: %v: %w", s, ErrRefused)
	}
	i.Raw = bytes.Clone(raw)
	return r.receive(i)
}

// receive takes one item and all that has waited for what it brings.
func (r *Replica) receive(i Item) error {
	err := r.take(i)
	r.receiveReleased()
	return err
}

// receiveReleased takes what has waited for something that has come.
func (r *Replica) receiveReleased() {
	for len(r.comes) > 0 {
		n := r.comes[0]
		r.comes = r.comes[1:]
		for _, k := range r.parked.release(&r.held, n) {
			waited, _ := r.Item(k)
			_ = r.take(waited) // who sent it is gone
		}
	}
	for r.parked.full() {
		r.held.drop(r.parked.oldest(&r.held))
	}
}

// arrived notes that something has come that items may wait for.
func (r *Replica) arrived(n need) { r.comes = append(r.comes, n) }

// take holds an item, parks or refuses it.
func (r *Replica) take(i Item) error {
	r.held.put(i)
	n, err := r.admit(i)
	switch {
	case errors.Is(err, access.ErrFull), errors.Is(err, identity.ErrFull), errors.Is(err, identity.ErrCrowded):
		r.held.drop(i.Key) // perhaps another time
	case err != nil:
		r.held.refuse(i.Key)
	case n.what != nothing:
		r.parked.put(i, n)
	}
	return err
}

func (r *Replica) admit(i Item) (need, error) {
	switch i.Sort {
	case PersonRecord:
		return r.takePerson(i)
	case AccessRecord:
		return r.takeAccess(i)
	}
	return r.takeChunk(i)
}

func (r *Replica) takeAccess(i Item) (need, error) {
	record, err := access.Parse(i.Raw)
	if errors.Is(err, access.ErrNewer) {
		return need{what: anUpdate}, nil
	}
	if err != nil {
		return need{}, err
	}
	if _, here := r.log.Get(record.ID); here {
		return need{}, fmt.Errorf("add access record: %w", ErrDouble)
	}
	for _, parent := range record.Parents {
		if _, here := r.log.Get(parent); !here {
			return need{aParent, parent}, nil
		}
	}
	if err := r.log.Take(record); err != nil {
		return need{}, err
	}
	r.stale = true
	r.arrived(need{aParent, record.ID})
	r.matters(record.Author)
	switch p := record.Payload.(type) {
	case *access.Invite:
		r.matters(p.Person)
		r.learn()
	case *access.Rotate:
		r.learn()
	}
	return need{}, nil
}

func (r *Replica) takeChunk(i Item) (need, error) {
	s, err := chunk.Parse(i.Raw)
	if errors.Is(err, chunk.ErrNewer) {
		return need{what: anUpdate}, nil
	}
	if err != nil {
		return need{}, err
	}
	epoch := need{what: anEpoch}
	copy(epoch.id[:], s.Epoch[:])
	if r.ring == nil {
		return epoch, nil
	}
	o, err := r.ring.Open(i.Raw)
	switch {
	case errors.Is(err, chunk.ErrNewer):
		return need{what: anUpdate}, nil
	case errors.Is(err, chunk.ErrNoKey):
		return epoch, nil
	case errors.Is(err, chunk.ErrNoDocument), err == nil && !r.begun(o.Item):
		n := need{what: aDocument}
		copy(n.id[:], s.Tag[:])
		return n, nil
	case errors.Is(err, chunk.ErrNoRun):
		return need{what: aRun}, nil
	case err != nil:
		return need{}, err
	}
	return need{}, r.takeOpened(i, o)
}

// begun reports whether the genesis is here that a change is about. The ring may know
// more documents: it serves who signs, too.
func (r *Replica) begun(item chunk.Item) bool {
	c, ok := item.(*chunk.Change)
	return !ok || r.documents[c.Document.ID] != nil
}

// takeOpened takes what a chunk holds. A piece of a bundle is held only: nothing
// here reads a whole save that others made.
func (r *Replica) takeOpened(i Item, o chunk.Opened) error {
	switch item := o.Item.(type) {
	case *chunk.Genesis:
		r.takeGenesis(item)
		n := need{what: aDocument}
		copy(n.id[:], o.Tag[:])
		r.arrived(n)
	case *chunk.Run:
		if err := r.ring.AddRun(item); err != nil {
			return err
		}
		r.arrived(need{what: aRun})
	case *chunk.Change:
		r.takeChange(i, item)
	}
	return nil
}
