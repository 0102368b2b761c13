package doc

import (
	"context"
	"errors"
)

// Availability is what can be said of a document right now. Absence is drawn,
// not thrown.
type Availability int

// The states of a document.
const (
	Loading Availability = iota
	Ready
	Unavailable // its bytes are not here, or cannot be read: see Snapshot.Err
	Deleted
)

// Origin says where the newest change of a snapshot came from.
type Origin int

// Where a change came from.
const (
	FromDisk Origin = iota
	Local
	Remote
)

// Heads names a version of a document: sorted hashes in hex.
type Heads []string

// Snapshot is one immutable state of a document. Safe on any goroutine.
type Snapshot[T any] struct {
	ID       ID
	Revision uint64 // grows by one with each change while the document is open
	Heads    Heads
	Origin   Origin
	State    Availability
	Err      error // why it is Unavailable; if Ready, what of it could not be read
	Value    T
}

// Codec makes typed values of documents. Both functions are pure and accept
// any document, however strange. Update(prev, touched, src) must equal
// Decode(src); it re-reads the touched paths only and shares the rest of prev.
// A touched path stands for all below it; one that ends in a list index, also
// for the items after it, because an Insert or Delete there moves them.
type Codec[T any] interface {
	Decode(src Source) T
	Update(prev T, touched []Path, src Source) T
}

// View is a Codec with its type erased, for stores. Documents opened twice
// under the same Name share the decoded value.
type View struct {
	Name   string
	Decode func(Source) any
	Update func(prev any, touched []Path, src Source) any
}

// Store keeps documents. docstore is the durable one, doctest.Store the one in
// memory; both pass doctest.Run.
type Store interface {
	// Create makes a new document whose first change is edits on the empty
	// document. ErrExists if the id is taken.
	Create(id ID, edits []Edit) Receipt
	// Open never blocks on the disk: a document that is not there yet gives a
	// handle in state Loading or Unavailable.
	Open(id ID, view View) Handle
}

// ErrExists says that a document with this id is there already.
var ErrExists = errors.New("document exists already")

// ErrClosed says that the store or handle was closed.
var ErrClosed = errors.New("document is closed")

// Handle is an open document under one view. All methods are safe on any
// goroutine and return at once.
type Handle interface {
	Snapshot() Snapshot[any]
	// Do queues a plan; it is made against the newest value on the document's
	// own goroutine.
	Do(plan func(any) (Plan, error)) Receipt
	Undo() Receipt
	Redo() Receipt
	// Steps is what Undo and Redo would take next; ok tells if there is one.
	Steps() (undo, redo Step, canUndo, canRedo bool)
	// Subscribe calls wake after changes, on any goroutine; wakes may merge but
	// are never lost. wake must return at once.
	Subscribe(wake func()) (cancel func())
	// At decodes an older version. It blocks; not for the UI goroutine.
	At(Heads) (any, error)
	// Close gives the handle back; queued plans are still carried out.
	Close()
}

// Receipt follows one plan.
type Receipt interface {
	// Applied blocks until the new snapshot is visible; the error is the
	// plan's (ErrGone, ErrNothing, ErrBadEdit, …).
	Applied(context.Context) error
	// Wait blocks until the change is safe on this device's disk.
	Wait(context.Context) error
}

// Live is a document with its type: what the rest of the program uses.
type Live[T any] struct {
	id ID
	h  Handle
}

// Open opens a document through a codec. name tells codecs apart; use the
// content type.
func Open[T any](s Store, id ID, name string, c Codec[T]) *Live[T] {
	return &Live[T]{id: id, h: s.Open(id, Erase(name, c))}
}

// Erase turns a codec into a View.
func Erase[T any](name string, c Codec[T]) View {
	return View{
		Name:   name,
		Decode: func(s Source) any { return c.Decode(s) },
		Update: func(prev any, touched []Path, s Source) any {
			p, ok := prev.(T)
			if !ok {
				return c.Decode(s)
			}
			return c.Update(p, touched, s)
		},
	}
}

// ID is the document's name.
func (l *Live[T]) ID() ID { return l.id }

// Snapshot is the newest state: an atomic load.
func (l *Live[T]) Snapshot() Snapshot[T] { return Typed[T](l.h.Snapshot()) }

// Typed gives an erased snapshot its type back; a missing value is zero.
func Typed[T any](s Snapshot[any]) Snapshot[T] {
	v, _ := s.Value.(T)
	return Snapshot[T]{ID: s.ID, Revision: s.Revision, Heads: s.Heads, Origin: s.Origin, State: s.State, Err: s.Err, Value: v}
}

// Do queues a command and returns at once (under 5 µs).
func (l *Live[T]) Do(c Command[T]) Receipt {
	return l.h.Do(func(v any) (Plan, error) {
		t, _ := v.(T)
		return c.Plan(t)
	})
}

// Undo takes back this person's newest gesture in this document.
func (l *Live[T]) Undo() Receipt { return l.h.Undo() }

// Redo does the newest undone gesture again.
func (l *Live[T]) Redo() Receipt { return l.h.Redo() }

// Steps is what Undo and Redo would take next.
func (l *Live[T]) Steps() (undo, redo Step, canUndo, canRedo bool) { return l.h.Steps() }

// Subscribe calls wake after changes; see Handle.
func (l *Live[T]) Subscribe(wake func()) (cancel func()) { return l.h.Subscribe(wake) }

// At decodes an older version; it blocks.
func (l *Live[T]) At(heads Heads) (T, error) {
	v, err := l.h.At(heads)
	t, _ := v.(T)
	return t, err
}

// Close gives the document back.
func (l *Live[T]) Close() { l.h.Close() }
