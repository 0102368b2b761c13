package node

import (
	"sync"

	"corkboard/net/docsync"
)

// woken collects which collections have something new.
type woken struct {
	prod chan struct{}

	mu   sync.Mutex
	tags map[docsync.Tag]bool
}

func newWoken() *woken {
	return &woken{prod: make(chan struct{}, 1), tags: map[docsync.Tag]bool{}}
}

// add does not block, and may be called on any goroutine.
func (w *woken) add(tag docsync.Tag) {
	w.mu.Lock()
	w.tags[tag] = true
	w.mu.Unlock()
	select {
	case w.prod <- struct{}{}:
	default:
	}
}

func (w *woken) take() []docsync.Tag {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]docsync.Tag, 0, len(w.tags))
	for tag := range w.tags {
		list = append(list, tag)
	}
	clear(w.tags)
	return list
}
