package board

import (
	"math"
	"slices"
)

// leastSide is the side in board units below which a handle makes no card.
const leastSide = 40

// Handles in screen pixels.
const (
	handleSide  = 8
	handleReach = 4  // beyond the drawn square
	handleRoom  = 48 // a side shorter than this has no handle in its middle
	handleLeast = 16 // a frame smaller than this has no handles
)

var edges = [...]Edge{
	EdgeLeft | EdgeTop, EdgeRight | EdgeTop, EdgeRight | EdgeBottom, EdgeLeft | EdgeBottom,
	EdgeTop, EdgeRight, EdgeBottom, EdgeLeft,
}

// appendHandles makes the handles of a frame on the screen.
func appendHandles(out []Handle, frame Rect) []Handle {
	if frame.W < handleLeast && frame.H < handleLeast {
		return out
	}
	c := frame.Center()
	for _, e := range edges {
		at := c
		switch {
		case e&EdgeLeft != 0:
			at.X = frame.X
		case e&EdgeRight != 0:
			at.X = frame.X + frame.W
		}
		switch {
		case e&EdgeTop != 0:
			at.Y = frame.Y
		case e&EdgeBottom != 0:
			at.Y = frame.Y + frame.H
		}
		if !e.Corner() && (at.X == c.X && frame.W < handleRoom || at.Y == c.Y && frame.H < handleRoom) {
			continue
		}
		out = append(out, Handle{Rect{at.X - handleSide/2, at.Y - handleSide/2, handleSide, handleSide}, e})
	}
	return out
}

// handleAt is the handle under a screen point, or 0.
func (s *Session) handleAt(at Point, l *Layout) Edge {
	frame, ok := s.frame(l)
	if !ok || s.Editing != "" {
		return 0
	}
	frame = s.Camera.RectToScreen(frame)
	if !frame.Inset(-handleSide - handleReach).Contains(at) {
		return 0
	}
	var room [len(edges)]Handle
	for _, h := range appendHandles(room[:0], frame) {
		if h.Rect.Inset(-handleReach).Contains(at) {
			return h.Edge
		}
	}
	return 0
}

// dragResize stretches what is in the hand.
func (s *Session) dragResize(l *Layout) {
	g := &s.gesture
	keep := false
	least, most := Size{}, Size{math.Inf(1), math.Inf(1)}
	for _, it := range g.items {
		keep = keep || s.keepsRatio(it.card.kind())
		kx, ky := g.frame.W/it.rect.W, g.frame.H/it.rect.H
		least.W, least.H = max(least.W, kx*min(leastSide, it.rect.W)), max(least.H, ky*min(leastSide, it.rect.H))
		most.W, most.H = min(most.W, kx*maxSide), min(most.H, ky*maxSide)
	}
	edge := g.edge
	if !slices.ContainsFunc(g.items, func(it ghost) bool { return !it.card.isColumn() }) {
		edge &^= EdgeTop | EdgeBottom // columns are as high as what is in them
	}
	pull := stretch{
		edge: edge, by: s.Camera.ToBoard(g.at).Sub(g.from),
		keep: keep != g.mods.Has(Shift), center: g.mods.Has(Alt), least: least, most: most,
	}
	guided := s.Guides && !g.mods.Has(Mod)
	if guided {
		s.lookNear(l)
		pull.attract(g.frame, s.near, guidePixels/s.Camera.zoom())
	}
	if s.Snap && !g.mods.Has(Mod) {
		pull.step = Grid
	}
	g.to = pull.of(g.frame)
	s.lines = s.lines[:0]
	if guided {
		s.lines = appendGuides(s.lines, g.to, s.near, g.edge)
	}
	s.setCursor(edgeCursor(g.edge))
	s.emit(Repaint{})
}

// dropResize ends a resize: one command, or none when nothing changed.
func (s *Session) dropResize() {
	g := &s.gesture
	if g.to == g.frame {
		s.end()
		return
	}
	frames := make([]Frame, len(g.items))
	sideways := g.edge&(EdgeTop|EdgeBottom) == 0
	for i, it := range g.items {
		flows := it.card.Size.H == 0 && s.AutoHeight != nil && s.AutoHeight(it.card.kind())
		frames[i] = Frame{ID: it.card.ID, Rect: g.now(it.rect), AsHigh: sideways && flows}
	}
	s.emit(Do{ResizeCards{Frames: frames}})
	s.settle()
}

// stretch is a pull at an edge or corner of a frame.
type stretch struct {
	edge        Edge
	by          Point
	step        float64 // of the grid, or 0
	onX, onY    line    // goes before the grid
	keep        bool    // width : height
	center      bool    // the middle stays
	least, most Size
}

// of is the frame after the pull.
func (p stretch) of(r Rect) Rect {
	lowX, highX := p.edge&EdgeLeft != 0, p.edge&EdgeRight != 0
	lowY, highY := p.edge&EdgeTop != 0, p.edge&EdgeBottom != 0
	w := p.length(r.X, r.W, lowX, highX, p.by.X, p.onX)
	h := p.length(r.Y, r.H, lowY, highY, p.by.Y, p.onY)
	if p.keep && r.W > 0 && r.H > 0 {
		k := w / r.W
		loose := p // which side the hand pulls more, grid and lines aside
		loose.step = 0
		kx := loose.length(r.X, r.W, lowX, highX, p.by.X, line{})/r.W - 1
		ky := loose.length(r.Y, r.H, lowY, highY, p.by.Y, line{})/r.H - 1
		if math.Abs(ky) > math.Abs(kx) {
			k = h / r.H
		}
		k = max(min(k, p.most.W/r.W, p.most.H/r.H), p.least.W/r.W, p.least.H/r.H)
		w, h = r.W*k, r.H*k
	} else {
		w, h = max(min(w, p.most.W), p.least.W), max(min(h, p.most.H), p.least.H)
	}
	return Rect{p.start(r.X, r.W, w, lowX, highX), p.start(r.Y, r.H, h, lowY, highY), w, h}
}

// length is the new length of one side.
func (p stretch) length(at, length float64, low, high bool, by float64, on line) float64 {
	d := 0.0
	switch {
	case low:
		d = at - on.or(snap(at+by, p.step))
	case high:
		d = on.or(snap(at+length+by, p.step)) - at - length
	}
	if p.center {
		d *= 2
	}
	return length + d
}

// start is where one side begins when its length goes from was to now: the
// end that is not pulled stays, or the middle.
func (p stretch) start(at, was, now float64, low, high bool) float64 {
	switch {
	case p.center || !low && !high:
		return at + (was-now)/2
	case low:
		return at + was - now
	}
	return at
}
