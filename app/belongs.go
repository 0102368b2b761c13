package app

import (
	"sync"

	"corkboard/access"
	"corkboard/doc"
)

// Bounds of what is remembered of documents, most of which others name.
const (
	maxBelonging = 4096
	maxAsking    = 16
)

// belonging is of which collection documents are, as far as it was asked; that of a
// document never changes.
type belonging struct {
	mu     sync.Mutex
	of     map[doc.ID]access.RecordID
	asking map[doc.ID]bool
}

// belongsTo is the collection of a document, at once; if that is not known it is asked
// for, and presence looks again then.
func (a *App) belongsTo(id doc.ID) (access.RecordID, bool) {
	if c, ok := a.store.KnownCollectionOf(id); ok {
		return c, true
	}
	b := &a.belonging
	b.mu.Lock()
	defer b.mu.Unlock()
	if c, ok := b.of[id]; ok {
		return c, true
	}
	if !b.asking[id] && len(b.asking) < maxAsking {
		if b.asking == nil {
			b.asking = map[doc.ID]bool{}
		}
		b.asking[id] = true
		a.company.begin(func() { a.askWhereItBelongs(id) })
	}
	return access.RecordID{}, false
}

func (a *App) askWhereItBelongs(id doc.ID) {
	c, err := a.store.CollectionOf(id)
	b := &a.belonging
	b.mu.Lock()
	delete(b.asking, id)
	if err == nil {
		if b.of == nil || len(b.of) >= maxBelonging {
			b.of = map[doc.ID]access.RecordID{}
		}
		b.of[id] = c
	}
	b.mu.Unlock()
	if err == nil {
		a.company.hub.Again()
	}
}
