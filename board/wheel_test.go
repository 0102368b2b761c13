package board

import (
	"math"
	"testing"
)

func TestWheel(t *testing.T) {
	h := threeCards(t)
	h.on(Wheel{At: Point{500, 400}, DX: 5, DY: -30})
	if h.s.Camera.Origin != (Point{-5, 30}) {
		t.Errorf("pan: %v", h.s.Camera)
	}
	h.on(Wheel{At: Point{500, 400}, DY: -30, Mods: Shift})
	if h.s.Camera.Origin != (Point{25, 30}) {
		t.Errorf("sideways: %v", h.s.Camera)
	}
	under := h.s.Camera.ToBoard(Point{500, 400})
	h.on(Wheel{At: Point{500, 400}, DY: 10, Mods: Mod})
	if c := h.s.Camera; math.Abs(c.Zoom-math.Exp(.1)) > 1e-9 || !near(c.ToBoard(Point{500, 400}), under, 1e-9) {
		t.Errorf("zoom: %v", c)
	}
	h.s.WheelZooms = true
	zoom := h.s.Camera.Zoom
	h.on(Wheel{At: Point{500, 400}, DY: 10, Mods: Mod})
	if h.s.Camera.Zoom != zoom {
		t.Error("with WheelZooms the wheel with Mod pans")
	}
	h.on(Wheel{DY: -1e5}, Pinch{At: Point{500, 400}, Factor: .001})
	if h.s.Camera.Zoom != handZoom {
		t.Errorf("zoom %v", h.s.Camera.Zoom)
	}
}

func TestPanWithSpaceAndMiddle(t *testing.T) {
	h := threeCards(t)
	h.on(Key{Name: "Space", Down: true})
	wantEffects(t, h.drag(Point{150, 150}, Point{250, 200}, 0))
	h.on(Key{Name: "Space"})
	if h.s.Camera.Origin != (Point{-100, -50}) {
		t.Errorf("Space+drag: %v", h.s.Camera)
	}
	wantEffects(t, h.on(PointerDown{At: Point{250, 200}, Button: Middle}, PointerMove{At: Point{150, 150}}, PointerUp{At: Point{150, 150}, Button: Middle}))
	if h.s.Camera.Origin != (Point{}) {
		t.Errorf("middle-drag: %v", h.s.Camera)
	}
	h.wantAt("a", 100, 100)
	h.wantSelected()
	h.drag(Point{150, 150}, Point{250, 150}, 0) // Space is up again
	h.wantAt("a", 200, 100)
}

func TestZoomKeys(t *testing.T) {
	h := threeCards(t)
	h.on(PointerMove{At: Point{300, 200}})
	for i := 1; i <= 3; i++ { // the second press adds to where the first goes
		h.on(Key{Name: "=", Mods: Mod, Down: true})
	}
	h.glide()
	if c := h.s.Camera; math.Abs(c.Zoom-1.25*1.25*1.25) > 1e-9 || !near(c.ToBoard(Point{300, 200}), Point{300, 200}, 1e-9) {
		t.Errorf("in: %+v", c)
	}
	h.key(Mod, "-")
	h.key(Mod, "0")
	h.glide()
	if c := h.s.Camera; math.Abs(c.Zoom-1) > 1e-9 || !near(c.ToBoard(Point{300, 200}), Point{300, 200}, 1e-9) {
		t.Errorf("home: %+v", c)
	}
	h.click(150, 150, 0)
	h.key(Shift, "2")
	h.glide()
	if want := Fit(Rect{100, 100, 200, 100}, Size{1000, 800}, 1); h.s.Camera != want {
		t.Errorf("fit selection: %+v, want %+v", h.s.Camera, want)
	}
	h.key(Shift, "1")
	h.glide()
	if want := Fit(h.layout.Bounds(), Size{1000, 800}, 1); h.s.Camera != want {
		t.Errorf("fit all: %+v, want %+v", h.s.Camera, want)
	}
}

func TestInputStopsTheGlide(t *testing.T) {
	for _, e := range []Event{
		PointerDown{At: Point{900, 700}}, Wheel{At: Point{900, 700}}, Key{Name: "Escape", Down: true}, Cancel{},
	} {
		h := threeCards(t)
		h.key(Shift, "1")
		h.on(Tick{1000}, Tick{1100})
		on := h.s.Camera
		if !h.s.Animating() || on == h.s.glide.To {
			t.Fatal("it does not glide")
		}
		if h.on(e, Tick{1200}); h.s.Animating() || h.s.Camera != on {
			t.Errorf("%T: glides on to %v", e, h.s.Camera)
		}
	}
	h := threeCards(t)
	h.s.NoGlide = true
	if h.key(Shift, "1"); h.s.Animating() || h.s.Camera == (Camera{Zoom: 1}) {
		t.Error("NoGlide glides, or does not move")
	}
}

func TestEdgeScroll(t *testing.T) {
	h := threeCards(t)
	h.on(PointerDown{At: Point{150, 150}}, PointerMove{At: Point{500, 150}})
	if h.s.Animating() {
		t.Error("it wants ticks in the middle of the window")
	}
	h.on(PointerMove{At: Point{995, 150}}, Tick{1000}, Tick{1100}, Tick{1190})
	if !h.s.Animating() || h.s.Camera.Origin.X != 0 {
		t.Errorf("it scrolls too early, or never: %v", h.s.Camera)
	}
	h.on(Tick{1200}, Tick{1220})
	if x := h.s.Camera.Origin.X; math.Abs(x-30*edgeSpeed) > 1e-9 {
		t.Errorf("after 30 ms beyond the wait: %v", x)
	}
	h.on(PointerMove{At: Point{500, 150}}, Tick{1300}, PointerMove{At: Point{995, 150}}, Tick{1320})
	if x := h.s.Camera.Origin.X; math.Abs(x-30*edgeSpeed) > 1e-9 {
		t.Errorf("leaving the edge did not begin the wait anew: %v", x)
	}
	h.s.Snap = false
	h.on(PointerUp{At: Point{995, 150}})
	h.wantAt("a", 100+845+30*edgeSpeed, 100)
	h.on(Tick{9999})
	if h.s.Animating() {
		t.Error("it wants ticks although the drag is over")
	}
}

func TestTheHandZoomsOutToATenth(t *testing.T) {
	h := newHand(t, pin("a", "text", 0, 0, 100, 100), pin("far", "text", 40000, 30000, 100, 100))
	for range 40 {
		h.key(Mod, "-")
		h.glide()
	}
	if h.s.Camera.Zoom != handZoom {
		t.Errorf("by keys to %v", h.s.Camera.Zoom)
	}
	h.key(Shift, "1")
	h.glide()
	all := h.s.Camera
	if all.Zoom >= handZoom || all.Zoom < MinZoom || h.view().Lost || len(h.view().Cards) != 2 {
		t.Errorf("all cards are not in view at %v", all)
	}
	h.on(Wheel{At: Point{500, 400}, DY: -50, Mods: Mod})
	if h.s.Camera != all {
		t.Errorf("the wheel went to %v", h.s.Camera)
	}
	h.on(Wheel{At: Point{500, 400}, DY: 10, Mods: Mod})
	if z := h.s.Camera.Zoom; z <= all.Zoom || z >= handZoom {
		t.Errorf("one notch closer is %v", z)
	}
}

func TestTheWheelScrollsASelectedLongCard(t *testing.T) {
	h := threeCards(t)
	h.s.Scrolls = func(c *Card) bool { return c.ID != "b" }
	over, pans := Point{150, 150}, Wheel{At: Point{150, 150}, DY: -30}
	h.s.Camera.Zoom = 1
	for name, c := range map[string]struct {
		selected []CardID
		e        Wheel
		zooms    bool
		scrolls  bool
	}{
		"selected":         {[]CardID{"a"}, pans, false, true},
		"unselected":       {nil, pans, false, false},
		"another":          {[]CardID{"c"}, pans, false, false},
		"one of two":       {ab, pans, false, false},
		"short":            {[]CardID{"b"}, Wheel{At: Point{450, 150}, DY: -30}, false, false},
		"beside":           {[]CardID{"a"}, Wheel{At: Point{700, 700}, DY: -30}, false, false},
		"sideways":         {[]CardID{"a"}, Wheel{At: over, DX: -30, DY: 3}, false, false},
		"with Shift":       {[]CardID{"a"}, Wheel{At: over, DY: -30, Mods: Shift}, false, false},
		"zooming":          {[]CardID{"a"}, Wheel{At: over, DY: -30, Mods: Mod}, false, false},
		"wheel zooms":      {[]CardID{"a"}, pans, true, false},
		"wheel zooms, Mod": {[]CardID{"a"}, Wheel{At: over, DY: -30, Mods: Mod}, true, true},
	} {
		h.s.WheelZooms = c.zooms
		h.s.Camera = Camera{Zoom: 1}
		h.s.Select(c.selected...)
		got := h.on(c.e)
		if c.scrolls {
			wantEffects(t, got, Scroll{"a", 30})
		} else {
			wantEffects(t, got)
		}
		if moved := h.s.Camera != (Camera{Zoom: 1}); moved == c.scrolls {
			t.Errorf("%s: the camera moved: %v", name, moved)
		}
	}
	h.s.WheelZooms, h.s.Camera = false, Camera{Zoom: .5}
	h.s.Select("a")
	wantEffects(t, h.on(Wheel{At: Point{75, 75}, DY: 20}), Scroll{"a", -40})
}
