package app

import (
	"context"
	"crypto/sha256"
	"fmt"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/share"
)

// record takes one where a collection here opens it.
func (b *bundleIn) record(ctx context.Context, s chunk.Sealed, all []docstore.Collection) error {
	if !s.Kind.IsRecord() {
		return nil
	}
	if b.last != nil && opens(b.last.c.ID, s) {
		return b.add(ctx, b.last, s)
	}
	for _, c := range all {
		if !opens(c.ID, s) {
			continue
		}
		if b.boards[c.ID] == nil {
			shelf, err := b.a.store.Shelf(c.ID)
			if err != nil {
				return err
			}
			b.boards[c.ID] = &bundleBoard{c: c, shelf: shelf, seen: map[[32]byte]bool{}}
		}
		b.last = b.boards[c.ID]
		return b.add(ctx, b.last, s)
	}
	return nil
}

func opens(id access.RecordID, s chunk.Sealed) bool {
	_, _, err := chunk.OpenRecord(chunk.CollectionID(id), s.Bytes())
	return err == nil
}

// admit leaves the boards that this person is on. ErrOutOfBundle if there are none.
func (b *bundleIn) admit() error {
	me := b.a.store.Person()
	for id, to := range b.boards {
		c, err := b.a.store.Collection(id)
		if err != nil {
			return err
		}
		if to.c = c; !c.Home && c.State.Role(me) < access.Read {
			delete(b.boards, id)
			continue
		}
		to.epochs = map[chunk.EpochRef]bool{}
		for _, e := range c.State.Epochs {
			to.epochs[chunk.EpochRef(e.ID[:])] = true
		}
		if !c.Home {
			b.came.Boards = append(b.came.Boards, share.Link{Document: c.Root, Kind: c.Kind, In: doc.ID(c.ID.String())})
		}
	}
	if len(b.boards) == 0 {
		return ErrOutOfBundle
	}
	return nil
}

// content takes what is no record. Its collection is the one whose keys it names; where
// there is one alone, that one keeps also what it has no key for yet.
func (b *bundleIn) content(ctx context.Context, s chunk.Sealed) error {
	if s.Kind.IsRecord() {
		return nil
	}
	for _, to := range b.boards {
		if len(b.boards) == 1 || to.epochs[s.Epoch] {
			return b.add(ctx, to, s)
		}
	}
	return nil
}

// What is given to the store at once.
const (
	batchItems = 256
	batchBytes = 1 << 20
)

// add gives an item to a collection that lacks it, soon.
func (b *bundleIn) add(ctx context.Context, to *bundleBoard, s chunk.Sealed) error {
	raw := s.Bytes()
	b.done += int64(len(raw))
	b.tell(b.done, b.size)
	key := sha256.Sum256(raw)
	if _, here := to.shelf.Find(key); here || to.seen[key] {
		return nil
	}
	to.seen[key] = true
	to.batch, to.kinds, to.batched = append(to.batch, raw), append(to.kinds, s.Kind), to.batched+len(raw)
	if len(to.batch) < batchItems && to.batched < batchBytes {
		return nil
	}
	return b.put(ctx, to)
}

// put gives what is collected to the store. Errors that have nothing to do with an item.
func (b *bundleIn) put(ctx context.Context, to *bundleBoard) error {
	errs := to.shelf.Put(ctx, to.batch)
	for n, err := range errs {
		switch kind := to.kinds[n]; {
		case docstore.Passing(err):
			return fmt.Errorf("taking in a bundle: %w", err)
		case err != nil:
			b.came.Refused++
		case kind == chunk.KindChange:
			b.came.Changes++
		case kind.IsRecord():
			b.came.People++
		}
	}
	to.batch, to.kinds, to.batched = nil, nil, 0
	clear(to.seen)
	return nil
}
