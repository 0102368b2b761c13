package board

import "math"

// maxAsked is how many steps a document may be behind with.
const maxAsked = 64

// resizes makes the selected cards one step larger or smaller, each from its
// left top corner. Pictures keep their ratio, as under a hand. Steps that
// follow each other are one gesture.
func resizes(d Direction) action {
	return func(s *Session, l *Layout, _ Camera) {
		gesture := s.stepped("resize")
		if s.sizing != gesture {
			s.sizing, s.asked = gesture, map[CardID][]Frame{}
		}
		if frames := s.stepFrames(l, d); len(frames) > 0 {
			s.emit(Do{ResizeCards{Frames: frames, Gesture: gesture}})
		}
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
		if e == nil || e.inColumn() || e.card.isColumn() && by.X == 0 {
			continue
		}
		was := s.newest(e)
		p := pull
		p.least = Size{min(leastSide, was.Rect.W), min(leastSide, was.Rect.H)}
		p.most = Size{maxSide, maxSide}
		p.keep = s.keepsRatio(e.card.kind())
		r := p.of(was.Rect)
		r.X, r.Y = was.Rect.X, was.Rect.Y
		next := Frame{ID: id, Rect: r, AsHigh: was.AsHigh && by.X != 0}
		if sameSide(r.W, was.Rect.W) && sameSide(r.H, was.Rect.H) {
			continue // it is as small or as large as can be
		}
		frames = append(frames, next)
		s.asked[id] = append(s.asked[id], next)
	}
	return frames
}

// newest is the frame of a card as the last step of this gesture wants it: the layout
// may not show it yet. It is the layout's when somebody else has changed that.
func (s *Session) newest(e *entry) Frame {
	now := Frame{ID: e.card.ID, Rect: e.rect, AsHigh: e.card.Size.H == 0 && s.AutoHeight != nil && s.AutoHeight(e.card.kind())}
	asked := s.asked[now.ID]
	for _, f := range asked {
		if f.alike(now) {
			s.asked[now.ID] = asked[max(0, len(asked)-maxAsked):]
			return asked[len(asked)-1]
		}
	}
	s.asked[now.ID] = []Frame{now}
	return now
}

// alike says that nobody sees a difference. What is as high as its content is so
// whatever the height was.
func (f Frame) alike(g Frame) bool {
	return f.AsHigh == g.AsHigh && (f.AsHigh || sameSide(f.Rect.H, g.Rect.H)) &&
		sameSide(f.Rect.X, g.Rect.X) && sameSide(f.Rect.Y, g.Rect.Y) && sameSide(f.Rect.W, g.Rect.W)
}

func sameSide(a, b float64) bool { return math.Abs(a-b) < 0.01 }
