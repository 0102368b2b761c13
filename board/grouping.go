package board

import (
	"cmp"
	"slices"
)

// group is the cards of one outermost group that are here.
type group struct {
	id      string
	members []*entry // sorted by id of the card
	stamp   uint64   // the marquee that caught it last
	around  Rect     // the members,
	asOf    uint64   // at this revision of the layout
}

// join puts an entry into a group; "" is none.
func (l *Layout) join(e *entry, id string) {
	if id == "" {
		e.group = nil
		return
	}
	g := l.groups[id]
	if g == nil {
		g = &group{id: id}
		l.groups[id] = g
	}
	at, _ := slices.BinarySearchFunc(g.members, e, byID)
	g.members = slices.Insert(g.members, at, e)
	e.group = g
}

// leave takes an entry out of its group.
func (l *Layout) leave(e *entry) {
	g := e.group
	if g == nil {
		return
	}
	if at, ok := slices.BinarySearchFunc(g.members, e, byID); ok {
		g.members = slices.Delete(g.members, at, at+1)
	}
	if len(g.members) == 0 {
		delete(l.groups, g.id)
	}
	e.group = nil
}

func byID(a, b *entry) int { return cmp.Compare(a.card.ID, b.card.ID) }

// whole is the cards that a click on a card means: its outermost group, or
// the card alone.
func (l *Layout) whole(id CardID) []CardID {
	e := l.entries[id]
	if e == nil || e.group == nil {
		return []CardID{id}
	}
	out := make([]CardID, len(e.group.members))
	for i, m := range e.group.members {
		out[i] = m.card.ID
	}
	return out
}

// groupRect is the area around a group.
func (l *Layout) groupRect(g *group) Rect {
	if g.asOf != l.revision {
		g.around, g.asOf = boundsOf(g.members), l.revision
	}
	return g.around
}
