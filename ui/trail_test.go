package ui

import "testing"

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
