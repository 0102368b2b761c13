package board

import "math"

// dragMove moves what is in the hand.
func (s *Session) dragMove(l *Layout) {
	g := &s.gesture
	at := s.Camera.ToBoard(g.at)
	g.copies = g.mods.Has(Alt) && !g.carried
	g.out = !g.copies && s.Elsewhere != nil && s.Elsewhere(g.at)
	into := CardID("")
	c := l.hit(at, s.inHand)
	if !g.copies && !g.out && c != nil && c.kind() == "board" {
		into = c.ID
	}
	if into != g.into {
		g.into, g.wait = into, wait{}
	}
	if g.slot = (Slot{}); into == "" && !g.out {
		g.slot = s.slotUnder(c, at, l)
	}
	g.by = s.moveBy(at.Sub(g.from), l)
	if g.copies {
		s.setCursor("copy")
	} else {
		s.setCursor("move")
	}
	s.emit(Repaint{})
}

// inHand reports whether a card is being moved.
func (s *Session) inHand(e *entry) bool {
	return s.Selection.Has(e.card.ID) || !s.gesture.carried && e.held == s.hold
}

// moveBy is the way that a pull of the hand means: Shift locks it to an axis;
// other cards draw it, else the grid, unless Mod is held.
func (s *Session) moveBy(pull Point, l *Layout) Point {
	g := &s.gesture
	s.lines = s.lines[:0]
	locked := [2]bool{}
	if g.mods.Has(Shift) {
		if math.Abs(pull.X) >= math.Abs(pull.Y) {
			pull.Y, locked[down] = 0, true
		} else {
			pull.X, locked[across] = 0, true
		}
	}
	if g.mods.Has(Mod) || g.out || g.into != "" || g.slot.Column != "" {
		return pull // what it is aligned with here does not matter
	}
	by := pull
	if s.Snap {
		by = g.anchor.Add(pull).Snap(Grid).Sub(g.anchor)
	}
	if s.Guides {
		s.lookNear(l)
		reach := guidePixels / s.Camera.zoom()
		if d, ok := drawn(g.frame.Move(pull), across, s.near, reach); ok {
			by.X = pull.X + d
		}
		if d, ok := drawn(g.frame.Move(Point{by.X, pull.Y}), down, s.near, reach); ok {
			by.Y = pull.Y + d
		}
	}
	if locked[across] {
		by.X = 0
	}
	if locked[down] {
		by.Y = 0
	}
	if s.Guides {
		s.lines = appendGuides(s.lines, g.frame.Move(by), s.near, allEdges)
	}
	return by
}

// drop ends a move: one command, or none when nothing moved.
func (s *Session) drop(l *Layout) {
	g := &s.gesture
	switch {
	case g.out:
		s.emit(DropElsewhere{Cards: g.ids(), At: g.at, From: g.origin})
		s.end()
	case g.into != "":
		s.emit(DropInto{Cards: g.ids(), Board: g.into, From: g.origin})
		s.end()
	case g.carried:
		s.emit(DropCarried{From: g.origin, Places: g.places(), Into: g.slot})
		s.settle()
	case g.by == (Point{}):
		s.end()
	case g.copies:
		s.offset = g.by
		s.emit(Duplicate{IDs: g.ids(), By: g.by, Places: l.doubles(g.ids(), g.by), Into: g.slot})
		s.settle()
	case g.slot.Column != "":
		s.emit(Do{s.fillDropped(l)})
		s.settle()
	default:
		s.moved(g.by)
		s.emit(Do{s.movesDropped(l)})
		s.settle()
	}
}

// moved carries a move of a fresh duplicate over to the next one.
func (s *Session) moved(by Point) {
	if s.offset != (Point{}) {
		s.offset = s.offset.Add(by)
	}
}
