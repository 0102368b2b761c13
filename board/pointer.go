package board

import "slices"

func (s *Session) onDown(e PointerDown, l *Layout) {
	s.stopGlide()
	s.pointer, s.over, s.mods = e.At, true, e.Mods
	if s.gesture.kind != idle {
		if s.gesture.button != e.Button {
			return // another button during a gesture
		}
		s.abort() // the button was let go where nobody saw it
	}
	at := s.Camera.ToBoard(e.At)
	if s.Editing != "" {
		if r, ok := l.Rect(s.Editing); ok && r.Contains(at) {
			return // the live editor has it
		}
		s.stopEdit()
	}
	g := &s.gesture
	*g = gesture{kind: pressing, button: e.Button, mods: e.Mods, down: e.At, at: e.At, from: at, millis: e.Millis}
	if e.Button == Middle || e.Button == Primary && s.space {
		g.kind = panning
		s.setCursor("grabbing")
		return
	}
	if e.Button == Primary && s.takesPen(l) {
		return
	}
	if e.Button == Primary {
		g.edge = s.handleAt(e.At, l)
		s.pressConnector(l)
	}
	if c := l.Hit(at); c != nil && g.edge == 0 && g.port == "" {
		g.card, g.was = c.ID, s.Selection.Has(c.ID)
	}
	if g.card == "" && g.edge == 0 && g.port == "" {
		g.line = s.lineUnder(e.At, l)
	}
	g.double = s.doubles(g)
	if e.Button == Primary && g.card != "" && !g.was {
		s.press(g.card, e.Mods, l)
	}
}

// press selects the card under the hand: its whole group, with Shift beside
// what is selected; with Mod that card alone, also of a group.
func (s *Session) press(id CardID, m Mods, l *Layout) {
	switch {
	case m.Has(Mod):
		s.Selection.add(id)
	case m.Has(Shift):
		for _, id := range l.whole(id) {
			s.Selection.add(id)
		}
	default:
		s.pick(l.whole(id)...)
	}
	s.emit(Repaint{})
}

// doubles reports whether a press makes a double-click of the one before.
func (s *Session) doubles(g *gesture) bool {
	c := s.click
	return c.ok && g.button == Primary && g.mods&(Shift|Mod) == 0 &&
		c.on == g.card && c.edge == g.edge && c.line == g.line &&
		g.millis-c.millis <= doubleMillis && g.millis >= c.millis &&
		c.at.Sub(g.down).Len() <= doublePixels
}

// pick selects by hand: the next Mod+D starts with a fresh offset.
func (s *Session) pick(ids ...CardID) {
	s.offset, s.line = Point{}, ""
	s.Selection.only(ids...)
}

func (s *Session) onMove(e PointerMove, l *Layout) {
	s.pointer, s.over, s.mods = e.At, true, e.Mods
	g := &s.gesture
	if g.kind == idle {
		s.hover(l)
		return
	}
	if g.kind == panning {
		s.setCamera(s.Camera.Pan(e.At.Sub(g.at)))
	}
	g.at, g.mods = e.At, e.Mods
	if g.kind == pressing && g.at.Sub(g.down).Len() >= dragPixels {
		s.begin(l)
	}
	s.drag(l)
}

// begin makes a drag of a press.
func (s *Session) begin(l *Layout) {
	g := &s.gesture
	s.click.ok = false
	switch {
	case g.button == Secondary && g.card == "":
		g.kind = panning
		s.setCursor("grabbing")
		s.setCamera(s.Camera.Pan(g.at.Sub(g.down)))
	case g.button != Primary:
		// a right-drag on a card is still a click for its menu
	case g.edge != 0:
		g.kind, g.mode = resizing, resizing
		if !s.grab(l) {
			s.end()
		}
	case g.port != "":
		g.kind = connecting
		s.setCursor("crosshair")
	case g.card != "" && !l.Card(g.card).Locked:
		g.kind, g.mode = moving, moving
		if !s.grab(l) {
			s.end()
		}
	default:
		g.kind = marquee
		if g.mods&(Shift|Mod) != 0 {
			g.base.only(s.Selection.ids...)
		} else {
			s.pick()
		}
		s.lasso.reset()
		s.setCursor("crosshair")
	}
}

func (s *Session) onUp(e PointerUp, l *Layout) {
	s.pointer, s.mods = e.At, e.Mods
	g := &s.gesture
	if g.kind == idle || g.button != e.Button {
		return
	}
	s.onMove(PointerMove{At: e.At, Mods: e.Mods, Millis: e.Millis}, l)
	switch g.kind {
	case pressing:
		press := *g
		s.end()
		s.clicked(press, l)
	case moving:
		s.drop(l)
	case resizing:
		s.dropResize()
	case connecting:
		s.dropConnect()
	case drawing:
		s.endStroke(l)
	case panning, marquee:
		s.end()
	}
	s.hover(l)
}

// clicked is a press that never became a drag.
func (s *Session) clicked(g gesture, l *Layout) {
	if g.button == Secondary {
		switch {
		case g.card != "" && !g.was:
			s.pick(l.whole(g.card)...)
		case g.line != "":
			s.SelectConnector(g.line)
		}
		s.emit(Menu{At: g.at, Card: g.card, Connector: g.line})
		return
	}
	s.click = click{at: g.down, millis: g.millis, on: g.card, line: g.line, edge: g.edge, ok: !g.double && g.mods&(Shift|Mod) == 0}
	toggles := g.mods&(Shift|Mod) != 0
	card := l.Card(g.card)
	switch {
	case g.edge != 0:
		if g.double {
			s.emit(Do{FreeSize{IDs: s.Selection.IDs()}})
		}
	case g.port != "":
		// a dot does something only when it is dragged
	case g.line != "":
		s.SelectConnector(g.line)
		if g.double {
			s.emit(EditLabel{ID: g.line})
		}
	case card == nil && toggles:
		// a missed click does not lose a selection
	case card == nil:
		s.pick()
		if g.double {
			s.emit(NewCard{Kind: "text", At: s.snapped(g.from)})
		}
	case toggles && g.was && g.mods.Has(Mod):
		s.Selection.remove(card.ID)
		s.emit(Repaint{})
	case toggles && g.was:
		whole := l.whole(card.ID)
		s.Selection.drop(func(id CardID) bool { return slices.Contains(whole, id) })
		s.emit(Repaint{})
	case toggles:
		// the press added it
	default:
		s.clickedCard(card, g, l)
	}
}

func (s *Session) clickedCard(card *Card, g gesture, l *Layout) {
	if whole := l.whole(card.ID); g.was && !s.Selection.exactly(whole) {
		s.pick(whole...)
		s.emit(Repaint{})
	}
	r, _ := l.Rect(card.ID)
	at := g.from.Sub(r.Min())
	if g.double && !s.hot(card, at) {
		if card.isColumn() && at.Y > ColumnTitle {
			s.emit(NewCard{Kind: "text", At: s.snapped(g.from), Into: l.slotAt(card.ID, g.from.Y, nil)})
			return
		}
		s.enter(card, at, false)
		return
	}
	s.emit(Tap{ID: card.ID, At: at})
}

// hover finds what is under a pointer that drags nothing.
func (s *Session) hover(l *Layout) {
	if s.gesture.kind != idle || !s.over {
		return
	}
	if s.Drawing {
		s.setCursor(s.restCursor())
		return
	}
	at := s.Camera.ToBoard(s.pointer)
	c := l.Hit(at)
	s.lookPorts(c, l)
	if e := s.handleAt(s.pointer, l); e != 0 && !s.space {
		s.setHover("")
		s.setCursor(edgeCursor(e))
		return
	}
	if s.onPort(s.pointer, l) || s.endAt(s.pointer, l) != 0 {
		s.setHover("")
		s.setCursor("crosshair")
		return
	}
	if c == nil {
		s.setHover("")
		if !s.space && s.lineUnder(s.pointer, l) != "" {
			s.setCursor("pointer")
			return
		}
		s.setCursor(s.restCursor())
		return
	}
	s.setHover(c.ID)
	if r, _ := l.Rect(c.ID); !s.space && s.hot(c, at.Sub(r.Min())) {
		s.setCursor("pointer")
		return
	}
	s.setCursor(s.restCursor())
}

func edgeCursor(e Edge) string {
	switch e {
	case EdgeLeft, EdgeRight:
		return "ew-resize"
	case EdgeTop, EdgeBottom:
		return "ns-resize"
	case EdgeLeft | EdgeTop, EdgeRight | EdgeBottom:
		return "nwse-resize"
	}
	return "nesw-resize"
}

// snapped puts a place on the grid if things snap.
func (s *Session) snapped(p Point) Point {
	if s.Snap {
		return p.Snap(Grid)
	}
	return p
}
