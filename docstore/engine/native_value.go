//go:build cgo && (linux || darwin)

package engine

import (
	"fmt"
	"maps"
	"runtime"
	"slices"

	"github.com/automerge/automerge-go"

	"corkboard/doc"
)

// attach gives the binding's form of a value, and for containers what has to
// be done once they are in the document. Names go in sorted, so that the same
// edits make the same change.
func attach(v doc.Value) (made any, fill func() error) {
	switch v := v.(type) {
	case doc.Counter:
		return automerge.NewCounter(int64(v)), nil
	case doc.Text:
		t := automerge.NewText("")
		return t, func() error {
			defer runtime.KeepAlive(t)
			if v == "" {
				return nil
			}
			return t.Splice(0, 0, string(v))
		}
	case doc.Map:
		m := automerge.NewMap()
		return m, func() error {
			for _, k := range slices.Sorted(maps.Keys(v)) {
				if err := put(m, k, v[k]); err != nil {
					return fmt.Errorf("in %q: %w", k, err)
				}
			}
			return nil
		}
	case doc.List:
		l := automerge.NewList()
		return l, func() error {
			for i, x := range v {
				if err := insertAt(l, i, x); err != nil {
					return fmt.Errorf("in item %d: %w", i, err)
				}
			}
			return nil
		}
	}
	return v, nil
}

func insertAt(l *automerge.List, i int, v doc.Value) error {
	made, fill := attach(v)
	if err := l.Insert(i, made); err != nil || fill == nil {
		return err
	}
	return fill()
}
