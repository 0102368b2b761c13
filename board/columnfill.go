package board

import (
	"slices"

	"corkboard/doc"
)

// FillColumn puts cards into a column, or elsewhere in the one they are in, in the order
// of IDs. Locked cards stay where they are, and so do columns, frames and ink.
type FillColumn struct {
	IDs  []CardID
	Slot Slot
	// Places is where cards that come into the column are then, and what they carry: there
	// they are should somebody remove the column meanwhile.
	Places  []Placement
	Gesture string // joins steps of the keys into one undo step; see doc.Plan
}

// Plan implements doc.Command; doc.ErrGone when the column or all of the cards are not
// there, ErrLocked when all of them are locked.
func (c FillColumn) Plan(b *Board) (doc.Plan, error) {
	cards, err := b.unlocked(c.IDs)
	if err != nil {
		return doc.Plan{}, err
	}
	if col := b.Card(c.Slot.Column); col == nil || !col.isColumn() {
		return doc.Plan{}, doc.ErrGone
	}
	cards = slices.DeleteFunc(cards, func(x *Card) bool { return !fitsColumn(x.kind()) })
	p := doc.Plan{Label: "Into a column: " + count(len(cards)), Gesture: c.Gesture}
	comes := map[CardID]bool{}
	for _, x := range cards {
		comes[x.ID] = comes[x.ID] || x.In != c.Slot.Column
	}
	p.Edits = b.fill(c.Slot, cards)
	if len(p.Edits) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	for _, place := range c.Places {
		x := b.Card(place.ID)
		if x != nil && (comes[x.ID] || comes[x.On]) {
			p.Edits = appendPlace(p.Edits, x, place.At)
		}
	}
	return p, nil
}

// fill is the edits that put cards into a slot, none where they are there already.
func (b *Board) fill(s Slot, cards []*Card) []doc.Edit {
	now := b.Members(s.Column)
	moves := make(map[CardID]bool, len(cards))
	for _, x := range cards {
		moves[x.ID] = true
	}
	before := s.Before
	for i := range now { // a card that goes itself: the next one that stays
		if now[i].ID == before && moves[before] {
			before = ""
			if i+1 < len(now) {
				before = now[i+1].ID
			}
		}
	}
	rest := slices.DeleteFunc(slices.Clone(now), func(x *Card) bool { return moves[x.ID] })
	at := slices.IndexFunc(rest, func(x *Card) bool { return x.ID == before })
	if at < 0 {
		at = len(rest)
	}
	if slices.Equal(slices.Concat(rest[:at], cards, rest[at:]), now) {
		return nil
	}
	ids := make([]CardID, len(cards))
	for i, x := range cards {
		ids[i] = x.ID
	}
	keys, edits := keysIn(s.Column, rest, at, ids)
	for i, id := range ids {
		edits = append(edits, doc.Put{Path: cardPath(id, fieldIn), Value: formatIn(s.Column, keys[i])})
	}
	return edits
}

// keysIn makes order keys for cards that come before members[at], and where there is no
// room for them edits that number the members anew.
func keysIn(column CardID, members []*Card, at int, ids []CardID) (keys []string, edits []doc.Edit) {
	order, names := make([]string, len(members)), make([]string, len(ids))
	for i, x := range members {
		order[i] = x.Order
	}
	for i, id := range ids {
		names[i] = string(id)
	}
	keys, anew := doc.Placed(order, at, names)
	for i, key := range anew {
		edits = append(edits, doc.Put{Path: cardPath(members[i].ID, fieldIn), Value: formatIn(column, key)})
	}
	return keys, edits
}

// slotKeys is fill for cards that are not on the board yet.
func (b *Board) slotKeys(s Slot, ids []CardID) (keys []string, edits []doc.Edit) {
	members := b.Members(s.Column)
	at := slices.IndexFunc(members, func(x *Card) bool { return x.ID == s.Before })
	if at < 0 {
		at = len(members)
	}
	return keysIn(s.Column, members, at, ids)
}

// TakeOut takes cards out of their columns, to where Places says; what they carry is
// named there, too. By moves further cards by a way, as MoveCards does.
type TakeOut struct {
	Places []Placement
	By     MoveCards
	Label  string // of the step; "" is "Out of a column: …"
}

// Plan implements doc.Command; doc.ErrGone when none of the cards is there, ErrLocked when
// all of them are locked.
func (c TakeOut) Plan(b *Board) (doc.Plan, error) {
	ids := slices.Clone(c.By.IDs)
	for _, place := range c.Places {
		ids = append(ids, place.ID)
	}
	cards, err := b.unlocked(ids)
	if err != nil {
		return doc.Plan{}, err
	}
	p := doc.Plan{Label: c.Label}
	if p.Label == "" {
		p.Label = "Out of a column: " + count(len(cards))
	}
	p.Edits = b.freeing(c.Places, nil)
	if moved, err := c.By.Plan(b); err == nil {
		p.Edits = append(p.Edits, moved.Edits...)
	}
	return orNothing(p)
}

// freeing is the edits that take cards out of columns, and put them at places. gone names
// the columns that are removed with it, nil for any: locked cards stay in those that are not.
func (b *Board) freeing(places []Placement, gone map[CardID]bool) []doc.Edit {
	var edits []doc.Edit
	for _, place := range places {
		x := b.Card(place.ID)
		if x == nil || x.Locked && !gone[x.In] || gone != nil && x.In != "" && !gone[x.In] {
			continue
		}
		edits = appendPlace(edits, x, place.At)
		if x.In != "" {
			edits = append(edits, doc.Delete{Path: cardPath(x.ID, fieldIn)})
		}
	}
	return edits
}
