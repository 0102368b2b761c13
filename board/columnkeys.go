package board

import (
	"slices"

	"corkboard/doc"
)

// boardCommand is what a gesture asks of a board's document.
type boardCommand = doc.Command[*Board]

// beside is how far from its column a card lies that the keys take out, in board units.
const beside = 2 * Grid

// newColumn makes a column of the selected cards, or an empty one. Where exactly one
// column is selected beside them, they come to its end.
func newColumn(s *Session, l *Layout, _ Camera) {
	var takes []*entry
	var columns []CardID
	for _, id := range s.Selection.ids {
		switch e := l.entries[id]; {
		case e == nil || e.card.Locked:
		case e.card.isColumn():
			columns = append(columns, id)
		case fitsColumn(e.card.kind()):
			takes = append(takes, e)
		}
	}
	switch {
	case len(takes) == 0:
		s.emit(NewCard{Kind: KindColumn, At: s.spot(l)})
		return
	case len(columns) == 1:
		slices.SortFunc(takes, asRead)
		s.emit(Do{l.fillFrom(Slot{Column: columns[0]}, takes)})
		return
	}
	inReadingOrder(takes, func(e *entry) (Rect, CardID) { return e.rect, e.card.ID }, func(int) {})
	s.emit(NewCard{Kind: KindColumn, At: boundsOf(takes).Min(), Takes: idsOf(takes)})
}

// leaveColumn takes the selected cards out of their columns, to beside them.
func leaveColumn(s *Session, l *Layout, _ Camera) {
	loose, _ := l.loose(s.Selection.IDs())
	if len(loose) == 0 {
		return
	}
	var c TakeOut
	down := map[CardID]float64{} // so far the place beside each column is taken
	for _, e := range loose {
		col := l.entries[e.raw.In]
		at := Point{col.rect.Max().X + beside, max(e.rect.Y, down[col.raw.ID])}
		down[col.raw.ID] = at.Y + e.rect.H + Grid
		c.Places = append(c.Places, l.taken(e, at)...)
	}
	s.emit(Do{c})
}

// nudgeLoose moves members of columns with the arrows: up and down in their column, by
// many steps to its ends; left and right into the next column on that side.
func (s *Session) nudgeLoose(loose []*entry, way Point, l *Layout, gesture string) {
	column := loose[0].raw.In
	loose = slices.DeleteFunc(loose, func(e *entry) bool { return e.raw.In != column })
	var slot Slot
	if way.X != 0 {
		next := l.columnBeside(l.entries[column], way.X > 0)
		if next == nil {
			return
		}
		slot = l.slotAt(next.raw.ID, loose[0].rect.Center().Y, nil)
	} else {
		slot = stepIn(l.entries[column].self, loose, way.Y)
	}
	c := l.fillFrom(slot, loose)
	c.Gesture = gesture
	s.emit(Do{c})
}

// stepIn is the place in a column that some of its members go to with one step up or
// down, or with many to an end.
func stepIn(c *column, moves []*entry, steps float64) Slot {
	slot := Slot{Column: c.entry.raw.ID}
	moving := make(map[*entry]bool, len(moves))
	for _, m := range moves {
		moving[m] = true
	}
	var rest []*entry
	first, last := -1, -1 // of the moving ones, among those that rest
	for _, m := range c.members {
		if moving[m] {
			if first < 0 {
				first = len(rest)
			}
			last = len(rest)
			continue
		}
		rest = append(rest, m)
	}
	at := 0
	switch {
	case steps == -1:
		at = max(first-1, 0)
	case steps == 1:
		at = last + 1
	case steps > 0:
		at = len(rest)
	}
	if at < len(rest) {
		slot.Before = rest[at].raw.ID
	}
	return slot
}

// columnBeside is the column nearest to another on one side, of those that share some of
// its height; nil for none.
func (l *Layout) columnBeside(of *entry, right bool) *entry {
	var best *entry
	way := func(e *entry) float64 {
		if right {
			return e.rect.X - of.rect.X
		}
		return of.rect.X - e.rect.X
	}
	for _, c := range l.columns {
		e := c.entry
		if e == nil || e == of || way(e) <= 0 || !down.of(e.rect).meets(down.of(of.rect)) {
			continue
		}
		if best == nil || way(e) < way(best) || way(e) == way(best) && e.raw.ID < best.raw.ID {
			best = e
		}
	}
	return best
}

// slotMeant is the place in a column where a new card of a kind goes: after what is selected,
// or under a pointer that is on another column. A pointer on the empty board means no column.
func (s *Session) slotMeant(kind string, l *Layout) Slot {
	if s.over && RectAt(Point{}, s.Viewport).Contains(s.pointer) {
		at := s.Camera.ToBoard(s.pointer)
		c, below := l.Hit(at), s.slotBelow(kind, l)
		if c == nil || !fitsColumn(kind) {
			return Slot{}
		}
		over := c.ID
		if l.entries[over].inColumn() {
			over = c.In
		}
		if e := l.entries[over]; e != nil && e.self != nil && over != below.Column {
			return l.slotAt(over, at.Y, nil)
		}
		return below
	}
	return s.slotBelow(kind, l)
}

// slotBelow is the place in a column after what is selected, where a new card of a kind
// goes; zero where no column is selected and nothing in one.
func (s *Session) slotBelow(kind string, l *Layout) Slot {
	e := l.entries[s.Selection.Last()]
	switch {
	case e == nil || !fitsColumn(kind):
	case e.self != nil:
		return Slot{Column: e.raw.ID}
	case e.inColumn():
		members := e.in.members
		slot := Slot{Column: e.raw.In}
		if i := slices.Index(members, e); i+1 < len(members) {
			slot.Before = members[i+1].raw.ID
		}
		return slot
	}
	return Slot{}
}

// frees is where the members of columns go when these are removed without them.
func (l *Layout) frees(ids []CardID) []Placement {
	var out []Placement
	here := make(map[CardID]bool, len(ids))
	for _, id := range ids {
		here[id] = true
	}
	for _, id := range ids {
		e := l.entries[id]
		if e == nil || e.self == nil || e.card.Locked {
			continue
		}
		for _, m := range e.self.members {
			if !here[m.raw.ID] {
				out = append(out, l.taken(m, m.rect.Min())...)
			}
		}
	}
	return out
}

// doubles is where doubles go of members of columns that do not go along, by a way from
// where they are laid.
func (l *Layout) doubles(ids []CardID, by Point) []Placement {
	var out []Placement
	loose, _ := l.loose(ids)
	for _, e := range loose {
		out = append(out, l.taken(e, e.rect.Min().Add(by))...)
	}
	return out
}

// withMembers is cards with those in their columns.
func (l *Layout) withMembers(ids []CardID) []CardID {
	here := make(map[CardID]bool, len(ids))
	for _, id := range ids {
		here[id] = true
	}
	for _, id := range slices.Clone(ids) {
		e := l.entries[id]
		if e == nil || e.self == nil {
			continue
		}
		for _, m := range e.self.members {
			if !here[m.raw.ID] {
				here[m.raw.ID] = true
				ids = append(ids, m.raw.ID)
			}
		}
	}
	return ids
}
