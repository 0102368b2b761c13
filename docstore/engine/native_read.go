//go:build cgo && (linux || darwin)

package engine

import (
	"fmt"
	"math"
	"runtime"

	"github.com/automerge/automerge-go"

	"corkboard/doc"
)

// Read reads one slot with all below it.
func (n *nativeDoc) Read(path doc.Path) (doc.Value, bool, error) {
	if len(path) == 0 {
		m, err := n.Tree()
		return m, true, err
	}
	w := writer{root: n.d.RootMap()}
	parent, err := w.container(path[:len(path)-1])
	if err != nil {
		return nil, false, nil
	}
	defer runtime.KeepAlive(parent)
	v, err := slot(parent, path[len(path)-1])
	if err != nil || v.Kind() == automerge.KindVoid {
		return nil, false, nil
	}
	out, err := readValue(v, 0)
	return out, true, err
}

// readMap reads a container and all in it. What Automerge can hold and a
// doc.Value cannot becomes its nearest: an unsigned number or a time in
// milliseconds an int64 (or a float64 beyond its range), the unknown nil.
func readMap(m *automerge.Map, depth int) (doc.Map, error) {
	if depth > doc.MaxNesting {
		return nil, fmt.Errorf("%w: nested deeper than %d", ErrBadChunk, doc.MaxNesting)
	}
	values, err := m.Values()
	if err != nil {
		return nil, fmt.Errorf("reading a map: %w", err)
	}
	out := make(doc.Map, len(values))
	for k, v := range values {
		if out[k], err = readValue(v, depth); err != nil {
			return nil, err
		}
	}
	runtime.KeepAlive(m)
	return out, nil
}

func readList(l *automerge.List, depth int) (doc.List, error) {
	if depth > doc.MaxNesting {
		return nil, fmt.Errorf("%w: nested deeper than %d", ErrBadChunk, doc.MaxNesting)
	}
	values, err := l.Values()
	if err != nil {
		return nil, fmt.Errorf("reading a list: %w", err)
	}
	out := make(doc.List, len(values))
	for i, v := range values {
		if out[i], err = readValue(v, depth); err != nil {
			return nil, err
		}
	}
	runtime.KeepAlive(l)
	return out, nil
}

func readValue(v *automerge.Value, depth int) (doc.Value, error) {
	switch v.Kind() {
	case automerge.KindBool:
		return v.Bool(), nil
	case automerge.KindStr:
		return v.Str(), nil
	case automerge.KindBytes:
		return v.Bytes(), nil
	case automerge.KindFloat64:
		return v.Float64(), nil
	case automerge.KindInt64:
		return v.Int64(), nil
	case automerge.KindUint64:
		if n := v.Uint64(); n > math.MaxInt64 {
			return float64(n), nil
		}
		return int64(v.Uint64()), nil
	case automerge.KindTime:
		return v.Time().UnixMilli(), nil
	case automerge.KindCounter:
		n, err := v.Counter().Get()
		if err != nil {
			return nil, fmt.Errorf("reading a counter: %w", err)
		}
		return doc.Counter(n), nil
	case automerge.KindText:
		t := v.Text()
		s, err := t.Get()
		runtime.KeepAlive(t) // the binding does not hold its own object while the core reads it
		if err != nil {
			return nil, fmt.Errorf("reading text: %w", err)
		}
		return doc.Text(s), nil
	case automerge.KindMap:
		return readMap(v.Map(), depth+1)
	case automerge.KindList:
		return readList(v.List(), depth+1)
	}
	return nil, nil
}
