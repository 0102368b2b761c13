package doc

import "errors"

// Errors that a Plan may return. They are outcomes, not faults: the intent
// met a document in which it no longer makes sense.
var (
	// ErrGone says that the subject of a command no longer exists.
	ErrGone = errors.New("it no longer exists")
	// ErrNothing says that a command would change nothing.
	ErrNothing = errors.New("nothing to change")
	// ErrBadEdit says that an edit does not fit the document.
	ErrBadEdit = errors.New("edit does not fit the document")
)

// Command is a person's intent as a plain struct. Plan is pure: ids and times
// that it needs are fields of the struct.
type Command[T any] interface {
	Plan(T) (Plan, error)
}

// Plan is what a command wants done; it commits whole or not at all.
type Plan struct {
	// Label names the step in menus: "Undo <label>".
	Label string
	// Gesture joins plans into one undo step: consecutive plans of one
	// document with the same non-empty Gesture are undone together.
	Gesture string
	// Silent plans make no undo step (a measured size, a page count).
	Silent bool
	Edits  []Edit
}

// Edit is one of Put, Delete, Insert, Splice, Increment. The set is closed.
type Edit interface {
	At() Path
	edit()
}

// Put sets a slot of a map, or an existing index of a list. A Map, List, Text
// or Counter value makes a new container there.
type Put struct {
	Path  Path
	Value Value
}

// Delete removes a slot of a map or an item of a list; absent slots are fine.
type Delete struct{ Path Path }

// Insert puts a value before the list index that ends its path.
type Insert struct {
	Path  Path
	Value Value
}

// Splice removes Delete runes at rune From of the Text at Path and puts Insert there.
type Splice struct {
	Path         Path
	From, Delete int
	Insert       string
}

// Increment adds By to the Counter at Path.
type Increment struct {
	Path Path
	By   int64
}

func (e Put) At() Path       { return e.Path }
func (e Delete) At() Path    { return e.Path }
func (e Insert) At() Path    { return e.Path }
func (e Splice) At() Path    { return e.Path }
func (e Increment) At() Path { return e.Path }

func (Put) edit()       {}
func (Delete) edit()    {}
func (Insert) edit()    {}
func (Splice) edit()    {}
func (Increment) edit() {}

// Touched lists the paths of edits.
func Touched(edits []Edit) []Path {
	out := make([]Path, len(edits))
	for i, e := range edits {
		out[i] = e.At()
	}
	return out
}
