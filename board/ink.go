package board

import (
	"math"
	"slices"
)

// KindInk is the kind of cards that are one stroke of a pen.
const KindInk = "ink"

// Limits of a stroke.
const (
	maxStroke   = 20_000 // places of the hand that are kept
	MaxInk      = 4_000  // points of a stroke that is stored
	inkTolerant = 0.6    // screen pixels that a stored stroke may be off
	inkPad      = 3      // board units around the line
	inkReach    = 6      // screen pixels beside the line that are still on it
)

// Pen is what strokes are drawn with.
type Pen struct {
	Colour string  // "#rrggbb", or "" for ink that can be read on the board
	Width  float64 // board units
}

// PenColours and PenWidths are what a pen can have, the first ones at first.
var (
	PenColours = []string{"", "#c4342d", "#2f6fde", "#207d46", "#e0a100"}
	PenWidths  = []float64{3, 6, 12}
)

// nextPen gives the pen the next colour, or the next width.
func nextPen(colour bool) action {
	return func(s *Session, _ *Layout, _ Camera) {
		if colour {
			s.Pen.Colour = follows(PenColours, s.Pen.Colour)
		} else {
			s.Pen.Width = follows(PenWidths, s.Pen.Width)
		}
		s.Drawing = true
		s.setCursor(s.restCursor())
		s.emit(Repaint{})
	}
}

// follows is the one after another in a circle.
func follows[T comparable](all []T, one T) T {
	return all[(slices.Index(all, one)+1)%len(all)]
}

// NewInk makes a card of a stroke.
type NewInk struct {
	At     Point   // of the card, board units
	Size   Size    // of the card
	Points []Point // from At
	Pen    Pen
	On     CardID // the card that carries it, or ""
}

func (NewInk) effect() {}

// stroke is a line that is drawn, or that was drawn last.
type stroke struct {
	points []Point // board units
	on     CardID
	dried  bool   // it is on its way to the board,
	asOf   uint64 // and is shown as long as the layout is of this revision
}

// drawOn adds the place of the hand to the stroke.
func (s *Session) drawOn() {
	p := s.Camera.ToBoard(s.gesture.at)
	pts := s.ink.points
	if n := len(pts); n > 0 && (n >= maxStroke || p.Sub(pts[n-1]).Len()*s.Camera.zoom() < 1) {
		return
	}
	s.ink.points = append(pts, p)
	s.emit(Repaint{})
}

// endStroke makes a card of the stroke.
func (s *Session) endStroke(l *Layout) {
	pts := Simplify(s.ink.points, inkTolerant/s.Camera.zoom())
	on := s.ink.on
	s.end()
	if len(pts) == 0 {
		return
	}
	area := strokeArea(pts, s.Pen.Width)
	rel := make([]Point, len(pts))
	for i, p := range pts {
		rel[i] = p.Sub(area.Min())
	}
	s.ink = stroke{points: pts, dried: true, asOf: l.revision}
	at := area.Min()
	if e := l.entries[on]; e != nil {
		at = e.stored(at)
	}
	s.emit(NewInk{At: at, Size: area.Size(), Points: rel, Pen: s.Pen, On: on})
}

// strokeArea is the card around a stroke: no side is shorter than a card's may be.
func strokeArea(pts []Point, width float64) Rect {
	lo, hi := pts[0], pts[0]
	for _, p := range pts {
		lo, hi = Point{min(lo.X, p.X), min(lo.Y, p.Y)}, Point{max(hi.X, p.X), max(hi.Y, p.Y)}
	}
	r := RectBetween(lo, hi).Inset(-width/2 - inkPad)
	return r.grownTo(minSide)
}

func (r Rect) grownTo(side float64) Rect {
	if d := side - r.W; d > 0 {
		r.X, r.W = r.X-d/2, side
	}
	if d := side - r.H; d > 0 {
		r.Y, r.H = r.Y-d/2, side
	}
	// As places and sizes are stored.
	return Rect{math.Floor(r.X), math.Floor(r.Y), math.Ceil(r.W) + 1, math.Ceil(r.H) + 1}
}

// Simplify leaves out points that are not farther than a tolerance from the line
// through the others (Ramer, Douglas, Peucker), and so many that at most MaxInk
// are left.
func Simplify(pts []Point, tolerance float64) []Point {
	for {
		out := simplified(pts, tolerance)
		if len(out) <= MaxInk {
			return out
		}
		tolerance = max(tolerance*2, 0.1)
	}
}

func simplified(pts []Point, tolerance float64) []Point {
	if len(pts) < 3 {
		return append([]Point(nil), pts...)
	}
	keep := make([]bool, len(pts))
	keep[0], keep[len(pts)-1] = true, true
	for todo := [][2]int{{0, len(pts) - 1}}; len(todo) > 0; {
		part := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		far, at := tolerance, 0
		for i := part[0] + 1; i < part[1]; i++ {
			if d := distance(pts[i], pts[part[0]], pts[part[1]]); d > far {
				far, at = d, i
			}
		}
		if at > 0 {
			keep[at] = true
			todo = append(todo, [2]int{part[0], at}, [2]int{at, part[1]})
		}
	}
	var out []Point
	for i, p := range pts {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// A curve between two points is drawn of straight lines of about this length, of not
// more than so many.
const (
	smoothStep  = 5 // board units
	smoothSteps = 32
)

// Smooth draws curves through the middles between points, so that a stroke of few
// points has no corners.
func Smooth(pts []Point) []Point {
	if len(pts) < 3 {
		return pts
	}
	out := []Point{pts[0]}
	from := pts[0]
	for i := 1; i < len(pts)-1; i++ {
		to := pts[i].Add(pts[i+1]).Scale(.5)
		if i == len(pts)-2 {
			to = pts[i+1]
		}
		long := pts[i].Sub(from).Len() + to.Sub(pts[i]).Len()
		steps := math.Ceil(min(max(long/smoothStep, 1), smoothSteps))
		for k := 1.0; k <= steps; k++ {
			t := k / steps
			a, b := from.Scale((1-t)*(1-t)), pts[i].Scale(2*t*(1-t))
			out = append(out, a.Add(b).Add(to.Scale(t*t)))
		}
		from = to
	}
	return out
}

// NearStroke reports whether a place is not farther than reach from a stroke.
func NearStroke(p Point, pts []Point, reach float64) bool {
	if len(pts) == 1 {
		return p.Sub(pts[0]).Len() <= reach
	}
	for i := 1; i < len(pts); i++ {
		if distance(p, pts[i-1], pts[i]) <= reach {
			return true
		}
	}
	return false
}

// takesPen begins a stroke, if a pen is in the hand.
func (s *Session) takesPen(l *Layout) bool {
	if !s.Drawing || s.space {
		return false
	}
	g := &s.gesture
	g.kind = drawing
	s.ink = stroke{points: []Point{g.from}}
	if c := l.Hit(g.from); c != nil && c.kind() != KindInk && !OnGround(c.kind()) {
		s.ink.on = c.ID
	}
	return true
}

// drawsOrNot takes the pen, or puts it away.
func drawsOrNot(s *Session, _ *Layout, _ Camera) {
	s.Drawing = !s.Drawing
	if s.Drawing {
		s.pick()
		s.Hover, s.ports = "", ""
	}
	s.setCursor(s.restCursor())
	s.emit(Repaint{})
}

// projectStroke adds the stroke that is drawn, and the last one until it is a card.
func (s *Session) projectStroke(l *Layout, out *View) {
	out.Stroke, out.Pen, out.Drawing = out.Stroke[:0], s.Pen, s.Drawing
	live := s.gesture.kind == drawing || s.ink.dried && s.ink.asOf == l.revision
	if !live {
		return
	}
	for _, p := range Smooth(Simplify(s.ink.points, inkTolerant/s.Camera.zoom())) {
		out.Stroke = append(out.Stroke, out.Camera.ToScreen(p))
	}
}

// DropInk forgets the stroke that was drawn last, where it does not become a card.
func (s *Session) DropInk() { s.ink = stroke{} }
