package jsoncanvas

import (
	"math"
	"slices"
	"strings"

	"corkboard/board"
)

var (
	sides  = []string{"top", "right", "bottom", "left"}
	ends   = []string{"none", "arrow"}
	styles = []string{"cover", "ratio", "repeat"}
	colors = []string{"1", "2", "3", "4", "5", "6"}
)

// clean takes off what the specification does not allow in the fields that it names; what
// it does not name stays.
func (f fields) clean() {
	delete(f, key)
	for name, allowed := range map[string][]string{
		"backgroundStyle": styles, "fromSide": sides, "toSide": sides, "fromEnd": ends, "toEnd": ends,
	} {
		if _, ok := f[name]; ok && !slices.Contains(allowed, f.text(name)) {
			delete(f, name)
		}
	}
	for _, name := range []string{"label", "background"} {
		if _, ok := f[name]; ok && f.text(name) == "" {
			delete(f, name)
		}
	}
	if c, ok := f["color"]; ok && !slices.Contains(colors, f.text("color")) && !board.ValidColor(f.text("color")) {
		if n := string(c); slices.Contains(colors, n) { // as a number, which some write
			f.put("color", n)
		} else {
			delete(f, "color")
		}
	}
	if _, ok := f["subpath"]; ok && !strings.HasPrefix(f.text("subpath"), "#") {
		delete(f, "subpath")
	}
}

// rect is where a node lies, and whether it says so. Sides that it does not say are 0.
func (f fields) rect() (r board.Rect, ok bool) {
	x, okX := f.number("x")
	y, okY := f.number("y")
	w, _ := f.number("width")
	h, _ := f.number("height")
	far := func(v float64) float64 { return min(max(v, -farNode), farNode) }
	side := func(v float64) float64 { return min(max(v, 0), maxSide) }
	return board.Rect{X: far(x), Y: far(y), W: side(w), H: side(h)}, okX && okY
}

// placed is the place and size of a card: what is kept as it was, while nobody has moved
// or resized its node.
func (o ownNode) placed(r board.Rect) (board.Point, board.Size) {
	if len(o.Place) == 4 && slices.Equal(o.Drawn, []float64{r.X, r.Y, r.W, r.H}) {
		p := o.Place
		if inside(p[0]) && inside(p[1]) && p[2] >= 0 && p[2] <= maxSide && p[3] >= 0 && p[3] <= maxSide {
			return board.Point{X: p[0], Y: p[1]}, board.Size{W: p[2], H: p[3]}
		}
	}
	if r.W == 0 {
		return r.Min(), board.Size{}
	}
	return r.Min(), r.Size()
}

func inside(v float64) bool { return math.Abs(v) <= farNode }
