package renderers

import (
	"sync"
	"time"

	"corkboard/board"
	"corkboard/doc"
)

// Known is what is known now of the people and machines that cards stand for. Its
// methods answer at once, on any goroutine; ok is false for what nobody knows.
type Known interface {
	Person(board doc.ID, id string) (p PersonKnown, ok bool)
	Device(id string) (d DeviceKnown, ok bool)
	Storage(board doc.ID, id string) (s StorageKnown, ok bool)
}

// PersonKnown is somebody as they show themselves, and as they are here.
type PersonKnown struct {
	Look    PersonLook
	Me      bool
	Here    bool
	Blocked bool
	Seen    time.Time // when they were here last; zero: not known, or Here
	Role    string    // what they may do on the board, in words; "" if they are not on it
}

// DeviceKnown is a device of a person.
type DeviceKnown struct {
	Name    string
	Owner   PersonLook
	Mine    bool // of this person
	This    bool // the one that the program runs on
	Here    bool
	Removed bool      // it does not belong to them any more
	Seen    time.Time // as in PersonKnown
}

// StorageKnown is a storage peer.
type StorageKnown struct {
	Name   string // host and port
	Mine   bool   // this person keeps boards there: what follows is known
	Here   bool
	Boards int   // that it keeps for this person
	Used   int64 // bytes
	Free   int64 // of its disk; 0: not known
	Wrong  string
}

// livings are the cards of a board that show more than their documents, with what
// they were painted with. Safe on any goroutine.
type livings struct {
	env   *Env
	board doc.ID

	mu    sync.Mutex
	cards map[board.CardID]living
}

type living struct {
	face  *Face
	value any
	was   any
}

// of is what a card is to be painted with, which is noted.
func (l *livings) of(id board.CardID, f *Face, value any) any {
	if l.env.Known == nil || f.alive == nil {
		return nil
	}
	now := f.alive(l.env.Known, l.board, value)
	l.mu.Lock()
	l.cards[id] = living{f, value, now}
	l.mu.Unlock()
	return now
}

// moved is the cards that would be painted otherwise now. Each is given once.
func (l *livings) moved() (out []board.CardID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, x := range l.cards {
		if x.face.alive(l.env.Known, l.board, x.value) != x.was {
			delete(l.cards, id) // painting notes it again
			out = append(out, id)
		}
	}
	return out
}

// KnownMoved says that Env.Known may have changed: cards that show something else now
// are painted again, others are not touched. UI goroutine.
func (v *BoardView) KnownMoved() {
	for _, id := range v.living.moved() {
		v.repaint(id)
	}
}
