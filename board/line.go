package board

import (
	"math"
	"slices"
)

// Forms of a connector, in board units.
const (
	lineGap    = 4   // between its ends and the cards
	headLength = 11  // of an arrowhead's sides
	headAngle  = 0.5 // radians, between a side and the line
	labelReach = 120 // how far a label may lie beside its line
)

// Line is where a connector lies.
type Line struct {
	Connector *Connector
	From, To  Point
	Selected  bool
	Held      bool // one of its cards is in the hand

	from, to *entry
}

// Middle is where the label stands.
func (l Line) Middle() Point { return l.From.Add(l.To).Scale(.5) }

// Strokes appends what the line is drawn of: itself and two sides for each
// arrowhead. scale is how many units of its points a board unit has.
func (l Line) Strokes(scale float64, out [][2]Point) [][2]Point {
	out = append(out, [2]Point{l.From, l.To})
	way := l.To.Sub(l.From)
	long := min(headLength*scale, way.Len()*0.8)
	if long <= 0 {
		return out
	}
	back := way.Scale(long / way.Len())
	head := func(tip, back Point) {
		for _, turn := range [...]float64{headAngle, -headAngle} {
			sin, cos := math.Sincos(turn)
			out = append(out, [2]Point{tip, tip.Add(Point{back.X*cos - back.Y*sin, back.X*sin + back.Y*cos})})
		}
	}
	if l.Connector.Heads&HeadTo != 0 {
		head(l.To, back.Scale(-1))
	}
	if l.Connector.Heads&HeadFrom != 0 {
		head(l.From, back)
	}
	return out
}

// Meets reports whether the line, its arrowheads or its label may reach into an
// area; all in board units.
func (l Line) Meets(area Rect) bool {
	room := float64(2 * headLength)
	if l.Connector.Label != "" {
		room = labelReach
	}
	return RectBetween(l.From, l.To).Inset(-room).Intersects(area)
}

// lineBetween is the part between two areas of the line through their middles;
// false when there is none.
func lineBetween(a, b Rect) (from, to Point, ok bool) {
	ca, cb := a.Center(), b.Center()
	way := cb.Sub(ca)
	long := way.Len()
	if !(long > 0) {
		return from, to, false
	}
	leave, enter := exitOf(a, way)+lineGap/long, 1-exitOf(b, way)-lineGap/long
	if leave >= enter {
		return from, to, false
	}
	return ca.Add(way.Scale(leave)), ca.Add(way.Scale(enter)), true
}

// Between is the connector between two areas in units of which a board unit has
// scale; false when they leave no room for it.
func (l Line) Between(from, to Rect, scale float64) (Line, bool) {
	a, b, ok := lineBetween(Rect{from.X / scale, from.Y / scale, from.W / scale, from.H / scale}, Rect{to.X / scale, to.Y / scale, to.W / scale, to.H / scale})
	l.From, l.To = a.Scale(scale), b.Scale(scale)
	return l, ok
}

// exitOf is the part of a way from the middle of an area that lies in it.
func exitOf(r Rect, way Point) float64 {
	part := math.Inf(1)
	if way.X != 0 {
		part = r.W / 2 / math.Abs(way.X)
	}
	if way.Y != 0 {
		part = min(part, r.H/2/math.Abs(way.Y))
	}
	return part
}

// relink finds the cards of all connectors again.
func (l *Layout) relink() {
	l.links = l.links[:0]
	for _, c := range l.board.Connectors {
		from, to := l.entries[c.From], l.entries[c.To]
		if from != nil && to != nil {
			l.links = append(l.links, Line{Connector: c, from: from, to: to})
		}
	}
	l.lined = 0
	l.lineRevision++
}

// Lines is where the connectors of all cards that are here lie, in board units
// and ordered by id. The slice belongs to the layout until the next change.
func (l *Layout) Lines() []Line {
	if l.lined == l.revision+1 {
		return l.lines
	}
	l.lined = l.revision + 1
	l.lines = l.lines[:0]
	for _, x := range l.links {
		if from, to, ok := lineBetween(x.from.rect, x.to.rect); ok {
			x.From, x.To = from, to
			l.lines = append(l.lines, x)
		}
	}
	return l.lines
}

// LineRevision grows with every change of connectors; where they lie changes
// with Revision, too.
func (l *Layout) LineRevision() uint64 { return l.lineRevision }

// Line is where a connector lies; false when it is not shown.
func (l *Layout) Line(id ConnectorID) (Line, bool) {
	lines := l.Lines()
	i := slices.IndexFunc(lines, func(x Line) bool { return x.Connector.ID == id })
	if id == "" || i < 0 {
		return Line{}, false
	}
	return lines[i], true
}

// hitLine is the connector nearest to a place, not farther than reach; "" is
// none.
func (l *Layout) hitLine(p Point, reach float64) ConnectorID {
	best, id := reach, ConnectorID("")
	for i := range l.Lines() {
		x := &l.lines[i]
		if !RectBetween(x.From, x.To).Inset(-reach).Contains(p) {
			continue
		}
		if d := distance(p, x.From, x.To); d <= best {
			best, id = d, x.Connector.ID
		}
	}
	return id
}

// distance is how far a place is from a stretch.
func distance(p, a, b Point) float64 {
	way := b.Sub(a)
	k := 0.0
	if long := way.X*way.X + way.Y*way.Y; long > 0 {
		k = min(max(((p.X-a.X)*way.X+(p.Y-a.Y)*way.Y)/long, 0), 1)
	}
	return p.Sub(a.Add(way.Scale(k))).Len()
}
