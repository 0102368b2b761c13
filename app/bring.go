package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"corkboard/access"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/share"
)

// maxBrought bounds what is copied into a shared collection at a time, in documents.
const maxBrought = 50_000

// bringAtOnce is how many copies are on their way to the disk together.
const bringAtOnce = 200

// bringTries is how often documents are copied anew that were edited meanwhile.
const bringTries = 8

// Errors of Share.
var (
	// ErrHome says that the Home board itself cannot be shared.
	ErrHome = errors.New("the Home board cannot be shared")
	// ErrTooMuch says that a board reaches more documents than are copied at a time.
	ErrTooMuch = errors.New("too many documents to share at once")
)

// brought is a document on its way into a shared collection.
type brought struct {
	from, to doc.ID
	kind     string
	root     doc.Map
	heads    doc.Heads
	more     []doc.Edit // that others need
}

// bring copies documents of the profile's own collection, and all that lies on the
// boards among them, into a shared one; then the copies take their place. Their
// history stays here. What is shared already is left where it is, and so is Home.
// It blocks. Errors: ErrTooMuch, ErrAbsent, those of docstore.
func (a *App) bring(ctx context.Context, links []share.Link, into access.RecordID) error {
	list, err := a.reach(ctx, links, into)
	if err != nil || len(list) == 0 {
		return err
	}
	to := map[doc.ID]doc.ID{}
	for _, b := range list {
		to[b.from] = b.to
	}
	for some := range slices.Chunk(list, bringAtOnce) {
		made := make([]doc.Receipt, len(some))
		for n, b := range some {
			a.pack(b)
			made[n] = a.store.Create(b.to, a.copyOf(b, to, nil))
		}
		for _, r := range made {
			if err := a.saved(ctx, r); err != nil {
				return fmt.Errorf("copying a document: %w", err)
			}
		}
	}
	for range bringTries {
		moves := make([]docstore.Move, len(list))
		for n, b := range list {
			moves[n] = docstore.Move{From: b.from, To: b.to, Heads: b.heads}
		}
		err = a.store.Move(ctx, moves)
		var changed *docstore.ChangedError
		if !errors.As(err, &changed) {
			return err
		}
		for _, b := range list {
			if slices.Contains(changed.Documents, b.from) {
				if err := a.copyAgain(ctx, b, to); err != nil {
					return err
				}
			}
		}
	}
	return err
}

// reach is the documents of the profile's own collection that links lead to, also over
// boards.
func (a *App) reach(ctx context.Context, links []share.Link, into access.RecordID) ([]*brought, error) {
	var out []*brought
	seen := map[doc.ID]bool{a.home: true}
	for len(links) > 0 {
		l := links[0]
		links = links[1:]
		if seen[l.Document] || a.store.Moved(l.Document) != l.Document {
			continue
		}
		seen[l.Document] = true
		if _, shared, err := a.collectionOf(l.Document); err != nil || shared {
			continue // not here, or shared already
		}
		if len(out) == maxBrought {
			return nil, ErrTooMuch
		}
		to, err := a.store.NewIDIn(into)
		if err != nil {
			return nil, err
		}
		b := &brought{from: l.Document, to: to, kind: l.Kind}
		if err := a.readBrought(ctx, b); err != nil {
			return nil, err
		}
		out = append(out, b)
		if b.kind == cards.KindBoard {
			links = append(links, board.Links(b.root)...)
		}
	}
	return out, nil
}

func (a *App) readBrought(ctx context.Context, b *brought) error {
	h := a.store.Open(b.from, whole)
	defer h.Close()
	v, err := loaded(ctx, h)
	if err != nil {
		return fmt.Errorf("reading a document: %w", err)
	}
	b.root, _ = v.(doc.Map)
	b.heads = h.Snapshot().Heads
	return nil
}

// copyOf is the edits that make one document like another; before is what it was
// made like the last time.
func (a *App) copyOf(b *brought, to map[doc.ID]doc.ID, before doc.Map) []doc.Edit {
	root := b.root
	if b.kind == cards.KindBoard {
		root = board.Relink(root, func(l share.Link) share.Link {
			if now, ok := to[l.Document]; ok {
				l.Document = now
			}
			return l
		})
	}
	var edits []doc.Edit
	for _, slot := range slices.Sorted(maps.Keys(root)) {
		if was, had := before[slot]; !had || !doc.Equal(was, b.root[slot]) {
			edits = append(edits, doc.Put{Path: doc.At(slot), Value: root[slot]})
		}
	}
	for _, slot := range slices.Sorted(maps.Keys(before)) {
		if _, still := b.root[slot]; !still {
			edits = append(edits, doc.Delete{Path: doc.At(slot)})
		}
	}
	return append(edits, b.more...) // which may be about what was put just now
}

// pack adds to a file's document how others fetch the file, if that can be said.
func (a *App) pack(b *brought) {
	more, err := a.fetchable(b.root)
	if err != nil {
		a.opts.Log.Warn("a file cannot be shared", "err", err)
	}
	b.more = more
}

// copyAgain brings a copy up to date.
func (a *App) copyAgain(ctx context.Context, b *brought, to map[doc.ID]doc.ID) error {
	before := b.root
	b.more = nil
	if err := a.readBrought(ctx, b); err != nil {
		return err
	}
	h := a.store.Open(b.to, whole)
	defer h.Close()
	if _, err := loaded(ctx, h); err != nil {
		return err
	}
	edits := a.copyOf(b, to, before)
	return a.saved(ctx, h.Do(func(any) (doc.Plan, error) { return doc.Plan{Edits: edits}, nil }))
}

// settled is pins as they are put on a board: what is this person's alone comes along
// into the collection of a shared board, and a link to another collection names it.
// It blocks.
func (a *App) settled(ctx context.Context, boardID doc.ID, pins []board.Pin) ([]board.Pin, error) {
	into, shared, err := a.collectionOf(boardID)
	if err != nil {
		return nil, err
	}
	pins = slices.Clone(pins)
	if shared {
		links := make([]share.Link, len(pins))
		for n, p := range pins {
			links[n] = p.Link
		}
		if err := a.bring(ctx, links, into); err != nil {
			return nil, err
		}
	}
	for n := range pins {
		l := &pins[n].Link
		l.Document = a.store.Moved(l.Document)
		of, others, err := a.collectionOf(l.Document)
		switch {
		case err != nil: // it is not here: the link is all there is
		case of == into || !others:
			l.In = ""
		default:
			l.In = doc.ID(of.String())
		}
	}
	return pins, nil
}
