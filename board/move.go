package board

import "math"

// maxGuided is the number of cards in view above which no guides are looked for.
const maxGuided = 300

// dragMove moves what is in the hand.
func (s *Session) dragMove(l *Layout) {
	g := &s.gesture
	at := s.Camera.ToBoard(g.at)
	g.by = s.moveBy(at.Sub(g.from))
	g.copies = g.mods.Has(Alt)
	g.into = ""
	if !g.copies {
		if c := l.hit(at, &s.Selection); c != nil && c.kind() == "board" {
			g.into = c.ID
		}
		s.setCursor("move")
	} else {
		s.setCursor("copy")
	}
	s.emit(Repaint{})
}

// moveBy is the way that a pull of the hand means: Shift locks it to an axis,
// the grid draws it unless Mod is held.
func (s *Session) moveBy(pull Point) Point {
	g := &s.gesture
	by := pull
	if s.Snap && !g.mods.Has(Mod) {
		by = g.anchor.Add(pull).Snap(Grid).Sub(g.anchor)
	}
	if g.mods.Has(Shift) {
		if math.Abs(pull.X) >= math.Abs(pull.Y) {
			by.Y = 0
		} else {
			by.X = 0
		}
	}
	return by
}

// drop ends a move: one command, or none when nothing moved.
func (s *Session) drop() {
	g := &s.gesture
	ids := g.ids()
	switch {
	case g.into != "":
		s.emit(DropInto{Cards: ids, Board: g.into})
		s.end()
	case g.by == (Point{}):
		s.end()
	case g.copies:
		s.offset = g.by
		s.emit(Duplicate{IDs: ids, By: g.by})
		s.settle()
	default:
		s.moved(g.by)
		s.emit(Do{MoveCards{IDs: ids, By: g.by}})
		s.settle()
	}
}

// moved carries a move of a fresh duplicate over to the next one.
func (s *Session) moved(by Point) {
	if s.offset != (Point{}) {
		s.offset = s.offset.Add(by)
	}
}

// marqueeRect is the marquee in board units.
func (s *Session) marqueeRect() Rect {
	return RectBetween(s.gesture.from, s.Camera.ToBoard(s.gesture.at))
}

// dragMarquee selects what the marquee meets, beside what was selected.
func (s *Session) dragMarquee(l *Layout) {
	s.pick(s.gesture.base...)
	s.scratch = l.Query(s.marqueeRect(), s.scratch)
	for _, c := range s.scratch {
		s.Selection.add(c.ID)
	}
	s.emit(Repaint{})
}

// guides adds lines to a view where the cards in the hand are aligned with a
// card in sight: at most one of each direction, to the card that is closest.
func (s *Session) guides(out *View) {
	g := &s.gesture
	if g.kind != moving || len(out.Cards) > maxGuided {
		return
	}
	me := s.Camera.RectToScreen(g.now(g.frame))
	var across, along Guide
	near, nearer := math.Inf(1), math.Inf(1)
	for i := range out.Cards {
		if out.Cards[i].Ghost {
			continue
		}
		r := out.Cards[i].Rect
		d := r.Center().Sub(me.Center()).Len()
		both := r.Union(me)
		if x, ok := aligned(me.X, me.W, r.X, r.W); ok && d < near {
			near, across = d, Guide{Point{x, both.Y}, Point{x, both.Y + both.H}}
		}
		if y, ok := aligned(me.Y, me.H, r.Y, r.H); ok && d < nearer {
			nearer, along = d, Guide{Point{both.X, y}, Point{both.X + both.W, y}}
		}
	}
	if !math.IsInf(near, 1) {
		out.Guides = append(out.Guides, across)
	}
	if !math.IsInf(nearer, 1) {
		out.Guides = append(out.Guides, along)
	}
}

// aligned finds where a beginning, middle or end of two stretches coincide.
func aligned(a, aLen, b, bLen float64) (float64, bool) {
	for _, pair := range [...][2]float64{{a, b}, {a + aLen, b + bLen}, {a + aLen/2, b + bLen/2}, {a, b + bLen}, {a + aLen, b}} {
		if math.Abs(pair[0]-pair[1]) < 0.5 {
			return pair[1], true
		}
	}
	return 0, false
}
