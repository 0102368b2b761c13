package board

import (
	"cmp"
	"slices"

	"corkboard/doc"
)

// stage is how far a gesture got.
type stage uint8

const (
	idle     stage = iota
	pressing       // a button is down, under dragPixels
	panning
	moving
	marquee
	resizing
	connecting // a connector's end is in the hand
	drawing    // with the pen
)

// gesture is what the hand is doing now.
type gesture struct {
	kind    stage
	button  Button
	mods    Mods
	down    Point // screen: where the button went down
	at      Point // screen: where the pointer is
	from    Point // board: where the button went down
	millis  int64
	card    CardID // that was pressed, or ""
	was     bool   // it was selected before
	double  bool   // the second press of a double-click
	edge    Edge   // the handle that was pressed
	port    CardID // whose dot was pressed, or the card at the other end of
	line    ConnectorID
	lineEnd int // 1 the beginning of it, 2 its end, 0 the line itself
	ghosts
	base Selection // what was selected before a marquee
	into CardID    // the board card that would take what is dropped
	slot Slot      // the place in a column that would
	wait wait      // on it
	out  bool      // over a place outside that would take what is dropped

	lingers bool  // at the edge of the window
	since   int64 // Millis of the first tick there
	ticked  int64 // Millis of the last tick there
}

// ghosts are cards in the hand: not where the document says.
type ghosts struct {
	mode   stage // moving or resizing
	items  []ghost
	by     Point // moving: from the document's places
	anchor Point // moving: the corner that snaps
	frame  Rect  // around the items, as the document says
	to     Rect  // resizing: where the frame goes
	copies bool  // moving: the originals stay

	carried bool   // from another board; places are from the pointer
	origin  doc.ID // that board
}

// ghost is one card in the hand.
type ghost struct {
	card *Card
	rect Rect // as the document says; carried: from the pointer
}

// now is where a ghost is.
func (g *ghosts) now(r Rect) Rect {
	if g.mode == moving {
		return r.Move(g.by)
	}
	return mapRect(r, g.frame, g.to)
}

// before is the area in which what is in r now was.
func (g *ghosts) before(r Rect) Rect {
	if g.mode == moving {
		return r.Move(Point{}.Sub(g.by))
	}
	return mapRect(r, g.to, g.frame)
}

func (g *ghosts) ids() []CardID {
	out := make([]CardID, len(g.items))
	for i := range g.items {
		out[i] = g.items[i].card.ID
	}
	return out
}

// mapRect carries r over from one frame to another.
func mapRect(r, from, to Rect) Rect {
	if r == from {
		return to // exactly
	}
	kx, ky := 1.0, 1.0
	if from.W > 0 {
		kx = to.W / from.W
	}
	if from.H > 0 {
		ky = to.H / from.H
	}
	return Rect{to.X + (r.X-from.X)*kx, to.Y + (r.Y-from.Y)*ky, r.W * kx, r.H * ky}
}

// grab takes the selected cards into the hand, from bottom to top; false when
// none of them is on the board. Locked cards cannot be taken.
func (s *Session) grab(l *Layout) bool {
	g := &s.gesture
	entries := s.grabbed[:0]
	for _, id := range s.Selection.ids {
		if e := l.entries[id]; e != nil && !e.card.Locked && (g.mode == moving || !e.inColumn()) {
			entries = append(entries, e)
		}
	}
	if g.mode == moving {
		entries = l.along(entries)
	}
	slices.SortFunc(entries, func(a, b *entry) int { return cmp.Compare(a.rank, b.rank) })
	s.grabbed = entries
	l.grabs++
	s.hold = l.grabs
	g.items = s.items[:0] // a drop that settles is over when a hand grabs
	for _, e := range entries {
		e.held = s.hold
		g.items = append(g.items, ghost{e.card, e.rect})
	}
	s.items = g.items
	g.frame = boundsOf(entries)
	g.anchor = g.frame.Min()
	if e := l.entries[g.card]; e != nil {
		g.anchor = e.rect.Min()
	}
	return len(entries) > 0
}

// drag carries out what the gesture does with the pointer where it is.
func (s *Session) drag(l *Layout) {
	switch s.gesture.kind {
	case moving:
		s.dragMove(l)
	case marquee:
		s.dragMarquee(l)
	case resizing:
		s.dragResize(l)
	case connecting:
		s.dragConnect(l)
	case drawing:
		s.drawOn()
	}
}

// abort puts everything back; the document never knew.
func (s *Session) abort() {
	g := &s.gesture
	switch {
	case g.kind == idle:
		return
	case g.kind == marquee:
		s.Selection.only(g.base.ids...)
	case g.carried:
		s.emit(CarryBack{From: g.origin})
	}
	s.end()
}

// end lets go of the gesture.
func (s *Session) end() {
	s.gesture = gesture{}
	s.lines = s.lines[:0]
	s.setCursor(s.restCursor())
	s.emit(Repaint{})
}

// settle ends a drag and keeps its ghosts where they were dropped until the
// document says the same, so that nothing jumps back for a frame.
func (s *Session) settle() {
	s.dropped, s.settling = s.gesture.ghosts, true
	s.end()
}

// hand is what the hand holds, or nil.
func (s *Session) hand(l *Layout) *ghosts {
	switch {
	case s.gesture.kind == moving || s.gesture.kind == resizing:
		return &s.gesture.ghosts
	case s.settling && l.revision == s.seen:
		return &s.dropped
	}
	return nil
}

func (s *Session) restCursor() string {
	switch {
	case s.space:
		return "grab"
	case s.Drawing:
		return "crosshair"
	}
	return "default"
}
