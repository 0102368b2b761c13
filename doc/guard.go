package doc

import "slices"

// Guard says when an inverse edit still makes sense.
type Guard int

// The guards of an inverse edit.
const (
	GuardNone   Guard = iota // always, if it fits
	GuardEqual               // while the slot still holds what we wrote, all of it
	GuardKind                // while the slot holds a container of the kind: for what is done within one
	GuardAbsent              // while the slot is still empty
)

// Guarded is an inverse edit with its condition, so that undo never takes
// back what somebody else wrote since.
type Guarded struct {
	Edit   Edit
	Guard  Guard
	Expect Value
}

// guardOf is the condition under which what was just written is taken away again: that it
// is still so. Of a container that holds for all in it, so that what others wrote there
// since stays (ADR 32); one's own later edits of it are undone before.
func guardOf(v Value) Guarded { return Guarded{Guard: GuardEqual, Expect: Clone(v)} }

// holds reports whether the guard allows the edit on src.
func (g Guarded) holds(src Source) bool {
	v, ok := src.Value(g.Edit.At())
	switch g.Guard {
	case GuardAbsent:
		return !ok
	case GuardEqual:
		return ok && Equal(v, g.Expect)
	case GuardKind:
		return ok && sameKind(v, g.Expect)
	}
	return true
}

func sameKind(a, b Value) bool {
	switch a.(type) {
	case Map:
		_, ok := b.(Map)
		return ok
	case List:
		_, ok := b.(List)
		return ok
	case Text:
		_, ok := b.(Text)
		return ok
	case Counter:
		_, ok := b.(Counter)
		return ok
	}
	return false
}

// takeBack applies the inverse edits whose guards hold, one by one, because
// each may make room for the next. back takes them back again.
func (t *Tree) takeBack(inverse []Guarded) (edits []Edit, back []Guarded) {
	for _, g := range inverse {
		if !g.holds(t) {
			continue
		}
		b, err := t.one(g.Edit)
		if err != nil || b.Edit == nil {
			continue
		}
		edits = append(edits, g.Edit)
		back = append(back, b)
	}
	slices.Reverse(back)
	return edits, back
}
