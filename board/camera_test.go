package board

import (
	"math"
	"math/rand/v2"
	"testing"
)

func near(a, b Point, eps float64) bool { return a.Sub(b).Len() <= eps }

func TestCameraRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		c := Camera{Point{r.Float64()*2e6 - 1e6, r.Float64()*2e6 - 1e6}, math.Exp(r.Float64()*10 - 5)}.bounded()
		at := Point{r.Float64() * 2000, r.Float64() * 2000}
		if back := c.ToScreen(c.ToBoard(at)); !near(back, at, 1e-5) {
			t.Fatalf("%+v: %v came back as %v", c, at, back)
		}
		z := c.ZoomAt(at, math.Exp(r.Float64()*6-3))
		if !near(z.ToBoard(at), c.ToBoard(at), 1e-5) {
			t.Fatalf("%+v zoomed at %v to %+v: the place under the pointer moved", c, at, z)
		}
		if z.Zoom < MinZoom || z.Zoom > MaxZoom {
			t.Fatalf("zoom %v", z.Zoom)
		}
		d := Point{r.Float64()*100 - 50, r.Float64()*100 - 50}
		if p := c.Pan(d); !near(p.ToScreen(c.ToBoard(at)), at.Add(d), 1e-4) {
			t.Fatalf("pan by %v", d)
		}
	}
}

func TestCameraIgnoresNonsense(t *testing.T) {
	c := Camera{Zoom: 1}
	nan, inf := math.NaN(), math.Inf(1)
	for _, got := range []Camera{
		c.ZoomAt(Point{}, 0), c.ZoomAt(Point{}, -1), c.ZoomAt(Point{}, nan), c.ZoomAt(Point{nan, 0}, 2), c.ZoomAt(Point{}, inf), c.Pan(Point{inf, 0}),
	} {
		if got != c {
			t.Errorf("became %+v", got)
		}
	}
	if z := (Camera{Zoom: nan}).Visible(Size{100, 100}); z != (Rect{0, 0, 100, 100}) {
		t.Errorf("a zoom that is no number shows %v", z)
	}
}

func TestFitShowsAllAndNoCloser(t *testing.T) {
	view := Size{1000, 800}
	for _, r := range []Rect{{0, 0, 5000, 100}, {-300, 900, 100, 4000}, {5, 5, 10, 10}, {7, 7, 0, 0}} {
		c := Fit(r, view, 1)
		on := c.RectToScreen(r)
		if on.X < fitMargin-1e-6 || on.Y < fitMargin-1e-6 || on.Max().X > 1000-fitMargin+1e-6 || on.Max().Y > 800-fitMargin+1e-6 {
			t.Errorf("%v is shown at %v", r, on)
		}
		if c.Zoom > 1 || !near(on.Center(), Point{500, 400}, 1e-6) {
			t.Errorf("%v: %+v", r, c)
		}
	}
}

func TestGlide(t *testing.T) {
	from, to := Camera{Point{0, 0}, 1}, Camera{Point{100, 50}, 2}
	g := Glide{From: from, To: to, Millis: 320}
	if g.At(-5) != from || g.At(0) != from || g.At(320) != to || g.At(1e9) != to {
		t.Errorf("ends: %v %v", g.At(0), g.At(320))
	}
	// The point that both show at the same place of the screen stays there.
	fixed := Point{200, 100}
	last := 0.0
	for ms := 0.0; ms <= 320; ms += 8 {
		c := g.At(ms)
		if !near(c.ToScreen(fixed), from.ToScreen(fixed), 1e-9) || c.Zoom < last {
			t.Fatalf("at %v ms: %+v", ms, c)
		}
		last = c.Zoom
	}
	if half := g.At(160).Zoom; half < math.Sqrt2 {
		t.Errorf("it does not slow down: zoom %v at half time", half)
	}
	flat := Glide{From: Camera{Point{0, 0}, 1}, To: Camera{Point{80, 0}, 1}, Millis: 100}
	if x := flat.At(50).Origin.X; math.Abs(x-70) > 1e-9 {
		t.Errorf("pan at half time: %v", x)
	}
}
