package board

import (
	"cmp"
	"slices"
)

// loose is the members of columns among cards whose column is not among them, in
// reading order; rest is the others.
func (l *Layout) loose(ids []CardID) (loose []*entry, rest []CardID) {
	here := make(map[CardID]bool, len(ids))
	for _, id := range ids {
		here[id] = true
	}
	for _, id := range ids {
		if e := l.entries[id]; e.inColumn() && !here[e.raw.In] {
			loose = append(loose, e)
		} else {
			rest = append(rest, id)
		}
	}
	slices.SortFunc(loose, asRead)
	return loose, rest
}

// asRead compares entries by where they lie: columns from the left, each from its top.
func asRead(a, b *entry) int {
	return cmp.Or(cmp.Compare(a.rect.X, b.rect.X), cmp.Compare(a.rect.Y, b.rect.Y), cmp.Compare(a.raw.ID, b.raw.ID))
}

func idsOf(entries []*entry) []CardID {
	out := make([]CardID, len(entries))
	for i, e := range entries {
		out[i] = e.raw.ID
	}
	return out
}

// slotAt is the place in a column at a height of the board. skip tells members that do
// not count.
func (l *Layout) slotAt(id CardID, y float64, skip func(*entry) bool) Slot {
	slot := Slot{Column: id}
	e := l.entries[id]
	if e == nil || e.self == nil {
		return Slot{}
	}
	for _, m := range e.self.members {
		if (skip == nil || !skip(m)) && y < m.rect.Center().Y {
			slot.Before = m.raw.ID
			return slot
		}
	}
	return slot
}

// slotUnder is the place in a column under a hand that could put down there what it holds;
// c is the card under it.
func (s *Session) slotUnder(c *Card, at Point, l *Layout) Slot {
	g := &s.gesture
	if c == nil {
		return Slot{}
	}
	id := c.ID
	if e := l.entries[id]; e.inColumn() {
		id = e.raw.In
	} else if !c.isColumn() {
		return Slot{}
	}
	held := map[CardID]bool{}
	for _, it := range g.items {
		held[it.card.ID] = true
	}
	fits := false
	for _, it := range g.items {
		switch ink := it.card.kind() == KindInk; {
		case ink && held[it.card.On]:
		case ink || !fitsColumn(it.card.kind()):
			return Slot{}
		default:
			fits = true
		}
	}
	if !fits {
		return Slot{}
	}
	skip := func(e *entry) bool { return !g.copies && !g.carried && e.held == s.hold }
	return l.slotAt(id, at.Y, skip)
}

// slotLine is where a slot is, in board units: a line across its column.
func (l *Layout) slotLine(s Slot) (from, to Point, ok bool) {
	col := l.entries[s.Column]
	if col == nil || col.self == nil {
		return from, to, false
	}
	y := col.rect.Y + ColumnTitle - ColumnPad/2
	if e := l.entries[s.Before]; e.inColumn() && e.raw.In == s.Column {
		y = e.rect.Y - ColumnPad/2
	} else if n := len(col.self.members); n > 0 {
		y = col.self.members[n-1].rect.Max().Y + ColumnPad/2
	}
	return Point{col.rect.X + ColumnPad, y}, Point{col.rect.X + col.rect.W - ColumnPad, y}, true
}

// slotPlace is where a card comes to lie that is put into a slot.
func (l *Layout) slotPlace(s Slot) Point {
	from, _, _ := l.slotLine(s)
	return from.Add(Point{0, ColumnPad / 2})
}

// projectSlot adds the line that shows where in a column cards would be put.
func (s *Session) projectSlot(l *Layout, out *View) {
	out.Slot, out.HasSlot = [2]Point{}, false
	if s.gesture.kind != moving {
		return
	}
	if from, to, ok := l.slotLine(s.gesture.slot); ok {
		out.Slot, out.HasSlot = [2]Point{out.Camera.ToScreen(from), out.Camera.ToScreen(to)}, true
	}
}

// fillFrom is the command that puts entries into a slot, with what they carry.
func (l *Layout) fillFrom(slot Slot, entries []*entry) FillColumn {
	c := FillColumn{Slot: slot}
	at := l.slotPlace(slot)
	for _, e := range entries {
		if !fitsColumn(e.raw.kind()) {
			continue
		}
		c.IDs = append(c.IDs, e.raw.ID)
		if e.raw.In != slot.Column {
			c.Places = append(c.Places, l.taken(e, at)...)
		}
	}
	return c
}

// taken is where a card and what it carries are when it is put somewhere, as the
// document is to say it.
func (l *Layout) taken(e *entry, at Point) []Placement {
	out := []Placement{{ID: e.raw.ID, At: at}}
	by := at.Sub(e.raw.At)
	for _, x := range l.carried[e.raw.ID] {
		if !x.inColumn() && !x.card.Locked {
			out = append(out, Placement{ID: x.raw.ID, At: x.raw.At.Add(by)})
		}
	}
	return out
}

// fillDropped is the command for a drop into a column.
func (s *Session) fillDropped(l *Layout) FillColumn {
	var entries []*entry
	for _, it := range s.gesture.items {
		if e := l.entries[it.card.ID]; e != nil {
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, asRead)
	return l.fillFrom(s.gesture.slot, entries)
}

// movesDropped is the command for a drop on the board: cards that are pulled out of a
// column leave it.
func (s *Session) movesDropped(l *Layout) boardCommand {
	g := &s.gesture
	loose, rest := l.loose(g.ids())
	if len(loose) == 0 {
		return MoveCards{IDs: g.ids(), By: g.by}
	}
	var c TakeOut
	placed := map[CardID]bool{}
	for _, e := range loose {
		for _, p := range l.taken(e, e.rect.Min().Add(g.by)) {
			c.Places, placed[p.ID] = append(c.Places, p), true
		}
	}
	for _, id := range rest {
		if !placed[id] {
			c.By = MoveCards{IDs: append(c.By.IDs, id), By: g.by}
		}
	}
	return c
}
