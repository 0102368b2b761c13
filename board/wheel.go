package board

import "math"

// wheelZoom is how much one pixel of the wheel zooms, in the exponent: a notch
// of 10 is a tenth closer.
const wheelZoom = 0.01

// Edge scrolling: a drag that lingers near the edge of the window moves the
// camera.
const (
	edgePixels = 8
	edgeMillis = 200
	edgeSpeed  = 0.8 // screen pixels per millisecond
	maxTick    = 50  // milliseconds that one tick can count for
)

func (s *Session) onWheel(e Wheel, l *Layout) {
	s.stopGlide()
	s.mods = e.Mods
	if s.Editing != "" {
		if r, ok := l.Rect(s.Editing); ok && r.Contains(s.Camera.ToBoard(e.At)) {
			return // the live editor scrolls
		}
	}
	by := Point{e.DX, e.DY}
	zooms := e.Mods.Has(Mod) != s.WheelZooms
	if c := s.scrolled(e, l); c != nil && !zooms {
		s.emit(Scroll{ID: c.ID, By: -by.Y / s.Camera.zoom()})
		return
	}
	switch {
	case zooms:
		s.setCamera(s.Camera.ZoomAt(e.At, math.Exp(min(max(by.Y, -200), 200)*wheelZoom)))
	case e.Mods.Has(Shift) && by.X == 0:
		s.setCamera(s.Camera.Pan(Point{by.Y, 0}))
	default:
		s.setCamera(s.Camera.Pan(by))
	}
	s.drag(l)
	s.hover(l)
}

// scrolled is the one selected card under the wheel if the wheel scrolls it.
func (s *Session) scrolled(e Wheel, l *Layout) *Card {
	if s.Scrolls == nil || s.gesture.kind != idle || e.Mods.Has(Shift) || math.Abs(e.DX) > math.Abs(e.DY) {
		return nil
	}
	c := s.single(l)
	if c == nil || l.Hit(s.Camera.ToBoard(e.At)) != c || !s.Scrolls(c) {
		return nil
	}
	return c
}

// Animating reports whether the session wants ticks: the camera glides, or a
// drag lingers at the edge of the window or on a board card.
func (s *Session) Animating() bool {
	return s.gliding || s.lingering() != Point{} || s.waiting()
}

func (s *Session) onTick(e Tick, l *Layout) {
	if s.gliding {
		if s.begun < 0 {
			s.begun = e.Millis
		}
		ms := float64(e.Millis - s.begun)
		s.gliding = ms < s.glide.Millis
		s.setCamera(s.glide.At(ms))
		if !s.gliding {
			s.hover(l)
		}
	}
	s.waitOn(e.Millis)
	g := &s.gesture
	way := s.lingering()
	if way == (Point{}) {
		g.lingers = false
		return
	}
	if !g.lingers {
		g.lingers, g.since, g.ticked = true, e.Millis, e.Millis
	}
	if e.Millis-g.since >= edgeMillis {
		ms := float64(min(max(e.Millis-g.ticked, 0), maxTick))
		s.setCamera(s.Camera.Pan(way.Scale(-ms * edgeSpeed)))
		s.drag(l)
	}
	g.ticked = e.Millis
}

// lingering is the way to the edge of the window that a drag is close to,
// unless it is over a place that takes it.
func (s *Session) lingering() Point {
	g := &s.gesture
	var way Point
	if g.kind != moving && g.kind != marquee && g.kind != resizing || g.out || s.Viewport == (Size{}) {
		return way
	}
	switch {
	case g.at.X < edgePixels:
		way.X = -1
	case g.at.X > s.Viewport.W-edgePixels:
		way.X = 1
	}
	switch {
	case g.at.Y < edgePixels:
		way.Y = -1
	case g.at.Y > s.Viewport.H-edgePixels:
		way.Y = 1
	}
	return way
}

// FitAll glides to where all cards are in view.
func (s *Session) FitAll(l *Layout) { s.glideTo(Fit(l.Bounds(), s.Viewport, 1)) }

// FitSelection glides to the selected cards; without any, to all.
func (s *Session) FitSelection(l *Layout) {
	o := s.outline(l)
	if !o.some {
		s.FitAll(l)
		return
	}
	s.glideTo(Fit(o.all, s.Viewport, 1))
}

// Reveal glides just far enough that a card is in view.
func (s *Session) Reveal(id CardID, l *Layout) {
	if r, ok := l.Rect(id); ok {
		s.revealRect(r)
	}
}

func (s *Session) revealRect(r Rect) {
	c := s.Camera
	on := c.RectToScreen(r)
	by := Point{into(on.X, on.W, s.Viewport.W), into(on.Y, on.H, s.Viewport.H)}
	if by != (Point{}) {
		s.glideTo(c.Pan(by))
	}
}

// into is the way that brings a stretch into a window; of what is too long,
// its beginning.
func into(at, length, window float64) float64 {
	switch {
	case at < fitMargin || length > window-2*fitMargin:
		return fitMargin - at
	case at+length > window-fitMargin:
		return window - fitMargin - at - length
	}
	return 0
}

func (s *Session) glideTo(c Camera) {
	s.gliding = false
	if c == s.Camera || s.Viewport == (Size{}) {
		return
	}
	if s.NoGlide {
		s.setCamera(c)
		return
	}
	s.glide = Glide{From: s.Camera, To: c, Millis: glideMillis}
	s.gliding, s.begun = true, -1
	s.emit(Repaint{})
}

func (s *Session) stopGlide() { s.gliding = false }

// target is where the camera is or glides to.
func (s *Session) target() Camera {
	if s.gliding {
		return s.glide.To
	}
	return s.Camera
}
