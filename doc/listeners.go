package doc

import "sync"

// Listeners are woken when something may have changed. All methods are safe on any
// goroutine. The zero value has none.
type Listeners struct {
	mu    sync.Mutex
	wakes map[*func()]bool
}

// Subscribe has wake called at every Wake until cancel; once more at most afterwards.
// wake must not block.
func (l *Listeners) Subscribe(wake func()) (cancel func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.wakes == nil {
		l.wakes = map[*func()]bool{}
	}
	l.wakes[&wake] = true
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.wakes, &wake)
	}
}

// Wake calls all of them, one after the other, on this goroutine.
func (l *Listeners) Wake() {
	l.mu.Lock()
	list := make([]func(), 0, len(l.wakes))
	for wake := range l.wakes {
		list = append(list, *wake)
	}
	l.mu.Unlock()
	for _, wake := range list {
		wake()
	}
}
