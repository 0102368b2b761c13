package board

import "corkboard/doc"

// hoverMillis is how long a drag lingers on a board card before it opens.
const hoverMillis = 600

// wait is a drag that lingers on a board card.
type wait struct {
	began bool
	since int64 // Millis of the first tick there
	done  bool  // HoverOpen was asked for
}

// waiting reports whether ticks are wanted for a drag on a board card.
func (s *Session) waiting() bool {
	g := &s.gesture
	return g.kind == moving && g.into != "" && !g.wait.done
}

func (s *Session) waitOn(millis int64) {
	g := &s.gesture
	switch w := &g.wait; {
	case !s.waiting():
	case !w.began:
		w.began, w.since = true, millis
	case millis-w.since >= hoverMillis:
		w.done = true
		s.emit(HoverOpen{Board: g.into, Cards: g.ids(), At: g.at})
	}
}

// Carried is a drag on its way to another board.
type Carried struct {
	// From is the document of the board that the cards are on. Release leaves
	// it empty for cards of the session's own board: the app fills it in.
	From  doc.ID
	Cards []CarriedCard // bottom to top
}

// CarriedCard is one of the cards.
type CarriedCard struct {
	Card *Card
	Rect Rect // board units, seen from the pointer
}

// Release takes the drag out of the hand for Carry in another session; nothing
// moves here. false when no cards are being moved.
func (s *Session) Release() (Carried, bool) {
	g := &s.gesture
	if g.kind != moving {
		return Carried{}, false
	}
	c := Carried{From: g.origin, Cards: make([]CarriedCard, len(g.items))}
	for i, it := range g.items {
		c.Cards[i] = CarriedCard{Card: it.card, Rect: it.rect.Move(Point{}.Sub(g.from))}
	}
	s.end()
	s.cursor = "" // nobody heard of it: tell it again
	return c, true
}

// Carry goes on with a drag that began on another board, the primary button
// being held at a screen point. The cards are ghosts here until they are
// dropped: DropCarried, or DropInto and DropElsewhere with a From. Escape gives
// CarryBack. The effects are to be carried out as those of On.
func (s *Session) Carry(c Carried, at Point, l *Layout) []Effect {
	s.start(l)
	if len(c.Cards) == 0 || !sane(PointerMove{At: at}) {
		return s.out
	}
	s.stopEdit()
	s.stopGlide()
	s.pick()
	s.settling, s.click.ok, s.Hover = false, false, ""
	s.pointer, s.over = at, true
	g := &s.gesture
	*g = gesture{kind: moving, button: Primary, down: at, at: at}
	g.ghosts = ghosts{mode: moving, carried: true, origin: c.From, items: make([]ghost, len(c.Cards))}
	for i, card := range c.Cards {
		g.items[i] = ghost{card.Card, card.Rect}
		if i == 0 {
			g.frame = card.Rect
		}
		g.frame = g.frame.Union(card.Rect)
	}
	g.anchor = g.frame.Min()
	s.drag(l)
	return s.out
}

// places is where what is in the hand would be dropped.
func (g *ghosts) places() []Placement {
	out := make([]Placement, 0, len(g.items))
	for _, it := range g.items {
		out = append(out, Placement{ID: it.card.ID, At: g.now(it.rect).Min()})
	}
	return out
}
