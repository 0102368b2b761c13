package renderers

import (
	"time"

	"corkboard/board"
)

// glideTime is how long a pointer takes to where it was last seen. They come
// thirty times a second: it never stands still between two.
const glideTime = 80 * time.Millisecond

// glide moves what somebody holds and points with from where it is drawn to
// where it is. Each newer state takes the place of the one before: nothing lags
// behind.
type glide struct {
	from, goal hand
	began      time.Time
}

// hand is what moves smoothly.
type hand struct {
	points  bool
	pointer board.Point
	drag    []board.Rect
}

// to sets another goal. What was not there before begins at it.
func (g *glide) to(s Presence, now time.Time) {
	goal := hand{s.Points, s.Pointer, s.Drag}
	at := g.at(now)
	if !at.points {
		at.pointer = goal.pointer
	}
	if len(at.drag) != len(goal.drag) {
		at.drag = goal.drag
	}
	at.points = goal.points
	*g = glide{from: at, goal: goal, began: now}
	if at.equal(goal) {
		g.began = time.Time{}
	}
}

// part is how much of the way is done; 1 is the goal.
func (g *glide) part(now time.Time) float64 {
	past := now.Sub(g.began)
	if past < 0 || past >= glideTime { // the clock may be set back
		return 1
	}
	return float64(past) / float64(glideTime)
}

// at is the hand as it is drawn now.
func (g *glide) at(now time.Time) hand {
	t := g.part(now)
	if t == 1 {
		return g.goal
	}
	h := hand{points: g.goal.points, pointer: board.Point{
		X: between(g.from.pointer.X, g.goal.pointer.X, t),
		Y: between(g.from.pointer.Y, g.goal.pointer.Y, t),
	}}
	for i, to := range g.goal.drag {
		from := g.from.drag[i]
		h.drag = append(h.drag, board.Rect{
			X: between(from.X, to.X, t), Y: between(from.Y, to.Y, t),
			W: between(from.W, to.W, t), H: between(from.H, to.H, t),
		})
	}
	return h
}

func (h hand) equal(o hand) bool {
	if h.points != o.points || h.pointer != o.pointer || len(h.drag) != len(o.drag) {
		return false
	}
	for i := range h.drag {
		if h.drag[i] != o.drag[i] {
			return false
		}
	}
	return true
}

func between(a, b, t float64) float64 { return a + (b-a)*t }
