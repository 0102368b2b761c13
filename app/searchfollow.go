package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/search"
)

func stampOf(h doc.Heads) string { return strings.Join(h, " ") }

// compareAll finds out which documents have another state than the index.
func (f *finder) compareAll(ctx context.Context) error {
	list, err := f.a.store.Documents(ctx)
	if err != nil {
		return err
	}
	have, err := f.index.Stamps(ctx)
	if err != nil {
		return err
	}
	pinned, err := f.index.Pinned(ctx)
	if err != nil {
		return err
	}
	gone, err := f.index.Gone(ctx)
	if err != nil {
		return err
	}
	var due []doc.ID
	moves := map[doc.ID]doc.ID{}
	for _, i := range list {
		stamp, known := have[i.ID]
		if to := f.a.store.Moved(i.ID); to != i.ID {
			if known || pinned[i.ID] {
				moves[i.ID] = to
			}
		} else if (!known || stamp != stampOf(i.Heads)) && !gone[i.Collection.String()] {
			due = append(due, i.ID)
		}
		delete(have, i.ID)
	}
	if err := f.index.Replace(ctx, moves); err != nil {
		return err
	}
	if err := f.index.Remove(ctx, slices.Collect(maps.Keys(have))); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ready = true
	for _, id := range due {
		f.due[id] = true
		delete(f.soon, id)
	}
	return nil
}

// lookAtMembers lets the documents of collections that this person is out of leave the
// index, takes in those of others, and tries again to read what could not be read.
func (f *finder) lookAtMembers(ctx context.Context) error {
	before, err := f.index.Gone(ctx)
	if err != nil {
		return err
	}
	var gone []string
	changed := false
	for _, c := range f.a.sharedCircles() {
		id := c.ID.String()
		out := f.a.out(c)
		if out {
			gone = append(gone, id)
		}
		changed = changed || out != before[id]
		delete(before, id)
	}
	for id := range before { // not known yet, as the keys are locked
		gone = append(gone, id)
	}
	f.mu.Lock()
	for id := range f.failed {
		f.due[id] = true
	}
	clear(f.failed)
	f.mu.Unlock()
	if !changed {
		return nil
	}
	err = f.index.SetGone(ctx, gone)
	if err == nil {
		f.note(func() { f.compare = true })
	}
	return err
}

// putAside tells the index what is archived.
func (f *finder) putAside(ctx context.Context) error {
	list := map[doc.ID]search.Aside{}
	for id := range f.a.Archived() {
		list[f.a.store.Moved(id)] = search.Archived
	}
	return f.index.SetAside(ctx, list)
}

// readDue reads some of the documents that are due.
func (f *finder) readDue(ctx context.Context) error {
	f.mu.Lock()
	var ids []doc.ID
	for id := range f.due {
		if len(ids) == searchBatch {
			break
		}
		ids = append(ids, id)
		delete(f.due, id)
	}
	f.mu.Unlock()
	err := f.readBatch(ctx, ids)
	if err != nil {
		f.mu.Lock()
		for _, id := range ids {
			f.due[id] = true
		}
		f.mu.Unlock()
	}
	return err
}

func (f *finder) readBatch(ctx context.Context, ids []doc.ID) error {
	moves := map[doc.ID]doc.ID{}
	for _, id := range ids {
		if to := f.a.store.Moved(id); to != id {
			moves[id] = to
		}
	}
	if len(moves) > 0 {
		if err := f.index.Replace(ctx, moves); err != nil {
			return err
		}
		f.note(func() { f.reach = true })
	}
	list, err := f.a.store.Present(ctx, ids)
	if err != nil {
		return err
	}
	gone, err := f.index.Gone(ctx)
	if err != nil {
		return err
	}
	var entries []search.Entry
	for _, p := range list {
		if moves[p.ID] != "" || gone[p.Collection.String()] {
			continue
		}
		e, ok, err := f.read(ctx, p)
		if err != nil {
			return err
		}
		if ok {
			entries = append(entries, e)
		}
	}
	moved, err := f.index.Put(ctx, entries)
	if err != nil {
		return err
	}
	files := false
	for _, e := range entries {
		files = files || e.Blob != ""
	}
	f.mu.Lock()
	f.reach, f.files = f.reach || moved, f.files || files
	f.mu.Unlock()
	return nil
}

// read makes an entry of a document; ok is false if the index has it already, or it
// cannot be read now.
func (f *finder) read(ctx context.Context, p docstore.Present) (e search.Entry, ok bool, err error) {
	if p.ID == f.a.workspace.ID() || p.ID == f.a.devices.id {
		return e, false, nil
	}
	have, err := f.index.Stamp(ctx, p.ID)
	if err != nil || have != "" && have == stampOf(p.Heads) {
		return e, false, err
	}
	heads := p.Heads
	switch {
	case p.Source != nil:
		e = search.Read(p.Source)
	case p.Soon:
		f.mu.Lock()
		defer f.mu.Unlock()
		if !f.due[p.ID] { // else it has rested meanwhile
			f.soon[p.ID] = true
		}
		return e, false, nil
	default:
		heads, err = f.a.store.Examine(ctx, p.ID, func(src doc.Source) { e = search.Read(src) })
		if ctx.Err() != nil || errors.Is(err, doc.ErrClosed) {
			return e, false, err
		}
		if err != nil {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.failed[p.ID] = true
			f.locked = f.locked || errors.Is(err, docstore.ErrLocked)
			return e, false, nil
		}
	}
	e.ID, e.Collection, e.Heads, e.Changed = p.ID, p.Collection.String(), stampOf(heads), p.Changed.UnixMilli()
	for n := range e.Pins {
		e.Pins[n].Document = f.a.store.Moved(e.Pins[n].Document)
	}
	return e, true, nil
}
