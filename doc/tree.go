package doc

import (
	"fmt"
	"slices"
	"strconv"
)

// Source is what a Codec reads. Values belong to the store: see Value.
type Source interface {
	// Value is the node at a path; ok is false where there is none.
	Value(Path) (v Value, ok bool)
}

// Tree is a document's present state in memory. It is not safe for concurrent
// use: the goroutine that owns the document owns its tree.
type Tree struct{ root Map }

// NewTree takes ownership of root; nil is the empty document.
func NewTree(root Map) *Tree {
	if root == nil {
		root = Map{}
	}
	return &Tree{root: root}
}

// Root is the whole document.
func (t *Tree) Root() Map { return t.root }

// Value implements Source.
func (t *Tree) Value(p Path) (Value, bool) { return below(t.root, p) }

// below is the node at a path that begins at v.
func below(v Value, p Path) (Value, bool) {
	for _, step := range p {
		next, ok := child(v, step)
		if !ok {
			return nil, false
		}
		v = next
	}
	return v, true
}

func child(v Value, step string) (Value, bool) {
	switch v := v.(type) {
	case Map:
		x, ok := v[step]
		return x, ok
	case List:
		i, ok := Index(step)
		if !ok || i >= len(v) {
			return nil, false
		}
		return v[i], true
	}
	return nil, false
}

// Index reads a list index from a path step; one spelling per number.
func Index(step string) (i int, ok bool) {
	i, err := strconv.Atoi(step)
	return i, err == nil && i >= 0 && strconv.Itoa(i) == step
}

// Apply makes all edits, or none and an error that wraps ErrBadEdit. undo
// lists what takes them back, newest first.
//
// An empty undo without an error means that nothing changed.
func (t *Tree) Apply(edits []Edit) (undo []Guarded, err error) {
	for i, e := range edits {
		g, err := t.one(e)
		if err != nil {
			for _, g := range slices.Backward(undo) {
				if _, back := t.one(g.Edit); back != nil {
					return nil, fmt.Errorf("taking back edit: %w", back)
				}
			}
			return nil, fmt.Errorf("edit %d (%T at %s): %w", i, e, e.At(), err)
		}
		if g.Edit != nil {
			undo = append(undo, g)
		}
	}
	slices.Reverse(undo)
	return undo, nil
}

// Replace sets the node at p without an undo record, or removes it when ok is
// false: how a store brings in what another person changed.
func (t *Tree) Replace(p Path, v Value, ok bool) {
	if len(p) == 0 {
		if m, isMap := v.(Map); isMap && ok {
			t.root = m
		}
		return
	}
	if !ok {
		_, _ = t.one(Delete{Path: p})
		return
	}
	_, _ = t.one(Put{Path: p, Value: v})
}
