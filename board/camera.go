package board

import "math"

// The zoom stays between these.
const (
	MinZoom = 0.02
	MaxZoom = 8
)

// handZoom is where a hand that zooms out stops; only Fit goes farther.
const handZoom = 0.1

// farthest is how far from the origin a camera can go, in board units.
const farthest = 4e7

// fitMargin is the free space around what Fit shows, in screen pixels.
const fitMargin = 40

// Camera says which part of the board a window shows: Origin, in board units,
// is at the left top of the window; Zoom is screen pixels per board unit. The
// zero Camera is at the origin with zoom 1.
type Camera struct {
	Origin Point
	Zoom   float64
}

func (c Camera) zoom() float64 {
	if c.Zoom > 0 && finite(c.Zoom) {
		return min(max(c.Zoom, MinZoom), MaxZoom)
	}
	return 1
}

// ToScreen turns a place on the board into one of the window.
func (c Camera) ToScreen(p Point) Point { return p.Sub(c.Origin).Scale(c.zoom()) }

// ToBoard turns a place of the window into one on the board.
func (c Camera) ToBoard(p Point) Point { return p.Scale(1 / c.zoom()).Add(c.Origin) }

// RectToScreen turns an area of the board into one of the window.
func (c Camera) RectToScreen(r Rect) Rect {
	at, z := c.ToScreen(r.Min()), c.zoom()
	return Rect{at.X, at.Y, r.W * z, r.H * z}
}

// Visible is the area of the board that a window of a size shows.
func (c Camera) Visible(view Size) Rect {
	return Rect{c.Origin.X, c.Origin.Y, view.W / c.zoom(), view.H / c.zoom()}
}

// ZoomAt zooms by a factor and keeps the place under a screen point there. It
// stops at a tenth, or where the camera is when that is farther out.
func (c Camera) ZoomAt(at Point, factor float64) Camera {
	if !(factor > 0) || !finite(factor) || !at.finite() {
		return c
	}
	return c.zoomTo(at, max(c.zoom()*factor, min(handZoom, c.zoom())))
}

func (c Camera) zoomTo(at Point, zoom float64) Camera {
	fixed := c.ToBoard(at)
	c.Zoom = min(max(zoom, MinZoom), MaxZoom)
	c.Origin = fixed.Sub(at.Scale(1 / c.Zoom))
	return c.bounded()
}

// Pan moves the content by screen pixels.
func (c Camera) Pan(by Point) Camera {
	if !by.finite() {
		return c
	}
	c.Origin = c.Origin.Sub(by.Scale(1 / c.zoom()))
	return c.bounded()
}

// bounded keeps the numbers in the range where they are exact enough.
func (c Camera) bounded() Camera {
	c.Zoom = c.zoom()
	c.Origin.X = min(max(c.Origin.X, -farthest), farthest)
	c.Origin.Y = min(max(c.Origin.Y, -farthest), farthest)
	return c
}

// Fit is the camera that shows all of r in a window with some space around,
// never closer than maxZoom.
func Fit(r Rect, view Size, maxZoom float64) Camera {
	zoom := maxZoom
	if r.W > 0 {
		zoom = min(zoom, max(view.W-2*fitMargin, 1)/r.W)
	}
	if r.H > 0 {
		zoom = min(zoom, max(view.H-2*fitMargin, 1)/r.H)
	}
	c := Camera{Zoom: min(max(zoom, MinZoom), MaxZoom)}
	c.Origin = r.Center().Sub(Point{view.W / 2, view.H / 2}.Scale(1 / c.Zoom))
	return c.bounded()
}

// glideMillis is how long the camera takes to a new place.
const glideMillis = 320

// Glide moves a camera smoothly.
type Glide struct {
	From, To Camera
	Millis   float64 // how long it takes
}

// At is the camera ms after the start: fast first, then slowing down. The
// point of the board that both ends show at the same place stays there.
func (g Glide) At(ms float64) Camera {
	if !(ms < g.Millis) {
		return g.To
	}
	t := 1 - math.Pow(1-max(ms, 0)/g.Millis, 3)
	from, to := g.From.zoom(), g.To.zoom()
	zoom, share := from, t
	if math.Abs(to-from) > 1e-9 {
		zoom = from * math.Pow(to/from, t)
		share = to * (zoom - from) / (zoom * (to - from))
	}
	way := g.To.Origin.Sub(g.From.Origin)
	return Camera{Origin: g.From.Origin.Add(way.Scale(share)), Zoom: zoom}
}
