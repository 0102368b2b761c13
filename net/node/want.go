package node

import (
	"math/rand/v2"
	"time"

	"corkboard/identity"
	"corkboard/net/wire"
)

// The rhythm of dialling.
const (
	firstWait = time.Second
	longWait  = time.Minute
	steady    = time.Minute // a connection that held so long starts the rhythm anew
	dialsMost = 8           // at once
	maxHints  = 256
	maxSaved  = 64
	hintTries = 8 // failures after which a hint is forgotten
)

// Source says why an address is wanted.
type Source uint8

// The sources; an address may have several.
const (
	Saved   Source = 1 << iota // somebody was met there before
	Storage                    // a storage peer of a collection
	Hint                       // somebody may be there: heard on the network
	Asked                      // a person typed it
)

// A want is an address that should be connected.
type want struct {
	to       wire.Address
	source   Source
	device   identity.DeviceID // who is there; zero: nobody knows
	failures int
	due      time.Time
	dialling bool
	born     time.Time
}

// wants is every address that should be connected: a state machine, time is an
// argument.
type wants struct {
	all    map[wire.Address]*want
	jitter func() float64 // 0 to 1
}

func newWants() *wants {
	return &wants{all: map[wire.Address]*want{}, jitter: rand.Float64}
}

// add wants an address, now. One that is wanted already begins its rhythm anew.
func (w *wants) add(to wire.Address, source Source, device identity.DeviceID, now time.Time) {
	if to == "" {
		return
	}
	x := w.all[to]
	if x == nil {
		x = &want{to: to, born: now}
		w.all[to] = x
	}
	x.source |= source
	if device != (identity.DeviceID{}) {
		x.device = device
	}
	x.failures, x.due = 0, now
	if source == Hint {
		w.trim()
	}
}

// trim forgets the oldest hint if there are too many.
func (w *wants) trim() {
	var oldest *want
	hints := 0
	for _, x := range w.all {
		if x.source != Hint {
			continue
		}
		hints++
		if !x.dialling && (oldest == nil || x.born.Before(oldest.born)) {
			oldest = x
		}
	}
	if hints > maxHints && oldest != nil {
		delete(w.all, oldest.to)
	}
}

// keepStorage makes the addresses of storage peers those that are given.
func (w *wants) keepStorage(at map[wire.Address]identity.DeviceID, now time.Time) {
	for to, x := range w.all {
		if _, ok := at[to]; !ok && x.source&Storage != 0 {
			x.source &^= Storage
			if x.source == 0 {
				delete(w.all, to)
			}
		}
	}
	for to, device := range at {
		if x := w.all[to]; x == nil || x.source&Storage == 0 {
			w.add(to, Storage, device, now)
		}
	}
}

// next is a want that is due and that skip lets through, or how long to wait for
// one; 0 if there is nothing to wait for.
func (w *wants) next(now time.Time, skip func(*want) bool) (*want, time.Duration) {
	var due *want
	var wait time.Duration
	for _, x := range w.all {
		switch {
		case x.dialling || skip(x):
		case !x.due.After(now):
			if due == nil || x.due.Before(due.due) {
				due = x
			}
		case wait == 0 || x.due.Sub(now) < wait:
			wait = x.due.Sub(now)
		}
	}
	return due, wait
}

// failed puts an address off: 1, 2, 4 … 60 s, ±10 %. A hint that fails too often
// is forgotten.
func (w *wants) failed(to wire.Address, now time.Time) {
	x := w.all[to]
	if x == nil {
		return
	}
	wait := longWait
	if x.failures < 6 {
		wait = firstWait << x.failures
	}
	x.failures++
	x.due = now.Add(time.Duration(float64(wait) * (0.9 + 0.2*w.jitter())))
	if x.source == Hint && x.failures >= hintTries {
		delete(w.all, to)
	}
}

// ended notes that a connection is over that held for a time.
func (w *wants) ended(to wire.Address, held time.Duration, now time.Time) {
	if x := w.all[to]; x != nil && held >= steady {
		x.failures = 0
	}
	w.failed(to, now)
}

// reset begins every rhythm anew: the network is another one.
func (w *wants) reset(now time.Time) {
	for _, x := range w.all {
		x.failures, x.due = 0, now
	}
}
