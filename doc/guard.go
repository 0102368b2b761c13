package doc

import "slices"

// Guard says when an inverse edit still makes sense.
type Guard int

// The guards of an inverse edit.
const (
	GuardNone   Guard = iota // always, if it fits
	GuardEqual               // while the slot still holds the register that we wrote
	GuardKind                // while the slot holds a container of the kind that we wrote
	GuardAbsent              // while the slot is still empty
)

// Guarded is an inverse edit with its condition, so that undo never takes
// back what somebody else wrote since.
type Guarded struct {
	Edit   Edit
	Guard  Guard
	Expect Value
}

func guardOf(v Value) Guarded {
	switch v.(type) {
	case Map:
		return Guarded{Guard: GuardKind, Expect: Map(nil)}
	case List:
		return Guarded{Guard: GuardKind, Expect: List(nil)}
	case Text:
		return Guarded{Guard: GuardKind, Expect: Text("")}
	case Counter:
		return Guarded{Guard: GuardKind, Expect: Counter(0)}
	}
	return Guarded{Guard: GuardEqual, Expect: v}
}

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
