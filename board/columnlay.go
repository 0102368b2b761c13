package board

import "slices"

// column is a column as the layout knows it: what is laid in it, once its card is here.
type column struct {
	entry   *entry   // nil: its card is not here
	members []*entry // in order, unless
	loose   bool     // some came, went or changed places
	due     bool     // it waits to be laid
}

// columnOf finds a column that cards name; its own card may not be here.
func (l *Layout) columnOf(id CardID) *column {
	c := l.columns[id]
	if c == nil {
		c = &column{}
		l.columns[id] = c
	}
	return c
}

// enlist notes which column an entry is, or which one it is in, and what it carries.
func (l *Layout) enlist(e *entry) {
	c := e.raw
	if c.isColumn() {
		e.self = l.columnOf(c.ID)
		e.self.entry = e
		l.isDue(e.self)
	}
	if c.In != "" {
		e.in = l.columnOf(c.In)
		e.in.members, e.in.loose = append(e.in.members, e), true
		l.isDue(e.in)
	}
	if c.On != "" {
		l.carried[c.On] = append(l.carried[c.On], e)
	}
}

// delist takes back what enlist noted.
func (l *Layout) delist(e *entry) {
	if e.self != nil {
		e.self.entry = nil
		l.isDue(e.self)
		e.self = nil
	}
	if e.in != nil {
		e.in.loose = true
		l.isDue(e.in)
		e.in = nil
	}
	if on := e.raw.On; on != "" {
		if rest := without(l.carried[on], e); len(rest) > 0 {
			l.carried[on] = rest
		} else {
			delete(l.carried, on)
		}
	}
}

func (l *Layout) isDue(c *column) {
	if !c.due {
		c.due = true
		l.due = append(l.due, c)
	}
}

// layDue lays the columns that have changed; relaid is then what it has moved or sized.
func (l *Layout) layDue() {
	l.relaid = l.relaid[:0]
	for _, c := range l.due {
		c.due = false
		l.layColumn(c)
	}
	l.due = l.due[:0]
}

// layColumn stacks the members of a column below its head. Where its card is gone they
// are where the document says.
func (l *Layout) layColumn(c *column) {
	if c.loose {
		c.members, c.loose = slices.DeleteFunc(c.members, func(e *entry) bool { return e.in != c }), false
		slices.SortFunc(c.members, func(a, b *entry) int { return byOrder(a.raw, b.raw) })
		c.members = slices.Compact(c.members)
	}
	if c.entry == nil {
		for _, e := range c.members {
			l.lay(e, e.raw.At, e.raw.Size, 0)
		}
		return
	}
	me := c.entry
	size := l.columnSize(me.raw)
	at := me.raw.At.Add(Point{ColumnPad, ColumnTitle})
	for _, e := range c.members {
		l.lay(e, at, Size{W: size.W - 2*ColumnPad}, 0)
		at.Y += e.rect.H + ColumnPad
	}
	if size.H = at.Y - me.raw.At.Y; len(c.members) == 0 {
		size.H += columnEmpty
	}
	l.lay(me, me.raw.At, size, len(c.members))
}

// columnSize is the width of a column; its height follows from what is in it.
func (l *Layout) columnSize(c *Card) Size {
	s := Size{W: c.Size.W}
	if s.W == 0 && l.defaults != nil {
		s.W = l.defaults(KindColumn).W
	}
	if s.W == 0 {
		s.W = fallback.W
	}
	s.W = max(s.W, 2*ColumnPad+minSide)
	return s
}

// lay gives an entry a place and a size that its card does not tell.
func (l *Layout) lay(e *entry, at Point, size Size, holds int) {
	was := e.rect
	changed := e.card.Size != size || e.card.Holds != holds
	switch {
	case !changed:
	case size == e.raw.Size && holds == 0:
		e.card = e.raw
	default:
		laid := *e.raw
		laid.Size, laid.Holds = size, holds
		e.card = &laid
	}
	e.at = at
	l.place(e)
	if changed || e.rect != was {
		l.relaid = append(l.relaid, e)
		l.layCarried(e)
	}
}

// layCarried keeps what a card carries on it, where a column has moved it.
func (l *Layout) layCarried(e *entry) {
	for _, x := range l.carried[e.raw.ID] {
		if !x.inColumn() && x.self == nil {
			l.lay(x, x.raw.At.Add(e.aside()), x.raw.Size, 0)
		}
	}
}

// aside is how far from where its document says an entry is laid.
func (e *entry) aside() Point { return e.at.Sub(e.raw.At) }

// stored is what a document has to say so that an entry is laid at a place.
func (e *entry) stored(at Point) Point { return at.Sub(e.aside()) }

// inColumn reports whether an entry is laid in a column.
func (e *entry) inColumn() bool { return e != nil && e.in != nil && e.in.entry != nil }

// laidAside is where a card is laid that is carried by another: as that one is.
func (l *Layout) laidAside(c *Card) Point {
	if c.On == "" || c.isColumn() {
		return c.At
	}
	if on := l.entries[c.On]; on != nil {
		return c.At.Add(on.aside())
	}
	return c.At
}

// Members is the cards in a column, as they are laid.
func (l *Layout) Members(id CardID) []CardID {
	e := l.entries[id]
	if e == nil || e.self == nil {
		return nil
	}
	out := make([]CardID, len(e.self.members))
	for i, m := range e.self.members {
		out[i] = m.raw.ID
	}
	return out
}

// relaidCards adds the cards that columns have moved to a change, as they are laid.
func (l *Layout) relaidCards(ch *Change) {
	l.layDue()
	for _, c := range ch.Changed { // one that has left a column takes along what it carries
		l.layCarried(l.entries[c.ID])
	}
	for _, list := range [][]*Card{ch.Added, ch.Changed} {
		for i, c := range list {
			list[i] = l.entries[c.ID].card
		}
	}
	told := map[CardID]bool{}
	for _, e := range l.relaid { // some twice
		if id := e.raw.ID; !has(ch.Added, id) && !has(ch.Changed, id) {
			told[id] = true
		}
	}
	if len(told) == 0 {
		return
	}
	for id := range told {
		ch.Changed = append(ch.Changed, l.entries[id].card)
	}
	slices.SortFunc(ch.Changed, func(a, b *Card) int { return compareID(a, b.ID) })
}

func has(sorted []*Card, id CardID) bool {
	_, ok := slices.BinarySearchFunc(sorted, id, compareID)
	return ok
}
