package board

import (
	"cmp"
	"math"
	"slices"
)

// Layout is a Board with the sizes that contents have here, and an index of
// where cards are. It belongs to the UI goroutine.
type Layout struct {
	// Touch tells whether a place on a card of ink, in board units from its corner,
	// is on its line; the card has a size. nil: everywhere.
	Touch func(c *Card, at Point, size Size) bool

	defaults func(kind string) Size
	natural  map[CardID]Size
	board    *Board
	entries  map[CardID]*entry
	gone     map[CardID]struct{} // once here, then removed
	stack    stack
	grid     grid
	groups   map[string]*group // by outermost id
	columns  map[CardID]*column
	carried  map[CardID][]*entry // by the card that carries them
	due      []*column           // to be laid anew
	relaid   []*entry            // reused
	found    []*entry            // reused by Query
	revision uint64
	catches  uint64 // marquees looked at
	grabs    uint64 // hands that took cards

	links        []Line // connectors with both cards here; where they lie is in
	lines        []Line // this, as of
	lined        uint64 // revision + 1
	lineRevision uint64

	reading []*Card // nil: to be made again
	bounds  Rect
	bounded bool
}

// entry is a card as the index knows it.
type entry struct {
	raw   *Card   // as the document has it
	card  *Card   // the same, with the size that a column gives it
	at    Point   // where it is laid
	in    *column // that it names, or nil
	self  *column // that it is, or nil
	rect  Rect
	rank  uint64 // grows from the bottom of the board to its top
	stamp uint64 // the query that saw it last
	cells cells
	group *group // the outermost, or nil

	caught uint64 // the marquee that caught it last
	held   uint64 // the grab that took it last
}

// Change lists what Layout.Set changed, each sorted by id. Removed holds the
// old cards, Changed the new ones.
type Change struct{ Added, Removed, Changed []*Card }

// Empty reports whether nothing changed.
func (c Change) Empty() bool { return len(c.Added)+len(c.Removed)+len(c.Changed) == 0 }

// fallback is the size of a card of which nothing is known.
var fallback = Size{W: 240, H: 160}

// NewLayout makes an empty layout. defaults gives the size of cards whose
// content was not measured yet; nil is fine.
func NewLayout(defaults func(kind string) Size) *Layout {
	return &Layout{
		defaults: defaults,
		natural:  map[CardID]Size{},
		board:    &Board{},
		entries:  map[CardID]*entry{},
		gone:     map[CardID]struct{}{},
		grid:     newGrid(),
		groups:   map[string]*group{},
		columns:  map[CardID]*column{},
		carried:  map[CardID][]*entry{},
	}
}

// Board is the board that was set last; never nil.
func (l *Layout) Board() *Board { return l.board }

// Len is the number of cards.
func (l *Layout) Len() int { return len(l.entries) }

// Revision grows with every change of cards or sizes.
func (l *Layout) Revision() uint64 { return l.revision }

// Set takes a new state of the board and says what changed. It costs a
// comparison of pointers per card and real work per changed card only.
func (l *Layout) Set(b *Board) Change {
	if b == nil {
		b = &Board{}
	}
	var ch Change
	if b == l.board {
		return ch
	}
	was, now := l.board.Cards, b.Cards
	relink := !slices.Equal(l.board.Connectors, b.Connectors)
	l.board = b
	for len(was) > 0 || len(now) > 0 {
		switch {
		case len(was) > 0 && len(now) > 0 && was[0] == now[0]:
			was, now = was[1:], now[1:]
		case len(now) == 0 || len(was) > 0 && was[0].ID < now[0].ID:
			ch.Removed = append(ch.Removed, was[0])
			was = was[1:]
		case len(was) == 0 || now[0].ID < was[0].ID:
			ch.Added = append(ch.Added, now[0])
			now = now[1:]
		default:
			ch.Changed = append(ch.Changed, now[0])
			was, now = was[1:], now[1:]
		}
	}
	l.apply(&ch)
	if relink || len(b.Connectors) > 0 && len(ch.Added)+len(ch.Removed) > 0 {
		l.relink()
	}
	return ch
}

func (l *Layout) apply(ch *Change) {
	if ch.Empty() {
		return
	}
	old := make([]*entry, 0, len(ch.Removed))
	for _, c := range ch.Removed {
		e := l.entries[c.ID]
		l.grid.remove(e)
		l.leave(e)
		l.delist(e)
		delete(l.entries, c.ID)
		l.gone[c.ID] = struct{}{}
		old = append(old, e)
	}
	l.stack.removeAll(old)
	moved := l.restacked(ch.Changed)
	l.stack.removeAll(moved)
	for _, c := range ch.Changed {
		e := l.entries[c.ID]
		if g := outermost(c.Group); g != outermost(e.card.Group) {
			l.leave(e)
			l.join(e, g)
		}
		l.delist(e)
		e.raw, e.card, e.at = c, c, l.laidAside(c)
		l.enlist(e)
		l.place(e)
	}
	l.stack.addAll(moved)
	fresh := make([]*entry, 0, len(ch.Added))
	for _, c := range ch.Added {
		delete(l.gone, c.ID)
		e := &entry{raw: c, card: c, at: l.laidAside(c)}
		l.entries[c.ID] = e
		l.enlist(e)
		e.rect = l.rectOf(e)
		l.grid.add(e)
		l.join(e, outermost(c.Group))
		fresh = append(fresh, e)
	}
	l.stack.addAll(fresh)
	l.relaidCards(ch)
	l.touched()
}

// restacked is the entries of cards that got another order key.
func (l *Layout) restacked(changed []*Card) []*entry {
	var out []*entry
	for _, c := range changed {
		if e := l.entries[c.ID]; e.card.Z != c.Z || e.card.layer() != c.layer() {
			out = append(out, e)
		}
	}
	return out
}

// place moves an entry in the index to where its card is now.
func (l *Layout) place(e *entry) {
	r := l.rectOf(e)
	if r == e.rect {
		return
	}
	l.grid.remove(e)
	e.rect = r
	l.grid.add(e)
}

func (l *Layout) touched() {
	l.revision++
	l.reading, l.bounded = nil, false
}

func (l *Layout) rectOf(e *entry) Rect {
	c, s := e.card, e.card.Size
	if s.H == 0 {
		if n := l.natural[c.ID]; s.W == 0 {
			s = n
		} else if n.H > 0 {
			s.H = n.H
		}
	}
	if s.H == 0 {
		d := fallback
		if l.defaults != nil {
			if k := boundSize(l.defaults(c.kind())); k.H > 0 {
				d = k
			}
		}
		if s.W == 0 {
			s.W = d.W
		}
		s.H = d.H
	}
	return RectAt(e.at, s)
}

// SetNatural tells how large a card's content is; the zero Size forgets it.
// It reports whether the card's rectangle changed; Relaid tells those that a column
// has moved with it. Cards that are not here yet may be told of.
func (l *Layout) SetNatural(id CardID, s Size) bool {
	s = boundSize(s)
	if l.natural[id] == s {
		return false
	}
	if s == (Size{}) {
		delete(l.natural, id)
	} else {
		l.natural[id] = s
	}
	e := l.entries[id]
	if e == nil || e.card.Size.H != 0 || e.rect == l.rectOf(e) {
		return false
	}
	if l.place(e); e.inColumn() {
		l.isDue(e.in)
	}
	l.layDue()
	l.touched()
	return true
}

// Relaid is the cards that columns have moved or sized at the last change; with the card
// of SetNatural they are all that has changed then.
func (l *Layout) Relaid() []CardID {
	out := make([]CardID, len(l.relaid))
	for i, e := range l.relaid {
		out[i] = e.raw.ID
	}
	return out
}

// Card finds a card by its id, as it is laid; nil if there is none.
func (l *Layout) Card(id CardID) *Card {
	if e := l.entries[id]; e != nil {
		return e.card
	}
	return nil
}

// Rect is where a card is, in board units.
func (l *Layout) Rect(id CardID) (Rect, bool) {
	if e := l.entries[id]; e != nil {
		return e.rect, true
	}
	return Rect{}, false
}

// Query appends the cards that meet an area to out[:0], from the bottom to
// the top.
func (l *Layout) Query(r Rect, out []*Card) []*Card {
	out = out[:0]
	for _, e := range l.query(r) {
		out = append(out, e.card)
	}
	return out
}

// Spot is a card and where it is, in board units.
type Spot struct {
	Card *Card
	Rect Rect
}

// Spots is Query with the cards' rectangles.
func (l *Layout) Spots(r Rect, out []Spot) []Spot {
	out = out[:0]
	for _, e := range l.query(r) {
		out = append(out, Spot{e.card, e.rect})
	}
	return out
}

// query is Query for entries; the slice is used again by the next call.
func (l *Layout) query(r Rect) []*entry {
	found, sorted := l.meeting(r)
	switch {
	case sorted:
	case len(found) > len(l.stack.order)/manyFound:
		l.found = l.found[:0]
		for _, e := range l.stack.order {
			if e.stamp == l.grid.stamp {
				l.found = append(l.found, e)
			}
		}
	default:
		slices.SortFunc(found, func(a, b *entry) int { return cmp.Compare(a.rank, b.rank) })
	}
	return l.found
}

// manyFound is the part of all entries from which on walking over all of them
// is cheaper than sorting those that were found.
const manyFound = 16

// meeting is query without the order, which it has anyway when sorted.
func (l *Layout) meeting(r Rect) (found []*entry, sorted bool) {
	l.found = l.found[:0]
	if !l.grid.wide(r) {
		l.found = l.grid.collect(r, l.found)
		return l.found, false
	}
	for _, e := range l.stack.order {
		if e.rect.Intersects(r) {
			l.found = append(l.found, e)
		}
	}
	return l.found, true
}

// Hit is the topmost card at a place; nil if there is none. Inside a frame there
// is none.
func (l *Layout) Hit(p Point) *Card { return l.hit(p, nil) }

// hit is Hit without the cards of which skip is true.
func (l *Layout) hit(p Point, skip func(*entry) bool) *Card {
	if !p.finite() {
		return nil
	}
	var top *entry
	for _, e := range l.query(RectAt(p, Size{})) {
		if e.takes(p, l.Touch) && (skip == nil || !skip(e)) {
			top = e
		}
	}
	if top == nil {
		return nil
	}
	return top.card
}

// Bounds is the smallest area around all cards; zero when there are none.
func (l *Layout) Bounds() Rect {
	if !l.bounded {
		l.bounds = boundsOf(l.stack.order)
		l.bounded = true
	}
	return l.bounds
}

func boundsOf(entries []*entry) Rect {
	x0, y0 := math.Inf(1), math.Inf(1)
	x1, y1 := math.Inf(-1), math.Inf(-1)
	for _, e := range entries {
		x0, y0 = min(x0, e.rect.X), min(y0, e.rect.Y)
		x1, y1 = max(x1, e.rect.X+e.rect.W), max(y1, e.rect.Y+e.rect.H)
	}
	if x1 < x0 {
		return Rect{}
	}
	return Rect{x0, y0, x1 - x0, y1 - y0}
}
