package board

import "math"

// Snapping to other cards.
const (
	guidePixels = 6   // how close an edge is drawn to another
	maxGuided   = 300 // more cards in view draw nothing
	exact       = 1e-6
)

// axis is one of the two directions of the board.
type axis uint8

const (
	across axis = iota
	down
)

func (a axis) other() axis { return 1 - a }

// span is the stretch of a rectangle along an axis.
type span struct{ from, to float64 }

func (a axis) of(r Rect) span {
	if a == across {
		return span{r.X, r.X + r.W}
	}
	return span{r.Y, r.Y + r.H}
}

func (s span) mid() float64 { return (s.from + s.to) / 2 }

// meets reports whether two spans share more than an end.
func (s span) meets(o span) bool { return s.from < o.to && o.from < s.to }

// line is a place on an axis, if there is one.
type line struct {
	at float64
	ok bool
}

// or is the line, or another place where there is none.
func (l line) or(at float64) float64 {
	if l.ok {
		return l.at
	}
	return at
}

// magnet keeps the shortest way that it is offered within reach.
type magnet struct {
	reach, by float64
	found     bool
}

func (m *magnet) offer(by float64) {
	if d := math.Abs(by); d <= m.reach && (!m.found || d < math.Abs(m.by)) {
		m.by, m.found = by, true
	}
}

// lookNear collects the cards in view that stay where they are.
func (s *Session) lookNear(l *Layout) {
	g := &s.gesture
	s.near = s.near[:0]
	found, _ := l.meeting(s.Camera.Visible(s.Viewport))
	for _, e := range found {
		if !g.carried && !g.copies && e.held == s.hold {
			continue // it is in the hand
		}
		if len(s.near) == maxGuided {
			s.near = s.near[:0]
			return
		}
		s.near = append(s.near, e.rect)
	}
}

// drawn is the way along an axis that brings a moved frame in line with other
// cards: an edge or the middle with one of theirs, or a gap as wide as the next.
func drawn(me Rect, a axis, near []Rect, reach float64) (by float64, ok bool) {
	m := magnet{reach: reach}
	mine := a.of(me)
	for i := range near {
		o := a.of(near[i])
		m.offer(o.from - mine.from)
		m.offer(o.to - mine.to)
		m.offer(o.mid() - mine.mid())
		m.offer(o.to - mine.from)
		m.offer(o.from - mine.to)
	}
	n := neighboursOf(me, a, near, reach)
	if n.has[before] && n.has[farBefore] {
		m.offer(n.at[before].to + n.gap(farBefore, before) - mine.from)
	}
	if n.has[after] && n.has[farAfter] {
		m.offer(n.at[after].from - n.gap(after, farAfter) - mine.to)
	}
	if n.has[before] && n.has[after] {
		m.offer((n.at[before].to+n.at[after].from)/2 - mine.mid())
	}
	return m.by, m.found
}

// attract finds the lines that the pulled edges of a frame are drawn to.
func (p *stretch) attract(frame Rect, near []Rect, reach float64) {
	loose := p.of(frame) // neither on the grid nor on a line
	if p.edge&(EdgeLeft|EdgeRight) != 0 {
		p.onX = p.attracted(loose, across, p.edge&EdgeLeft != 0, near, reach)
	}
	if p.edge&(EdgeTop|EdgeBottom) != 0 {
		p.onY = p.attracted(loose, down, p.edge&EdgeTop != 0, near, reach)
	}
}

func (p *stretch) attracted(me Rect, a axis, low bool, near []Rect, reach float64) line {
	m := magnet{reach: reach}
	mine := a.of(me)
	pulled := mine.to
	if low {
		pulled = mine.from
	}
	for i := range near {
		o := a.of(near[i])
		m.offer(o.from - pulled)
		m.offer(o.to - pulled)
		if !p.center { // the middle goes half as far as the edge
			m.offer(2 * (o.mid() - mine.mid()))
		}
	}
	n := neighboursOf(me, a, near, reach)
	switch {
	case low && n.has[before]:
		if n.has[farBefore] {
			m.offer(n.at[before].to + n.gap(farBefore, before) - pulled)
		}
		if n.has[after] && !p.center {
			m.offer(n.at[before].to + n.at[after].from - mine.to - pulled)
		}
	case !low && n.has[after]:
		if n.has[farAfter] {
			m.offer(n.at[after].from - n.gap(after, farAfter) - pulled)
		}
		if n.has[before] && !p.center {
			m.offer(n.at[after].from - (mine.from - n.at[before].to) - pulled)
		}
	}
	return line{pulled + m.by, m.found}
}
