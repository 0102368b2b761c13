package memory

import (
	"slices"
	"sync"
	"time"
)

// A Clock says when what is under way arrives. Deadlines of streams are always by
// package time.
type Clock interface {
	Now() time.Time
	// AfterFunc runs f once d has passed.
	AfterFunc(d time.Duration, f func())
}

type realClock struct{}

func (realClock) Now() time.Time                      { return time.Now() }
func (realClock) AfterFunc(d time.Duration, f func()) { time.AfterFunc(d, f) }

// Manual is a clock that stands until it is told. It is safe on any goroutine.
type Manual struct {
	mu    sync.Mutex
	now   time.Time
	alarm []alarm
}

type alarm struct {
	at time.Time
	f  func()
}

// NewManual is a clock that shows now.
func NewManual(now time.Time) *Manual { return &Manual{now: now} }

// Now is what the clock shows.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// AfterFunc runs f on the goroutine that advances the clock far enough; at once
// if d is not positive.
func (m *Manual) AfterFunc(d time.Duration, f func()) {
	if d <= 0 {
		f()
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	a := alarm{m.now.Add(d), f}
	i, _ := slices.BinarySearchFunc(m.alarm, a.at.Add(1), func(b alarm, at time.Time) int { return b.at.Compare(at) })
	m.alarm = slices.Insert(m.alarm, i, a)
}

// Advance moves the clock and runs what has become due, in order of time, and in
// the order in which it was asked for.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	until := m.now.Add(d)
	for len(m.alarm) > 0 && !m.alarm[0].at.After(until) {
		due := m.alarm[0]
		m.alarm, m.now = m.alarm[1:], due.at
		m.mu.Unlock()
		due.f()
		m.mu.Lock()
	}
	m.now = until
	m.mu.Unlock()
}
