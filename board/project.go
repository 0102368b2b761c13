package board

import "math"

// Margins of Project in screen pixels.
const (
	shadowRoom = 40 // around the window, for shadows and soon-to-come cards
	gridRoom   = 10 // grid lines are never closer
)

// Project fills out with what the window shows now. It looks at visible cards
// only and makes no garbage once out has grown. Drags appear in the view
// without touching the document.
func Project(s *Session, l *Layout, out *View) {
	out.Camera = s.Camera.bounded()
	out.Cards, out.Handles = out.Cards[:0], out.Handles[:0]
	out.Guides, out.Groups = out.Guides[:0], out.Groups[:0]
	out.Lines, out.Ports, out.Pull, out.Pulls = out.Lines[:0], out.Ports[:0], Line{}, false
	out.Marquee, out.HasMarquee, out.Into = Rect{}, false, s.gesture.into
	out.Out = s.gesture.out
	s.projectSlot(l, out)
	out.Empty = l.Len() == 0
	s.projectCards(l, out)
	s.projectLines(l, out)
	s.projectStroke(l, out)
	s.projectGuides(out)
	s.projectGroups(l, out)
	out.Lost = !out.Empty && !out.anyIn(RectAt(Point{}, s.Viewport))
	if s.gesture.kind == marquee {
		out.Marquee, out.HasMarquee = out.Camera.RectToScreen(s.marqueeRect()), true
	}
	s.projectHandles(l, out)
	out.Grid, out.GridFrom = gridOf(out.Camera)
}

func (s *Session) projectCards(l *Layout, out *View) {
	visible := out.Camera.Visible(s.Viewport).Inset(-shadowRoom / out.Camera.Zoom)
	hand := s.hand(l)
	for _, e := range l.query(visible) {
		rect, held := e.rect, hand != nil && !hand.carried && e.held == s.hold
		if held && hand.mode == moving {
			if !hand.copies {
				continue // it comes with the ghosts, above all others
			}
			held = false
		}
		if held {
			rect = hand.now(rect)
		}
		s.put(out, e.card, rect, held)
	}
	switch {
	case hand == nil:
	case hand.carried:
		s.projectCarried(hand, visible, out)
	default:
		s.projectGhosts(hand, visible, l, out)
	}
}

// projectGhosts adds the cards in the hand that now are in sight. It asks for
// the area where they were, so that those out of sight cost nothing.
func (s *Session) projectGhosts(hand *ghosts, visible Rect, l *Layout, out *View) {
	for _, e := range l.query(hand.before(visible)) {
		seen := hand.mode == resizing && e.rect.Intersects(visible)
		if seen || e.held != s.hold {
			continue
		}
		if now := hand.now(e.rect); now.Intersects(visible) {
			s.put(out, e.card, now, true)
		}
	}
}

func (s *Session) projectCarried(hand *ghosts, visible Rect, out *View) {
	for _, it := range hand.items {
		if now := hand.now(it.rect); now.Intersects(visible) {
			s.put(out, it.card, now, true)
		}
	}
}

func (s *Session) put(out *View, c *Card, r Rect, ghost bool) {
	out.Cards = append(out.Cards, Placed{
		Card: c, Rect: out.Camera.RectToScreen(r), BoardSize: r.Size(), Selected: ghost || s.Selection.Has(c.ID),
		Hovered: c.ID == s.Hover, Editing: c.ID == s.Editing, Ghost: ghost, Locked: c.Locked,
	})
}

// projectGuides puts the lines of a drag on the screen.
func (s *Session) projectGuides(out *View) {
	for _, g := range s.lines {
		out.Guides = append(out.Guides, Guide{From: out.Camera.ToScreen(g.From), To: out.Camera.ToScreen(g.To), Gap: g.Gap})
	}
}

func (s *Session) projectHandles(l *Layout, out *View) {
	if s.Editing != "" || s.gesture.kind == moving || s.gesture.kind == marquee {
		return
	}
	frame, ok := s.frame(l)
	if !ok {
		return
	}
	if hand := s.hand(l); hand != nil && !hand.carried {
		frame = hand.now(frame)
	}
	out.Handles = appendHandles(out.Handles, out.Camera.RectToScreen(frame))
}

func (v *View) anyIn(window Rect) bool {
	for i := range v.Cards {
		if v.Cards[i].Rect.Intersects(window) {
			return true
		}
	}
	return false
}

// gridOf is the distance of grid lines on the screen and where they begin.
func gridOf(c Camera) (step float64, from Point) {
	step = Grid * c.Zoom
	for step < gridRoom {
		step *= 2
	}
	at := c.ToScreen(Point{})
	return step, Point{at.X - math.Floor(at.X/step)*step, at.Y - math.Floor(at.Y/step)*step}
}
