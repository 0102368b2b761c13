package board

import (
	"math"
	"testing"
)

func TestRect(t *testing.T) {
	r := Rect{10, 20, 30, 40}
	for p, want := range map[Point]bool{{10, 20}: true, {40, 60}: false, {39, 59}: true, {9, 30}: false, {20, 61}: false} {
		if r.Contains(p) != want {
			t.Errorf("Contains(%v) is %v", p, !want)
		}
	}
	for o, want := range map[Rect]bool{{40, 60, 1, 1}: true, {41, 20, 5, 5}: false, {0, 0, 100, 100}: true, {15, 25, 0, 0}: true} {
		if r.Intersects(o) != want || o.Intersects(r) != want {
			t.Errorf("Intersects(%v) is %v", o, !want)
		}
	}
	if u := r.Union(Rect{0, 50, 5, 50}); u != (Rect{0, 20, 40, 80}) {
		t.Errorf("Union %v", u)
	}
	if u := (Rect{}).Union(r); u != r || r.Union(Rect{}) != r {
		t.Errorf("Union with nothing %v", u)
	}
	if in := r.Inset(5); in != (Rect{15, 25, 20, 30}) {
		t.Errorf("Inset %v", in)
	}
	if in := r.Inset(18); in != (Rect{25, 38, 0, 4}) {
		t.Errorf("Inset with no room %v", in)
	}
	if s := r.Snap(20); s != (Rect{20, 20, 30, 40}) {
		t.Errorf("Snap %v", s)
	}
	if p := (Point{-11, 29.9}).Snap(20); p != (Point{-20, 20}) {
		t.Errorf("Snap %v", p)
	}
	if b := RectBetween(Point{5, 1}, Point{2, 9}); b != (Rect{2, 1, 3, 8}) {
		t.Errorf("RectBetween %v", b)
	}
}

func TestPairs(t *testing.T) {
	for in, want := range map[string]Point{
		"1 2": {1, 2}, " -1.5\t2.25 ": {-1.5, 2.25}, "1,2": {1, 2}, "1, 2": {1, 2}, "1 2 3": {1, 2}, "1e3 0": {1000, 0},
		"": {}, "1": {}, "a b": {}, "NaN 1": {}, "1 Inf": {}, "-Inf 1": {}, "1e99 -1e99": {1e7, -1e7}, "1e999 1": {}, "0x 1": {},
	} {
		if got := pointOf(in); got != want {
			t.Errorf("%q is read as %v, want %v", in, got, want)
		}
	}
	for in, want := range map[string]Size{
		"100 50": {100, 50}, "1 1": {20, 20}, "1e6 50": {20000, 50}, "0 0": {}, "-5 100": {}, "wide": {}, "": {},
	} {
		if got := sizeOf(in); got != want {
			t.Errorf("size %q is read as %v, want %v", in, got, want)
		}
	}
	if pointOf(int64(5)) != (Point{}) || pointOf(nil) != (Point{}) {
		t.Error("a number is no pair")
	}
	for _, c := range []struct {
		x, y float64
		want string
	}{{1, 2, "1 2"}, {-0.001, 2.005, "0 2.01"}, {1e7, -1234.567, "10000000 -1234.57"}, {math.Copysign(0, -1), 0, "0 0"}} {
		if got := formatPair(c.x, c.y); got != c.want {
			t.Errorf("%v %v is written %q, want %q", c.x, c.y, got, c.want)
		}
	}
}

func TestValidColor(t *testing.T) {
	for in, want := range map[string]bool{
		"#D5DFE5": true, "#abcdef": true, "#012349": true, "": false, "D5DFE5": false, "#D5DFE": false, "#D5DFE5F": false,
		"#G00000": false, "#\x10\x11\x12345": false, "#12345`": false, "#12345:": false,
	} {
		if ValidColor(in) != want {
			t.Errorf("ValidColor(%q) is %v", in, !want)
		}
	}
}
