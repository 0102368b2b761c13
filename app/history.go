package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/docstore/past"
	"corkboard/identity"
	"corkboard/share"
)

// maxPastCards bounds of how many cards the changes are listed: those that were pinned
// last. All of them are shown.
const maxPastCards = 5000

// flushWait bounds how long the past waits for the disk.
const flushWait = 2 * time.Second

// unshown are the labels of changes that show nothing.
var unshown = map[string]bool{"measure": true, "share file": true, "Join board": true}

// Past is the past of a board, open to be looked at. It does not change: what is written
// meanwhile is not in it. Close it when it is not shown any more.
type Past struct {
	Board doc.ID
	// Moments are the changes of the board and of the cards that ever lay on it, but
	// for those of boards on it, oldest first.
	Moments   []Moment
	Stretches []board.Stretch
	Wipes     []Wipe
	People    map[Person]Member
	Shared    int // the first moment since the board was shared; 0 is none

	a     *App
	store *past.Store
	read  *docstore.Reader
	lists map[doc.ID][]docstore.Version
}

// Moment is one change.
type Moment struct {
	Time time.Time
	Who  Person
	What string // as its writer called it
}

// Wipe is that somebody took many cards off a board within a minute.
type Wipe struct {
	Who   Member
	Cards int
	// Before is when all of them were still there.
	Before time.Time
	Last   time.Time // when the last was taken away

	gone []board.CardID
}

// OpenPast reads what has happened on a board. It blocks, some 0.2 ms for each change of
// the board. Errors: ErrAbsent, those of docstore.
func (a *App) OpenPast(ctx context.Context, id doc.ID) (*Past, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	id = a.store.Moved(id)
	traces, err := a.traces(ctx, id)
	if err != nil {
		return nil, err
	}
	p := &Past{Board: id, a: a, People: map[Person]Member{}, Wipes: a.wipes(traces)}
	pinned := pinnedBy(traces)
	same := make(map[doc.ID]doc.ID, len(pinned))
	ids := []doc.ID{id}
	for _, l := range pinned {
		now := a.store.Moved(l.Document)
		same[l.Document] = now
		ids = append(ids, now)
	}
	if p.lists, err = a.store.Histories(ctx, ids); err != nil {
		return nil, fmt.Errorf("reading the past: %w", err)
	}
	for old, now := range same {
		p.lists[old] = p.lists[now]
	}
	p.gather(id, pinned)
	p.store = past.New(a.store, p.Moments[len(p.Moments)-1].Time, p.lists)
	p.read = a.store.Reader()
	return p, nil
}

// traces is what was done to the cards of a board.
func (a *App) traces(ctx context.Context, id doc.ID) ([]docstore.Trace, error) {
	soon, cancel := context.WithTimeout(ctx, flushWait)
	defer cancel()
	_ = a.store.Flush(soon) // what is not on disk yet is not in the past yet
	in, link := board.CardSlots()
	list, err := a.store.Traces(ctx, id, in, link)
	if err != nil {
		return nil, fmt.Errorf("reading the past of a board: %w", err)
	}
	if len(list) == 0 {
		return nil, ErrAbsent
	}
	return list, nil
}

// pinnedBy is what was ever pinned, the newest first, each once; boards are not among it.
func pinnedBy(traces []docstore.Trace) []share.Link {
	var out []share.Link
	seen := map[doc.ID]bool{}
	for _, t := range slices.Backward(traces) {
		for _, s := range t.Said {
			l, err := share.Parse(s)
			if err != nil || l.Kind == cards.KindBoard || seen[l.Document] || len(out) == maxPastCards {
				continue
			}
			seen[l.Document] = true
			out = append(out, l)
		}
	}
	return out
}

// gather puts the changes of a board and of its cards in order.
func (p *Past) gather(id doc.ID, pinned []share.Link) {
	own := p.lists[id]
	done := map[doc.ID]bool{id: true}
	add := func(v docstore.Version) {
		p.Moments = append(p.Moments, Moment{Time: v.Time, Who: p.person(v.Person), What: v.Label})
	}
	sharedSince := time.Time{}
	for _, v := range own {
		if !unshown[v.Label] {
			add(v)
		}
		if v.Of == id && own[0].Of != id && sharedSince.IsZero() {
			sharedSince = v.Time
		}
	}
	for _, l := range pinned {
		now := p.a.store.Moved(l.Document)
		if done[now] {
			continue
		}
		done[now] = true
		list := p.lists[now]
		for i, v := range list {
			made := i == 0 || v.Of != list[i-1].Of // the board says that it was added
			if !made && !unshown[v.Label] && !v.Time.Before(own[0].Time) {
				add(v)
			}
		}
	}
	slices.SortStableFunc(p.Moments, func(x, y Moment) int {
		return cmp.Or(x.Time.Compare(y.Time), cmp.Compare(x.Who, y.Who))
	})
	list := make([]board.Moment, len(p.Moments))
	for i, m := range p.Moments {
		list[i] = board.Moment{At: m.Time.UnixMilli(), Who: string(m.Who), What: m.What}
		if p.Shared == 0 && !sharedSince.IsZero() && !m.Time.Before(sharedSince) {
			p.Shared = i
		}
	}
	p.Stretches = board.Stretches(list, p.cuts()...)
}

// cuts are the moments with which a wipe begins, and those after it: what was before it
// is a restore point.
func (p *Past) cuts() (out []int) {
	for i, m := range p.Moments {
		for _, w := range p.Wipes {
			begins, ends := m.Time.After(w.Before), m.Time.After(w.Last)
			if i > 0 && (begins && !p.Moments[i-1].Time.After(w.Before) || ends && !p.Moments[i-1].Time.After(w.Last)) {
				out = append(out, i)
			}
		}
	}
	return out
}

// person notes who wrote something.
func (p *Past) person(id identity.PersonID) Person {
	who := Person(id.String())
	if _, known := p.People[who]; !known {
		m := p.a.memberAnywhere(id)
		if m.Me {
			m = p.a.Me()
		}
		p.People[who] = m
	}
	return who
}

// Docs is all documents at the moment that Go has chosen; first that is the newest.
func (p *Past) Docs() doc.Store { return p.store }

// Go chooses a moment for Docs and returns at once.
func (p *Past) Go(moment int) { p.store.Go(p.Moments[moment].Time) }

// Close ends the look at the past. It waits for what is being read.
func (p *Past) Close() {
	p.store.Close()
	p.read.Close()
}

// versions is those of a document that lay on the board.
func (p *Past) versions(ctx context.Context, id doc.ID) ([]docstore.Version, error) {
	if list, ok := p.lists[id]; ok {
		return list, nil
	}
	return p.a.store.History(ctx, id)
}

// at is a document at a time. One that was made later is empty.
func (p *Past) at(ctx context.Context, id doc.ID, t time.Time) (doc.Map, error) {
	list, err := p.versions(ctx, id)
	if err != nil {
		return nil, err
	}
	i := docstore.VersionAt(list, t)
	if i < 0 {
		return doc.Map{}, nil
	}
	root, err := p.read.At(list[i].Of, list[i].Heads)
	if err != nil {
		return nil, fmt.Errorf("reading the past: %w", err)
	}
	return root, nil
}
