package cards

import (
	"slices"

	"corkboard/doc"
)

// MoveItem puts an item behind the item After ("" = on top).
type MoveItem struct{ ID, After string }

// Plan implements doc.Command; ErrGone when either is no longer there,
// ErrNothing when it is in that place already.
func (c MoveItem) Plan(t Todo) (doc.Plan, error) {
	from := t.find(c.ID)
	if from < 0 {
		return doc.Plan{}, doc.ErrGone
	}
	rest := slices.Delete(slices.Clone(t.Items), from, from+1)
	at := slices.IndexFunc(rest, func(it TodoItem) bool { return it.ID == c.After })
	if at < 0 && c.After != "" && c.After != c.ID {
		return doc.Plan{}, doc.ErrGone
	}
	if at++; at == from || c.After == c.ID {
		return doc.Plan{}, doc.ErrNothing
	}
	keys, edits := place(rest, at, []string{c.ID})
	edits = append(edits, doc.Put{Path: doc.At(slotItems, c.ID, slotOrder), Value: keys[0]})
	return doc.Plan{Label: "move item", Edits: edits}, nil
}

// place makes order keys for new items that go before items[at], and where there is no
// room for them edits that number the whole list anew.
func place(items []TodoItem, at int, ids []string) (keys []string, edits []doc.Edit) {
	order := make([]string, len(items))
	for i, it := range items {
		order[i] = it.Order
	}
	keys, anew := doc.Placed(order, at, ids)
	for i, order := range anew {
		edits = append(edits, doc.Put{Path: doc.At(slotItems, items[i].ID, slotOrder), Value: order})
	}
	return keys, edits
}
