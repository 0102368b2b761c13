package ui

import "corkboard/board"

// The minimap is this large at most; it has the shape of what it shows.
const (
	minimapWidth  = 200
	minimapHeight = 140
	minimapLeast  = 4 // the viewport is drawn this large at least
)

// minimapGeometry lays a picture of an area of the board into the minimap.
// Pure; board units on one side, units of the widget on the other.
type minimapGeometry struct {
	area  board.Rect // what is shown
	frame board.Rect // where, in the widget
	scale float64    // widget units per board unit
}

// fitMinimap shows an area in a widget of a size, whole and in the middle.
func fitMinimap(area board.Rect, size board.Size) minimapGeometry {
	g := minimapGeometry{area: area, scale: 1}
	if area.W > 0 && area.H > 0 {
		g.scale = min(size.W/area.W, size.H/area.H)
	}
	w, h := area.W*g.scale, area.H*g.scale
	g.frame = board.Rect{X: (size.W - w) / 2, Y: (size.H - h) / 2, W: w, H: h}
	return g
}

// roomy is an area with space around it, so that a board of few cards does not
// fill the map: at least what a view shows at 100 %.
func roomy(area board.Rect, view board.Size) board.Rect {
	dx, dy := max(0, view.W-area.W)/2, max(0, view.H-area.H)/2
	return board.Rect{X: area.X - dx, Y: area.Y - dy, W: area.W + 2*dx, H: area.H + 2*dy}
}

// onMap turns an area of the board into one of the widget.
func (g minimapGeometry) onMap(r board.Rect) board.Rect {
	return board.Rect{
		X: g.frame.X + (r.X-g.area.X)*g.scale, Y: g.frame.Y + (r.Y-g.area.Y)*g.scale,
		W: r.W * g.scale, H: r.H * g.scale,
	}
}

// toBoard turns a place of the widget into one of the board.
func (g minimapGeometry) toBoard(p board.Point) board.Point {
	return board.Point{X: g.area.X + (p.X-g.frame.X)/g.scale, Y: g.area.Y + (p.Y-g.frame.Y)/g.scale}
}

// viewport is where the camera's view is drawn: cut at the edges of a widget
// of a size, never too small to be seen, and at the nearest edge when the view
// lies outside.
func (g minimapGeometry) viewport(visible board.Rect, size board.Size) board.Rect {
	r := g.onMap(visible)
	x, w := clip(r.X, r.W, size.W)
	y, h := clip(r.Y, r.H, size.H)
	return board.Rect{X: x, Y: y, W: w, H: h}
}

// clip cuts a stretch to 0 … size and keeps minimapLeast of it.
func clip(at, length, size float64) (from, width float64) {
	from, to := max(at, 0), min(at+length, size)
	if to-from < minimapLeast {
		middle := min(max((from+to)/2, minimapLeast/2), size-minimapLeast/2)
		return middle - minimapLeast/2, minimapLeast
	}
	return from, to - from
}

// centred is the camera with a place of the board in the middle of a view.
func centred(c board.Camera, at board.Point, view board.Size) board.Camera {
	half := board.Point{X: view.W / 2, Y: view.H / 2}.Scale(1 / c.Zoom)
	c.Origin = at.Sub(half)
	return c
}
