package replica

import "corkboard/chunk"

// What follows is for a store that keeps chunks on disk and documents in engines
// of its own: it gives the replica persons' and access records, and has it sign
// and seal. Chunks so made are not taken in.

// Ring is what chunks are opened with. ErrNotReady until the key of the first
// epoch is here. It changes whenever the replica takes something in or signs.
func (r *Replica) Ring() (chunk.Ring, error) {
	r.settle()
	if r.ring == nil {
		return chunk.Ring{}, ErrNotReady
	}
	return *r.ring, nil
}

// Actor is the name under which this run writes in a document.
func (r *Replica) Actor(id chunk.DocumentID) [16]byte {
	return chunk.Actor(r.opt.Device.ID(), id, r.run.nonce)
}

// Sign signs and seals changes that an engine has made under Actor, which follow
// each other. The items are, in order: the access records of a new key if one was
// needed, the run if it had to be announced, which is told too, and the changes.
// They must be kept in the order in which Sign was called. Errors: ErrNotAllowed,
// ErrNotReady, ErrOtherRun, those of package chunk; then no change is signed, and
// the items must be kept all the same.
func (r *Replica) Sign(id chunk.DocumentID, actor [16]byte, changes [][]byte, now int64) (items []Item, run *chunk.Run, err error) {
	items, err = r.command("sign a change", func() error {
		if err := r.prepare(now); err != nil {
			return err
		}
		if err := r.announce(); err != nil {
			return err
		}
		if actor != r.Actor(id) {
			return ErrOtherRun
		}
		run = r.run.said
		link, sealed := r.run.last, []Item(nil)
		for _, automerge := range changes {
			c, err := chunk.SignChange(r.opt.Device, run, link, chunk.Document{ID: id}, automerge)
			if err != nil {
				return err
			}
			i, err := r.sealed(c)
			if err != nil {
				return err
			}
			link, sealed = c.Link(), append(sealed, i)
		}
		r.run.last, r.made = link, append(r.made, sealed...)
		return nil
	})
	return items, run, err
}

// SignGenesis signs and seals the beginning of a document, whose nonce and time
// are given; items as of Sign.
func (r *Replica) SignGenesis(nonce [32]byte, time uint64, now int64) (items []Item, err error) {
	return r.command("begin a document", func() error {
		if err := r.prepare(now); err != nil {
			return err
		}
		g, err := chunk.SignGenesis(r.opt.Device, r.genesis(nonce, time))
		if err != nil {
			return err
		}
		i, err := r.sealed(g)
		if err == nil {
			r.made = append(r.made, i)
		}
		return err
	})
}

// genesis is the beginning of a document, not signed yet.
func (r *Replica) genesis(nonce [32]byte, time uint64) chunk.Genesis {
	return chunk.Genesis{Collection: chunk.CollectionID(r.collection), Person: r.opt.Person, Nonce: nonce, Time: time}
}

// sealed seals an item and does not take it in.
func (r *Replica) sealed(item chunk.Item) (Item, error) {
	raw, err := r.box(item)
	if err != nil {
		return Item{}, err
	}
	return newItem(Chunk, raw)
}
