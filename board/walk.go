package board

import (
	"math"
	"slices"
)

// Reading is all cards in the order in which a person reads them: see
// inReadingOrder; what is in a column follows it. The slice belongs to the layout.
func (l *Layout) Reading() []*Card {
	if l.reading != nil || len(l.entries) == 0 {
		return l.reading
	}
	all := slices.DeleteFunc(slices.Clone(l.stack.order), (*entry).inColumn)
	inReadingOrder(all, func(e *entry) (Rect, CardID) { return e.rect, e.card.ID }, func(int) {})
	l.reading = make([]*Card, 0, len(l.entries))
	for _, e := range all {
		l.reading = append(l.reading, e.card)
		if e.self != nil {
			for _, m := range e.self.members {
				l.reading = append(l.reading, m.card)
			}
		}
	}
	return l.reading
}

// Next is the card after another in reading order, or before it when back is
// true; round at the ends. An unknown id gives the first or the last card.
func (l *Layout) Next(id CardID, back bool) *Card {
	order := l.Reading()
	if len(order) == 0 {
		return nil
	}
	i := slices.IndexFunc(order, func(c *Card) bool { return c.ID == id })
	switch {
	case back && i < 0:
		i = len(order) - 1
	case back:
		i += len(order) - 1
	default:
		i++
	}
	return order[i%len(order)]
}

// Nearest is the card that lies closest in a direction, from the middle of a
// card to the middle of another; nil if there is none. What is aside counts
// as farther away than what is ahead. The middle of a column is that of its head.
func (l *Layout) Nearest(id CardID, d Direction) *Card {
	from := l.entries[id]
	if from == nil {
		return nil
	}
	v := d.Vector()
	var best *entry
	shortest := math.Inf(1)
	for _, e := range l.stack.order {
		way := e.middle().Sub(from.middle())
		ahead := way.X*v.X + way.Y*v.Y
		aside := math.Abs(way.X*v.Y + way.Y*v.X)
		if e == from || ahead <= 0 || aside > 2*ahead {
			continue
		}
		if d := ahead + 2*aside; d < shortest {
			shortest, best = d, e
		}
	}
	if best == nil {
		return nil
	}
	return best.card
}

// middle is where an entry is for those who walk.
func (e *entry) middle() Point {
	if e.self != nil {
		return Rect{e.rect.X, e.rect.Y, e.rect.W, ColumnTitle}.Center()
	}
	return e.rect.Center()
}
