package board

import (
	"math"
	"math/rand/v2"
	"testing"
)

// eventOf makes an event of four bytes: any kind, in and around the window,
// now and then a number that no hand makes.
func eventOf(a, b, c, d byte, millis int64) Event {
	at := Point{float64(b)*4.5 - 50, float64(c)*3.6 - 50}
	if a == 255 {
		at = Point{math.NaN(), math.Inf(int(b) - 100)}
	}
	m, button := Mods(d&7), Button(d>>3%3)
	keys := []string{"Delete", "Escape", "Enter", "Left", "Down", "A", "D", "V", "]", "[", "=", "-", "0", "1", "2", "Space", "Tab", "N", "Z", "", "Menu", "é", "G", "L", "Right", "Up", "/", ".", "M", "Insert"}
	switch a % 16 {
	case 0, 1, 2:
		return PointerDown{At: at, Button: button, Mods: m, Millis: millis}
	case 3, 4, 5, 6:
		return PointerMove{At: at, Mods: m, Millis: millis}
	case 7, 8:
		return PointerUp{At: at, Button: button, Mods: m, Millis: millis}
	case 9:
		return Wheel{At: at, DX: float64(d) - 128, DY: float64(b) - 128, Mods: m}
	case 10, 11:
		return Key{Name: keys[int(b)%len(keys)], Mods: m, Down: d&8 != 0 || c&1 != 0}
	case 12:
		return Pinch{At: at, Factor: float64(d) / 100}
	case 13:
		return Tick{millis}
	case 14:
		return []Event{Cancel{}, PointerOut{}, nil}[d%3]
	}
	return Resized{Size{float64(b) * 8, float64(c) * 8}}
}

// run feeds events made of bytes and checks what must hold after each.
func (h *hand) run(data []byte) {
	var v View
	for len(data) >= 4 {
		e := eventOf(data[0], data[1], data[2], data[3], h.millis)
		h.millis += int64(data[3])
		data = data[4:]
		var dragged bool
		if k, ok := e.(Key); ok && k.Down && k.Name == "Escape" {
			dragged = h.s.Dragging()
		}
		for _, eff := range h.on(e) {
			switch eff.(type) {
			case Do, Duplicate, DropInto, DropElsewhere, DropCarried, NewCard:
				if dragged {
					h.t.Fatalf("Escape in a drag: %+v", eff)
				}
			}
		}
		if dragged {
			h.on(PointerMove{At: Point{300, 300}})
			for _, b := range []Button{Primary, Secondary, Middle} {
				if got := h.on(PointerUp{At: Point{300, 300}, Button: b}); len(got) > 0 {
					h.t.Fatalf("after Escape, letting go made %+v", got)
				}
			}
		}
		Project(h.s, h.layout, &v)
		h.check(e, &v)
	}
}

func (h *hand) check(e Event, v *View) {
	h.t.Helper()
	c := h.s.Camera
	if !c.Origin.finite() || c.Zoom < MinZoom || c.Zoom > MaxZoom {
		h.t.Fatalf("%+v: camera %+v", e, c)
	}
	for _, id := range h.s.Selection.ids {
		if h.board.Card(id) == nil {
			// A card that this very event removed is let go with the next one.
			h.s.On(PointerOut{}, h.layout)
			if h.s.Selection.Has(id) {
				h.t.Fatalf("%+v: %s is selected but gone", e, id)
			}
			break
		}
	}
	if len(h.s.Selection.ids) != len(h.s.Selection.set) {
		h.t.Fatalf("%+v: selection %v, %v", e, h.s.Selection.ids, h.s.Selection.set)
	}
	for _, p := range v.Cards {
		if !p.Rect.Min().finite() || !(p.Rect.W > 0) || !(p.Rect.H > 0) {
			h.t.Fatalf("%+v: %s drawn at %v", e, p.Card.ID, p.Rect)
		}
	}
}

func (h *hand) meddle(r *rand.Rand) {
	c := randomCommand(r)
	if err := h.do(c); err != nil && !expected(err) {
		h.t.Fatal(err)
	}
}

func TestAnyOrderOfEvents(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 13))
		h := newHand(t, pin("c1", "text", 100, 100, 200, 100), pin("c2", "board", 200, 150, 300, 300), pin("c3", "image", 600, 100, 200, 300), pin("c4", "text", 0, 0, 0, 0))
		for range 12 {
			h.s.Snap, h.s.Guides = r.IntN(3) > 0, r.IntN(3) > 0
			h.s.Elsewhere = func(at Point) bool { return at.Y < 0 }
			h.s.Scrolls = func(c *Card) bool { return c.ID == "c1" }
			data := make([]byte, 4*25)
			for i := range data {
				data[i] = byte(r.IntN(256))
			}
			h.run(data)
			if c, ok := h.s.Release(); ok {
				c.From = docID(7)
				h.carryOut(h.s.Carry(c, Point{r.Float64() * 1000, r.Float64() * 800}, h.layout))
				h.run(data[:40])
			}
			h.meddle(r) // another person, in the middle of whatever goes on
		}
	}
}

func FuzzOn(f *testing.F) {
	f.Add([]byte{0, 60, 60, 8, 3, 90, 90, 8, 7, 90, 90, 8})
	f.Add([]byte{0, 60, 60, 0, 3, 90, 90, 0, 10, 1, 1, 8, 7, 90, 90, 0})
	f.Add([]byte{10, 5, 1, 10, 0, 60, 60, 4, 3, 99, 70, 4, 13, 0, 0, 255, 7, 9, 9, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		h := newHand(t, pin("a", "text", 100, 100, 200, 100), pin("b", "board", 200, 150, 300, 300), pin("c", "image", 600, 100, 200, 300))
		h.run(data[:min(len(data), 4000)])
	})
}
