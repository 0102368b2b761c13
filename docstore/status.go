package docstore

import (
	"sync"

	"corkboard/doc"
)

// State says how safe the newest edits are.
type State int

// The states of a store.
const (
	Saved State = iota
	Saving
	NotSaved
)

// Status is what can be said to a person about the newest edits.
type Status struct {
	State   State
	Pending int   // plans that are not on disk yet
	Err     error // why NotSaved
}

// String uses the words of the house and no others.
func (s Status) String() string {
	switch s.State {
	case Saving:
		return "Saving…"
	case NotSaved:
		return "NOT SAVED: " + reason(s.Err)
	}
	return "Saved on this device"
}

// statusBoard holds what keeps edits from being saved and who wants to know.
type statusBoard struct {
	pending pending

	mu      sync.Mutex
	failing error  // the log cannot be written at the moment
	refused error  // an edit was lost; stays until Retry
	begun   uint64 // writes to the log that were begun,
	ended   uint64 // and those that ended

	subs doc.Listeners
}

func (b *statusBoard) subscribe(wake func()) (cancel func()) { return b.subs.Subscribe(wake) }

func (b *statusBoard) wake() { b.subs.Wake() }

func newStatusBoard() *statusBoard {
	b := &statusBoard{}
	b.pending.changed = b.wake
	return b
}

func (b *statusBoard) status() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := Status{Pending: int(b.pending.n.Load())}
	switch {
	case b.failing != nil:
		s.State, s.Err = NotSaved, b.failing
	case b.refused != nil:
		s.State, s.Err = NotSaved, b.refused
	case s.Pending > 0:
		s.State = Saving
	}
	return s
}

// attempt makes a write to the log and notes how it went.
func (b *statusBoard) attempt(write func() error) error {
	b.mu.Lock()
	b.begun++
	b.mu.Unlock()
	err := write()
	b.mu.Lock()
	quiet := err == nil && b.failing == nil
	b.failing = err
	b.ended++
	b.mu.Unlock()
	if !quiet {
		b.wake()
	}
	return err
}

func (b *statusBoard) refuse(err error) {
	b.mu.Lock()
	b.refused = err
	b.mu.Unlock()
	b.wake()
}

// attempts counts the writes that were begun, and those that ended. A write
// that is begun after now has ended once ended is larger than begun is now.
func (b *statusBoard) attempts() (begun, ended uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.begun, b.ended
}

// Status is the state of the newest edits. Safe on any goroutine.
func (s *Store) Status() Status { return s.board.status() }

// SubscribeStatus calls wake when the status may have changed, on any
// goroutine; wake must return at once.
func (s *Store) SubscribeStatus(wake func()) (cancel func()) { return s.board.subscribe(wake) }

// Retry tries at once to save what could not be saved, and takes back the
// notice of an edit that was refused.
func (s *Store) Retry() {
	s.board.refuse(nil)
	s.writer.retry()
}
