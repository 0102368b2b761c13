package ui

import (
	"testing"

	"corkboard/board"
)

func TestTrailKeepsHowABoardWasLookedAt(t *testing.T) {
	home, a := place{id: "home"}, place{id: "a"}
	at := func(x float64) sight { return sight{camera: board.Camera{Zoom: x}} }
	tr := newTrail(home)
	tr.leave(at(1))
	tr.step() // elsewhere on the same board
	if tr.here() != home || tr.seen != nil {
		t.Fatalf("a step on the board: %+v", tr.stop)
	}
	tr.leave(at(2))
	tr.open(a)
	tr.leave(at(3))
	for n, want := range []float64{2, 1} {
		if !tr.back() || tr.here() != home || tr.seen == nil || tr.seen.camera.Zoom != want {
			t.Fatalf("back %d: %+v", n, tr.stop)
		}
	}
	tr.leave(at(4))
	tr.forward()
	tr.forward()
	if tr.here() != a || tr.seen.camera.Zoom != 3 {
		t.Fatalf("forward: %+v", tr.stop)
	}
	tr.back()
	tr.back()
	if tr.seen.camera.Zoom != 4 {
		t.Errorf("the newest look does not count: %+v", tr.stop)
	}
}

func TestTrailGoesInBackAndForward(t *testing.T) {
	home, a, b := place{id: "home"}, place{id: "a"}, place{id: "b"}
	tr := newTrail(home)
	if tr.back() || tr.forward() {
		t.Fatal("a new trail leads nowhere")
	}
	tr.open(a)
	tr.open(b)
	if tr.here() != b || len(tr.way) != 3 {
		t.Fatal(tr.way)
	}
	tr.back()
	if tr.here() != a {
		t.Fatal(tr.way)
	}
	tr.forward()
	if tr.here() != b {
		t.Fatal(tr.way)
	}
	tr.open(home) // a crumb
	if len(tr.way) != 1 {
		t.Fatal(tr.way)
	}
	tr.back()
	if tr.here() != b || len(tr.way) != 3 {
		t.Fatal(tr.way)
	}
	tr.open(b)
	if !tr.back() || tr.here() != a {
		t.Fatal("opening what is shown must leave no step", tr.way)
	}
}
