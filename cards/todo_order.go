package cards

import (
	"hash/fnv"
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

// place makes order keys for new items that go before items[at]. Where there
// is no room (equal keys, foreign keys, keys grown too long) the whole list is
// numbered anew: edits.
func place(items []TodoItem, at int, ids []string) (keys []string, edits []doc.Edit) {
	lo, hi := "", ""
	if at > 0 {
		lo = items[at-1].Order
	}
	if at < len(items) {
		hi = items[at].Order
		keys = spread(lo, hi, len(ids))
	} else {
		keys = doc.After(lo, len(ids))
	}
	fits := true
	for i, id := range ids {
		keys[i] = salted(keys[i], id)
		fits = fits && lo < keys[i] && len(keys[i]) <= maxOrder
		lo = keys[i]
	}
	if fits && (at == len(items) || lo < hi) {
		return keys, nil
	}
	all := doc.After("", len(items)+len(ids))
	copy(keys, all[at:])
	for i, it := range items {
		if i >= at {
			i += len(ids)
		}
		edits = append(edits, doc.Put{Path: doc.At(slotItems, it.ID, slotOrder), Value: all[i]})
	}
	return keys, edits
}

// spread makes n keys in order between lo and hi, halving so that they stay
// short.
func spread(lo, hi string, n int) []string {
	if n <= 0 {
		return nil
	}
	mid := doc.Between(lo, hi)
	keys := append(spread(lo, mid, n/2), mid)
	return append(keys, spread(mid, hi, n-1-n/2)...)
}

// saltDigits are order digits without the lowest, which would leave no room
// before a key that ends in it.
const saltDigits = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// salted makes the key the item's own: two people who add at one place at the
// same time would otherwise make equal keys, with no room between them.
func salted(key, id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	n := h.Sum32()
	base := uint32(len(saltDigits))
	return key + string([]byte{saltDigits[n%base], saltDigits[n/base%base]})
}
