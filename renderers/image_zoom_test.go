package renderers

import (
	"math/rand/v2"
	"testing"
)

func near(a, b float32) bool { return abs(a-b) < 0.01*max(1, abs(a)) }

func newZoom(w, h, viewW, viewH, scale float32) *imageZoom {
	z := &imageZoom{W: w, H: h, Zoom: 1, Fitted: true}
	z.view(viewW, viewH, scale)
	return z
}

func TestImageFits(t *testing.T) {
	for _, c := range []struct{ w, h, viewW, viewH, scale, zoom, x, y float32 }{
		{400, 200, 200, 200, 1, 0.5, 0, 50},
		{400, 200, 200, 200, 2, 1, 0, 50},
		{100, 100, 500, 300, 1, 1, 200, 100}, // not enlarged
		{100, 1000, 500, 500, 1, 0.5, 225, 0},
	} {
		z := newZoom(c.w, c.h, c.viewW, c.viewH, c.scale)
		if !near(z.Zoom, c.zoom) || !near(z.X, c.x) || !near(z.Y, c.y) {
			t.Errorf("%v: zoom %v at %v, %v", c, z.Zoom, z.X, z.Y)
		}
	}
	z := &imageZoom{W: 100, H: 100, Zoom: 1, Fitted: true, Vector: true}
	if z.view(500, 300, 1); !near(z.Zoom, 3) {
		t.Errorf("a drawing is enlarged to %v, not 3", z.Zoom)
	}
}

func TestImageZoomKeepsThePointer(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 500 {
		z := newZoom(4000, 3000, 800, 600, 1)
		z.middle(1 + r.Float32())
		x, y := 200+r.Float32()*400, 150+r.Float32()*300
		px, py := (x-z.X)/z.Zoom, (y-z.Y)/z.Zoom
		z.zoomTo(z.Zoom*(1+r.Float32()), x, y) // inwards no edge comes into view
		if qx, qy := (x-z.X)/z.Zoom, (y-z.Y)/z.Zoom; abs(px-qx) > 0.5 || abs(py-qy) > 0.5 {
			t.Fatalf("pixel %v,%v under the pointer became %v,%v", px, py, qx, qy)
		}
	}
}

func TestImageNeverLeavesTheView(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	z := newZoom(1000, 500, 640, 480, 1.5)
	for i := range 3000 {
		switch r.IntN(5) {
		case 0:
			z.zoomTo(z.Zoom*(0.3+2*r.Float32()), r.Float32()*640, r.Float32()*480)
		case 1:
			z.pan(r.Float32()*4000-2000, r.Float32()*4000-2000)
		case 2:
			z.view(50+r.Float32()*2000, 50+r.Float32()*2000, 1+r.Float32())
		case 3:
			z.toggle(100, 100)
		case 4:
			z.middle(z.Zoom / 2)
		}
		w, h := z.size()
		for _, d := range [][3]float32{{z.X, w, z.ViewW}, {z.Y, h, z.ViewH}} {
			at, length, view := d[0], d[1], d[2]
			if length <= view && !near(at, (view-length)/2) {
				t.Fatalf("step %d: %v long at %v in %v is not in the middle", i, length, at, view)
			}
			if length > view && (at > 0.01 || at+length < view-0.5) {
				t.Fatalf("step %d: %v long at %v leaves a gap in %v", i, length, at, view)
			}
		}
	}
}

func TestImageToggle(t *testing.T) {
	z := newZoom(4000, 3000, 800, 600, 1)
	z.toggle(10, 10)
	if z.Zoom != 1 || z.Fitted {
		t.Fatal(z.Zoom, z.Fitted)
	}
	z.toggle(10, 10)
	if !near(z.Zoom, 0.2) || !z.Fitted {
		t.Fatal(z.Zoom, z.Fitted)
	}
}
