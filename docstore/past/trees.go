package past

import (
	"container/list"
	"strings"

	"corkboard/doc"
	"corkboard/docstore"
)

// maxNodes bounds the versions that are kept, in values and containers: about 100 bytes
// each.
const maxNodes = 400_000

// trees keeps the versions that were read last. Its user locks it. The zero value is
// empty.
type trees struct {
	byKey map[string]*list.Element
	order list.List // the one that was used last is the first
	nodes int
}

type kept struct {
	key   string
	tree  doc.Map
	nodes int
}

func versionOf(v docstore.Version) string { return string(v.Of) + " " + strings.Join(v.Heads, " ") }

func (t *trees) get(key string) (doc.Map, bool) {
	e, ok := t.byKey[key]
	if !ok {
		return nil, false
	}
	t.order.MoveToFront(e)
	return e.Value.(*kept).tree, true
}

func (t *trees) put(key string, m doc.Map) {
	if t.byKey == nil {
		t.byKey = map[string]*list.Element{}
	}
	if _, ok := t.byKey[key]; ok {
		return
	}
	k := &kept{key, m, nodesIn(m)}
	t.byKey[key] = t.order.PushFront(k)
	t.nodes += k.nodes
	for t.nodes > maxNodes && t.order.Len() > 1 {
		old := t.order.Remove(t.order.Back()).(*kept)
		delete(t.byKey, old.key)
		t.nodes -= old.nodes
	}
}

func nodesIn(v doc.Value) int {
	n := 1
	switch v := v.(type) {
	case doc.Map:
		for _, x := range v {
			n += nodesIn(x)
		}
	case doc.List:
		for _, x := range v {
			n += nodesIn(x)
		}
	case doc.Text:
		n += len(v) / 100
	}
	return n
}
