package board

import "math"

// resizes makes the selected cards one step larger or smaller, each from its
// left top corner. Pictures keep their ratio, as under a hand. Steps that
// follow each other are one gesture.
func resizes(d Direction) action {
	return func(s *Session, l *Layout, _ Camera) {
		frames := s.stepFrames(l, d)
		if len(frames) == 0 {
			return
		}
		s.emit(Do{ResizeCards{Frames: frames, Gesture: s.stepped("resize")}})
	}
}

// stepFrames is the frames of the selected cards after a step. Locked cards
// have none unless all are locked, so that the document can say so.
func (s *Session) stepFrames(l *Layout, d Direction) []Frame {
	by := d.Vector().Scale(s.step())
	pull := stretch{by: by, edge: EdgeRight}
	if by.X == 0 {
		pull.edge = EdgeBottom
	}
	var frames []Frame
	for _, id := range s.freeIDs(l) {
		e := l.entries[id]
		if e == nil {
			continue
		}
		p := pull
		p.least = Size{min(leastSide, e.rect.W), min(leastSide, e.rect.H)}
		p.most = Size{maxSide, maxSide}
		p.keep = s.keepsRatio(e.card.kind())
		r := p.of(e.rect)
		r.X, r.Y = e.rect.X, e.rect.Y
		if math.Abs(r.W-e.rect.W) < 0.01 && math.Abs(r.H-e.rect.H) < 0.01 {
			continue
		}
		flows := e.card.Size.H == 0 && s.AutoHeight != nil && s.AutoHeight(e.card.kind())
		frames = append(frames, Frame{ID: id, Rect: r, AsHigh: flows && by.X != 0})
	}
	return frames
}
