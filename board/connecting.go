package board

// Dots beside a card, in screen pixels: a drag from one makes a connector.
const (
	portAway  = 18 // from the card's edge
	portSide  = 10
	portReach = 8  // around its middle
	portStay  = 30 // from the card: so far away its dots stay
	portLeast = 40 // a card that is smaller has none
	lineReach = 7  // a click so far from a line is on it
	endReach  = 9
)

// portEdges are where dots lie.
var portEdges = [...]Edge{EdgeTop, EdgeRight, EdgeBottom, EdgeLeft}

// portOf is the middle of the dot at an edge of a card on the screen.
func portOf(r Rect, e Edge) Point {
	at := r.Center()
	switch e {
	case EdgeTop:
		at.Y = r.Y - portAway
	case EdgeRight:
		at.X = r.X + r.W + portAway
	case EdgeBottom:
		at.Y = r.Y + r.H + portAway
	case EdgeLeft:
		at.X = r.X - portAway
	}
	return at
}

// portRect is the card on the screen that shows its dots.
func (s *Session) portRect(l *Layout) (Rect, bool) {
	r, ok := l.Rect(s.ports)
	if !ok || s.Editing != "" || s.space {
		return r, false
	}
	r = s.Camera.RectToScreen(r)
	return r, r.W >= portLeast && r.H >= portLeast
}

// onPort reports whether a screen point is on a dot that is shown.
func (s *Session) onPort(at Point, l *Layout) bool {
	r, ok := s.portRect(l)
	if !ok || !r.Inset(-portStay).Contains(at) {
		return false
	}
	for _, e := range portEdges {
		if at.Sub(portOf(r, e)).Len() <= portReach {
			return true
		}
	}
	return false
}

// lookPorts chooses the card that shows its dots: the one under the pointer,
// and then the same until the pointer has left it behind. over is that card.
func (s *Session) lookPorts(over *Card, l *Layout) {
	was := s.ports
	r, ok := s.portRect(l)
	switch {
	case ok && s.onPort(s.pointer, l):
	case over != nil && over.kind() != KindInk:
		s.ports = over.ID
	case !ok || !r.Inset(-portStay).Contains(s.pointer):
		s.ports = ""
	}
	if s.ports != was {
		s.emit(Repaint{})
	}
}

// Connector is the selected connector, or "". Cards are never selected beside
// one.
func (s *Session) Connector() ConnectorID {
	if s.Selection.Len() > 0 || s.lineAt != s.Selection.rev {
		return ""
	}
	return s.line
}

// SelectConnector selects a connector alone.
func (s *Session) SelectConnector(id ConnectorID) {
	s.pick()
	s.line, s.lineAt = id, s.Selection.rev
	s.emit(Repaint{})
}

// endAt is the end of the selected connector under a screen point: 1 is its
// beginning, 2 its end, 0 none.
func (s *Session) endAt(at Point, l *Layout) int {
	line, ok := l.Line(s.Connector())
	if !ok {
		return 0
	}
	for i, end := range [...]Point{line.From, line.To} {
		if s.Camera.ToScreen(end).Sub(at).Len() <= endReach {
			return i + 1
		}
	}
	return 0
}

// lineUnder is the connector under a screen point where no card is, or "".
func (s *Session) lineUnder(at Point, l *Layout) ConnectorID {
	return l.hitLine(s.Camera.ToBoard(at), lineReach/s.Camera.zoom())
}

// pressConnector takes notice of a press on a dot, or on an end of the selected
// connector.
func (s *Session) pressConnector(l *Layout) {
	g := &s.gesture
	if g.edge != 0 {
		return
	}
	if s.onPort(g.down, l) {
		g.port = s.ports
		return
	}
	if g.lineEnd = s.endAt(g.down, l); g.lineEnd != 0 {
		line, _ := l.Line(s.Connector())
		g.line, g.port = line.Connector.ID, line.Connector.From
		if g.lineEnd == 1 {
			g.port = line.Connector.To
		}
	}
}

// dragConnect looks where the end in the hand would be attached.
func (s *Session) dragConnect(l *Layout) {
	g := &s.gesture
	g.into = ""
	if c := l.Hit(s.Camera.ToBoard(g.at)); c != nil && c.ID != g.port {
		g.into = c.ID
	}
	s.emit(Repaint{})
}

// dropConnect attaches the end in the hand to the card under it; over none
// nothing happens.
func (s *Session) dropConnect() {
	g := s.gesture
	s.end()
	switch {
	case g.into == "":
	case g.line != "":
		s.emit(Do{Reattach{ID: g.line, From: g.lineEnd == 1, Card: g.into}})
		s.SelectConnector(g.line)
	default:
		s.connect(g.port, g.into)
	}
}

// connect draws a connector from each card to the next.
func (s *Session) connect(ids ...CardID) {
	var list []Connector
	for i := 1; i < len(ids); i++ {
		s.connected++
		list = append(list, Connector{ID: ConnectorID(GroupID(s.name, s.connected)), From: ids[i-1], To: ids[i], Heads: HeadTo})
	}
	if len(list) > 0 {
		s.emit(Do{Connect{list}})
	}
}

// connects draws connectors along the selected cards, in the order in which they
// were selected.
func connects(s *Session, l *Layout, _ Camera) {
	var here []CardID
	for _, id := range s.Selection.ids {
		if l.Card(id) != nil {
			here = append(here, id)
		}
	}
	s.connect(here...)
}

// nextConnector selects a connector of the selected card, of all cards when none
// is selected, and then the next one of these.
func nextConnector(s *Session, l *Layout, _ Camera) {
	now := s.Connector()
	if now == "" {
		s.lineOf = s.Selection.Last()
	}
	first, next, passed := ConnectorID(""), ConnectorID(""), false
	for _, x := range l.Lines() {
		c := x.Connector
		if s.lineOf != "" && c.From != s.lineOf && c.To != s.lineOf {
			continue
		}
		if first == "" {
			first = c.ID
		}
		if passed && next == "" {
			next = c.ID
		}
		passed = passed || c.ID == now
	}
	if next == "" {
		next = first
	}
	if next == "" {
		return
	}
	s.SelectConnector(next)
	if line, ok := l.Line(next); ok {
		s.revealRect(RectBetween(line.From, line.To))
	}
}

// changeHeads gives the selected connector the next sort of arrowheads.
func changeHeads(s *Session, l *Layout, _ Camera) {
	if c := l.board.Connector(s.Connector()); c != nil {
		next := map[Heads]Heads{HeadTo: HeadTo | HeadFrom, HeadTo | HeadFrom: 0, 0: HeadFrom, HeadFrom: HeadTo}
		s.emit(Do{PointConnector{ID: c.ID, Heads: next[c.Heads]}})
	}
}

// projectLines adds the connectors in view, those of cards in the hand where
// these are now, and the dots and ends that can be dragged.
func (s *Session) projectLines(l *Layout, out *View) {
	visible := out.Camera.Visible(s.Viewport)
	hand := s.hand(l)
	if hand != nil && (hand.carried || hand.copies) {
		hand = nil
	}
	where := func(e *entry) (Rect, bool) {
		if hand != nil && e.held == s.hold {
			return hand.now(e.rect), true
		}
		return e.rect, false
	}
	selected := s.Connector()
	add := func(x Line) {
		if x.Meets(visible) {
			x.From, x.To, x.Selected = out.Camera.ToScreen(x.From), out.Camera.ToScreen(x.To), x.Connector.ID == selected
			out.Lines = append(out.Lines, x)
		}
	}
	if hand == nil {
		for _, x := range l.Lines() {
			add(x)
		}
	} else {
		for _, x := range l.links {
			a, heldA := where(x.from)
			b, heldB := where(x.to)
			var ok bool
			if x.From, x.To, ok = lineBetween(a, b); ok {
				x.Held = heldA || heldB
				add(x)
			}
		}
	}
	s.projectPorts(l, out)
}

// projectPorts adds what connectors can be dragged by, and the one in the hand.
func (s *Session) projectPorts(l *Layout, out *View) {
	g := &s.gesture
	if g.kind == connecting {
		from := g.port
		r, ok := l.Rect(from)
		if !ok {
			return
		}
		to := RectAt(s.Camera.ToBoard(g.at), Size{})
		if into, there := l.Rect(g.into); there {
			to = into
		}
		if a, b, ok := lineBetween(r, to); ok {
			if g.lineEnd == 1 {
				a, b = b, a
			}
			out.Pull, out.Pulls = Line{Connector: &Connector{Heads: HeadTo}, From: out.Camera.ToScreen(a), To: out.Camera.ToScreen(b)}, true
		}
		return
	}
	if g.kind != idle && g.kind != pressing {
		return
	}
	if r, ok := s.portRect(l); ok {
		for _, e := range portEdges {
			out.Ports = append(out.Ports, dotAt(portOf(r, e)))
		}
	}
	if line, ok := l.Line(s.Connector()); ok {
		out.Ports = append(out.Ports, dotAt(out.Camera.ToScreen(line.From)), dotAt(out.Camera.ToScreen(line.To)))
	}
}

func dotAt(p Point) Rect {
	return Rect{p.X - portSide/2, p.Y - portSide/2, portSide, portSide}
}
