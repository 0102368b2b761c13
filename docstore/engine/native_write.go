//go:build cgo && (linux || darwin)

package engine

import (
	"fmt"
	"runtime"
	"slices"

	"github.com/automerge/automerge-go"

	"corkboard/doc"
)

// writer carries out the edits of one change. It remembers the container that
// the last edit was made in, because the next one is often made there too.
type writer struct {
	root *automerge.Map
	dir  doc.Path
	at   any // *automerge.Map or *automerge.List at dir
}

func (w *writer) edit(e doc.Edit) error {
	p := e.At()
	if len(p) == 0 {
		return fmt.Errorf("the root is not a slot")
	}
	parent, err := w.container(p[:len(p)-1])
	if err != nil {
		return err
	}
	last := p[len(p)-1]
	switch e := e.(type) {
	case doc.Put:
		err = put(parent, last, e.Value)
	case doc.Delete:
		err = remove(parent, last)
	case doc.Insert:
		err = insert(parent, last, e.Value)
	case doc.Splice:
		err = splice(parent, last, e)
	case doc.Increment:
		err = increment(parent, last, e.By)
	default:
		err = fmt.Errorf("unknown edit")
	}
	runtime.KeepAlive(parent)
	return err
}

// container finds the map or list at a path. Never through the binding's own
// paths: those make what is missing and panic on lists.
func (w *writer) container(dir doc.Path) (any, error) {
	if w.at != nil && len(w.dir) == len(dir) && w.dir.Has(dir) {
		return w.at, nil
	}
	var at any = w.root
	for _, step := range dir {
		v, err := slot(at, step)
		if err != nil {
			return nil, err
		}
		switch v.Kind() {
		case automerge.KindMap:
			at = v.Map()
		case automerge.KindList:
			at = v.List()
		default:
			return nil, fmt.Errorf("no container at %q", step)
		}
	}
	w.dir, w.at = slices.Clone(dir), at
	return at, nil
}

func slot(parent any, step string) (*automerge.Value, error) {
	switch c := parent.(type) {
	case *automerge.Map:
		return c.Get(step)
	case *automerge.List:
		if i, ok := doc.Index(step); ok {
			return c.Get(i)
		}
	}
	return nil, fmt.Errorf("no slot %q", step)
}

func put(parent any, last string, v doc.Value) error {
	made, fill := attach(v)
	var err error
	switch c := parent.(type) {
	case *automerge.Map:
		err = c.Set(last, made)
	case *automerge.List:
		i, ok := doc.Index(last)
		if !ok {
			return fmt.Errorf("no index %q", last)
		}
		err = c.Set(i, made)
	}
	if err != nil || fill == nil {
		return err
	}
	return fill()
}

func insert(parent any, last string, v doc.Value) error {
	l, isList := parent.(*automerge.List)
	i, ok := doc.Index(last)
	if !isList || !ok {
		return fmt.Errorf("no list index %q", last)
	}
	return insertAt(l, i, v)
}

func remove(parent any, last string) error {
	switch c := parent.(type) {
	case *automerge.Map:
		return c.Delete(last)
	case *automerge.List:
		if i, ok := doc.Index(last); ok && i < c.Len() {
			return c.Delete(i)
		}
	}
	return nil // what is not there is gone already
}

func splice(parent any, last string, e doc.Splice) error {
	v, err := slot(parent, last)
	if err != nil {
		return err
	}
	if v.Kind() != automerge.KindText {
		return fmt.Errorf("no text at %q", last)
	}
	t := v.Text()
	defer runtime.KeepAlive(t)
	if n := t.Len(); e.From < 0 || e.Delete < 0 || e.From > n || e.Delete > n-e.From {
		return fmt.Errorf("splice %d+%d in %d runes", e.From, e.Delete, n)
	}
	return t.Splice(e.From, e.Delete, e.Insert)
}

func increment(parent any, last string, by int64) error {
	v, err := slot(parent, last)
	if err != nil {
		return err
	}
	if v.Kind() != automerge.KindCounter {
		return fmt.Errorf("no counter at %q", last)
	}
	if by == 0 {
		return nil // the core would make an operation of it
	}
	return v.Counter().Inc(by)
}
