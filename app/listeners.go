package app

import "sync"

// listeners are woken when something may have changed. The zero value has none.
type listeners struct {
	mu    sync.Mutex
	wakes map[*func()]bool
}

func (l *listeners) subscribe(wake func()) (cancel func()) {
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

func (l *listeners) wake() {
	l.mu.Lock()
	list := make([]func(), 0, len(l.wakes))
	for w := range l.wakes {
		list = append(list, *w)
	}
	l.mu.Unlock()
	for _, w := range list {
		w()
	}
}
