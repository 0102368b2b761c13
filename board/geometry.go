package board

import "math"

// Grid is the distance in board units that things snap to.
const Grid = 20

// Point is a place, or a way from one place to another.
type Point struct{ X, Y float64 }

// Add is p moved by q.
func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Sub is the way from q to p.
func (p Point) Sub(q Point) Point { return Point{p.X - q.X, p.Y - q.Y} }

// Scale is p times k.
func (p Point) Scale(k float64) Point { return Point{p.X * k, p.Y * k} }

// Len is the distance from the origin.
func (p Point) Len() float64 { return math.Hypot(p.X, p.Y) }

// Snap is the nearest point of a grid; a step of 0 or less leaves p alone.
func (p Point) Snap(step float64) Point {
	return Point{snap(p.X, step), snap(p.Y, step)}
}

func snap(x, step float64) float64 {
	if step <= 0 {
		return x
	}
	return math.Round(x/step) * step
}

func (p Point) finite() bool { return finite(p.X) && finite(p.Y) }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// Size is a width and a height. The zero Size of a card means: as large as
// its content.
type Size struct{ W, H float64 }

// Rect is an area: its left top corner and its size, never negative.
type Rect struct{ X, Y, W, H float64 }

// RectAt is the rectangle of a size at a place.
func RectAt(at Point, s Size) Rect { return Rect{at.X, at.Y, s.W, s.H} }

// RectBetween is the rectangle that has a and b as opposite corners.
func RectBetween(a, b Point) Rect {
	return Rect{min(a.X, b.X), min(a.Y, b.Y), math.Abs(a.X - b.X), math.Abs(a.Y - b.Y)}
}

// Min is the left top corner.
func (r Rect) Min() Point { return Point{r.X, r.Y} }

// Max is the right bottom corner.
func (r Rect) Max() Point { return Point{r.X + r.W, r.Y + r.H} }

// Size is the rectangle's width and height.
func (r Rect) Size() Size { return Size{r.W, r.H} }

// Center is the middle.
func (r Rect) Center() Point { return Point{r.X + r.W/2, r.Y + r.H/2} }

// Contains reports whether p is inside; the right and bottom edge are not.
func (r Rect) Contains(p Point) bool {
	return p.X >= r.X && p.X < r.X+r.W && p.Y >= r.Y && p.Y < r.Y+r.H
}

// Intersects reports whether the two share a point or an edge.
func (r Rect) Intersects(o Rect) bool {
	return r.X <= o.X+o.W && o.X <= r.X+r.W && r.Y <= o.Y+o.H && o.Y <= r.Y+r.H
}

// Union is the smallest rectangle around both. An empty rectangle (no width
// and no height) adds nothing.
func (r Rect) Union(o Rect) Rect {
	if r.W == 0 && r.H == 0 {
		return o
	}
	if o.W == 0 && o.H == 0 {
		return r
	}
	x, y := min(r.X, o.X), min(r.Y, o.Y)
	return Rect{x, y, max(r.X+r.W, o.X+o.W) - x, max(r.Y+r.H, o.Y+o.H) - y}
}

// Inset moves all edges inwards by d (outwards when d is negative); what has
// no room left shrinks to its centre.
func (r Rect) Inset(d float64) Rect {
	out := Rect{r.X + d, r.Y + d, r.W - 2*d, r.H - 2*d}
	if out.W < 0 {
		out.X, out.W = r.X+r.W/2, 0
	}
	if out.H < 0 {
		out.Y, out.H = r.Y+r.H/2, 0
	}
	return out
}

// Move is r moved by d.
func (r Rect) Move(d Point) Rect { return Rect{r.X + d.X, r.Y + d.Y, r.W, r.H} }

// Snap puts the left top corner on a grid and keeps the size.
func (r Rect) Snap(step float64) Rect { return RectAt(r.Min().Snap(step), r.Size()) }

// Edge names the edges of a rectangle that a handle moves: one, or two that
// meet in a corner.
type Edge uint8

// The edges; a corner is the sum of two.
const (
	EdgeLeft Edge = 1 << iota
	EdgeTop
	EdgeRight
	EdgeBottom
)

// Corner reports whether e moves two edges.
func (e Edge) Corner() bool {
	return e&(EdgeLeft|EdgeRight) != 0 && e&(EdgeTop|EdgeBottom) != 0
}

// Direction is where arrows point.
type Direction uint8

// The four directions.
const (
	Left Direction = iota
	Up
	Right
	Down
)

// Vector is the direction as a way of length 1.
func (d Direction) Vector() Point {
	return [...]Point{{-1, 0}, {0, -1}, {1, 0}, {0, 1}}[d&3]
}
