package ui

import (
	"math"
	"testing"

	"corkboard/board"
)

var mapSize = board.Size{W: 200, H: 140}

func TestMinimapShowsAllOfTheArea(t *testing.T) {
	for _, area := range []board.Rect{
		{X: -500, Y: 20, W: 4000, H: 1000},
		{X: 0, Y: 0, W: 100, H: 30000},
		{X: 7, Y: 7, W: 1, H: 1},
		{},
	} {
		g := fitMinimap(area, mapSize)
		on := g.onMap(area)
		if on.X < -1e-9 || on.Y < -1e-9 || on.X+on.W > mapSize.W+1e-9 || on.Y+on.H > mapSize.H+1e-9 {
			t.Errorf("%v lies at %v", area, on)
		}
		if left, right := on.X, mapSize.W-on.X-on.W; math.Abs(left-right) > 1e-9 {
			t.Errorf("%v is not in the middle: %v and %v", area, left, right)
		}
		p := board.Point{X: 33, Y: 44}
		at := g.onMap(board.RectAt(g.toBoard(p), board.Size{}))
		if math.Abs(at.X-p.X) > 1e-6 || math.Abs(at.Y-p.Y) > 1e-6 {
			t.Errorf("%v comes back as %v", p, at)
		}
	}
}

func TestMinimapViewportIsSeenWhereverTheCameraIs(t *testing.T) {
	g := fitMinimap(board.Rect{W: 2000, H: 1400}, mapSize)
	for _, c := range []struct {
		name    string
		visible board.Rect
		want    board.Rect
	}{
		{"inside", board.Rect{X: 200, Y: 100, W: 400, H: 300}, board.Rect{X: 20, Y: 10, W: 40, H: 30}},
		{"over the edge", board.Rect{X: -200, Y: 1300, W: 400, H: 300}, board.Rect{X: 0, Y: 130, W: 20, H: 10}},
		{"all of it", board.Rect{X: -1e6, Y: -1e6, W: 3e6, H: 3e6}, board.Rect{W: 200, H: 140}},
		{"far outside", board.Rect{X: 1e6, Y: -1e6, W: 400, H: 300}, board.Rect{X: 196, Y: 0, W: 4, H: 4}},
		{"very close", board.Rect{X: 1000, Y: 700, W: 1, H: 1}, board.Rect{X: 98.05, Y: 68.05, W: 4, H: 4}},
	} {
		got := g.viewport(c.visible, mapSize)
		for _, d := range []float64{got.X - c.want.X, got.Y - c.want.Y, got.W - c.want.W, got.H - c.want.H} {
			if math.Abs(d) > 1e-6 {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
				break
			}
		}
	}
}

func TestCentredPutsAPlaceInTheMiddle(t *testing.T) {
	view, at := board.Size{W: 800, H: 600}, board.Point{X: 123, Y: -45}
	for _, zoom := range []float64{0.02, 0.5, 1, 8} {
		c := centred(board.Camera{Origin: board.Point{X: 9, Y: 9}, Zoom: zoom}, at, view)
		got := c.ToScreen(at)
		if math.Abs(got.X-400) > 1e-6 || math.Abs(got.Y-300) > 1e-6 || c.Zoom != zoom {
			t.Errorf("at zoom %v the place is at %v", zoom, got)
		}
	}
}

func TestMinimapOfFewCardsHasRoom(t *testing.T) {
	view := board.Size{W: 1200, H: 800}
	small := roomy(board.Rect{X: 100, Y: 100, W: 200, H: 50}, view)
	if (small != board.Rect{X: -400, Y: -275, W: 1200, H: 800}) {
		t.Errorf("a small area becomes %v", small)
	}
	large := board.Rect{X: -5, Y: -5, W: 5000, H: 900}
	if got := roomy(large, view); got != large {
		t.Errorf("a large area becomes %v", got)
	}
}
