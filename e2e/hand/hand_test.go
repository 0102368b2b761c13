package hand

import (
	"image"
	"math"
	"slices"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/e2e/person"
	"corkboard/renderers/paint"
)

// hand is a person who remembers what each gesture did.
type hand struct {
	*person.Person
	states []state  // the first is the seed
	what   []string // by state: the gesture that led there
	loose  []bool   // by state: it may have taken more than one undo step
	camera board.Camera
	strip  strip
	made   []string // ids of cards that a step made for later ones
}

// quick is how long a gesture may take to be exported.
const quick = 8 * time.Second

// newHand opens a window on a seeded profile. Pictures begin with the name.
func newHand(t *testing.T, name, theme string) *hand {
	t.Helper()
	h := &hand{Person: person.New(t, name)}
	seed(h.Person, theme)
	h.Open()
	h.keepState(h.read(), "the seed", false)
	return h
}

func (h *hand) keepState(s state, what string, loose bool) {
	h.states, h.what, h.loose = append(h.states, s), append(h.what, what), append(h.loose, loose)
}

// gesture does one thing that changes the board and waits until what is
// exported is as wanted. What it was is kept for undo.
func (h *hand) gesture(what string, want wants, do func()) {
	h.T.Helper()
	h.edits(what, want, do, false)
}

// edits is gesture; loose says that it may be several undo steps.
func (h *hand) edits(what string, want wants, do func(), loose bool) {
	h.T.Helper()
	was := h.now()
	do()
	var now state
	v := wrong("nothing changed")
	for end := time.Now().Add(quick); v != "" && time.Now().Before(end); {
		if now = h.read(); !now.same(was) {
			v = want(was, now)
		}
	}
	if v != "" {
		h.Keep("wrong-" + what)
		h.T.Fatalf("%s: %s", what, v)
	}
	h.AwaitSaved()
	h.keepState(now, what, loose)
}

// leaves does something that changes nothing on the board.
func (h *hand) leaves(what string, do func()) {
	h.T.Helper()
	do()
	h.Still()
	h.AwaitSaved()
	if now := h.read(); !now.same(h.now()) {
		h.T.Errorf("%s changed the board: %s", what, now.differs(h.now()))
	}
}

// see finds out where the camera is, from the two pictures of one colour.
func (h *hand) see(picture *image.RGBA) board.Camera {
	h.T.Helper()
	c, ok := cameraIn(picture, h.Top)
	if !ok {
		h.T.Fatal("the two pictures that tell where the camera is cannot be seen")
	}
	h.camera = c
	return c
}

// cameraIn reads the camera from a picture of the window.
func cameraIn(picture *image.RGBA, top int) (c board.Camera, ok bool) {
	area := image.Rect(0, top, picture.Rect.Dx(), picture.Rect.Dy())
	a, b := person.Box(picture, area, person.Crimson), person.Box(picture, area, person.Teal)
	if a.Empty() || b.Empty() {
		return c, false
	}
	t := seedPlace(seedTeal)
	zoom := float64(b.Min.X-a.Min.X) / (t.X - seedPlace(seedCrimson).X)
	if math.Abs(zoom-1) < 0.005 {
		zoom = 1 // pixels are whole
	}
	at := board.Point{X: float64(b.Min.X), Y: float64(b.Min.Y - top)}
	return board.Camera{Origin: t.Sub(at.Scale(1 / zoom)), Zoom: zoom}, true
}

// wantCamera checks where the camera is in a picture.
func (h *hand) wantCamera(picture *image.RGBA, want board.Camera) {
	h.T.Helper()
	got := h.see(picture)
	off := got.Origin.Sub(want.Origin).Scale(want.Zoom)
	if math.Abs(got.Zoom/want.Zoom-1) > 0.03 || math.Abs(off.X) > 12 || math.Abs(off.Y) > 12 {
		h.T.Errorf("the camera is %+v, want %+v", got, want)
	}
}

// stage is what the window shows while cards are moved: two rows of the grid
// and the free room below.
var stage = board.Point{X: 0, Y: 400}

// front brings the camera to the stage, with the hands of a person.
func (h *hand) front() {
	h.T.Helper()
	h.Key("Escape")
	h.Key("Escape")
	from := image.Pt(800, 476)
	if c, ok := cameraIn(h.Look(), h.Top); ok && c == (board.Camera{Origin: stage, Zoom: 1}) {
		h.camera = c
		h.Rest()
		return
	}
	for range 4 {
		c, ok := cameraIn(h.Still(), h.Top)
		h.camera = c
		by := c.Origin.Sub(stage)
		switch {
		case !ok:
			h.Key("Shift+1")
		case c.Zoom != 1:
			// The place that is the same at both zooms.
			at := by.Scale(1 / (1 - 1/c.Zoom))
			h.Point(min(max(int(at.X), 10), 1590), min(max(int(at.Y), 10), 900))
			h.Key("Ctrl+0")
		case by.Len() < 0.5:
			return
		default:
			to := from.Add(image.Pt(int(math.Round(by.X)), int(math.Round(by.Y))))
			h.Holding(func() { h.Drag(from, to) }, "Space")
		}
	}
	h.wantCamera(h.Still(), board.Camera{Origin: stage, Zoom: 1})
}

// on is where a place of the board is in the window.
func (h *hand) on(p board.Point) image.Point {
	at := h.camera.ToScreen(p)
	return image.Pt(int(math.Round(at.X)), int(math.Round(at.Y)))
}

// middle is where the middle of a card is in the window.
func (h *hand) middle(name string) image.Point {
	h.T.Helper()
	return h.on(h.card(name).rect().Center())
}

// corner is where the right bottom corner of a card is in the window.
func (h *hand) corner(name string) image.Point {
	h.T.Helper()
	return h.on(h.card(name).rect().Max())
}

// clickOn clicks on the middle of a card.
func (h *hand) clickOn(name string) {
	h.T.Helper()
	at := h.middle(name)
	h.Click(at.X, at.Y)
}

// choose selects cards: the first with a click, the others with Shift.
func (h *hand) choose(names ...string) {
	h.T.Helper()
	h.Key("Escape")
	h.clickOn(names[0])
	h.Holding(func() {
		for _, name := range names[1:] {
			h.clickOn(name)
		}
	}, "Shift")
	h.wantSelected(names...)
}

// away puts the pointer where it is over no card.
func (h *hand) away() { h.Point(1560, 30) }

// wantSelected waits until exactly these cards of the stage are outlined.
func (h *hand) wantSelected(names ...string) {
	h.T.Helper()
	var want []string
	for _, name := range names {
		want = append(want, h.card(name).ID)
	}
	slices.Sort(want)
	var got []string
	end := time.Now().Add(quick)
	for {
		if got = h.selected(h.Look()); slices.Equal(got, want) {
			return
		}
		if time.Now().After(end) {
			break
		}
	}
	h.Keep("wrong-selection")
	h.T.Fatalf("selected are %q, want %q", h.titles(got), names)
}

func (h *hand) titles(ids []string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, h.card(id).Title)
	}
	return out
}

// selected finds the cards in view that are outlined on all four sides; by id.
func (h *hand) selected(picture *image.RGBA) []string {
	var out []string
	window := image.Rect(0, h.Top, picture.Rect.Dx(), picture.Rect.Dy())
	for _, c := range h.now().home {
		r := h.camera.RectToScreen(c.rect())
		x, y := int(r.X), int(r.Y)+h.Top
		w, d := int(r.W), int(r.H)
		side := func(from, to image.Point) bool {
			return accented(picture, image.Rectangle{from, to}.Intersect(window))
		}
		if side(image.Pt(x+w/4, y-4), image.Pt(x+w/4+1, y+2)) && side(image.Pt(x+w/4, y+d-2), image.Pt(x+w/4+1, y+d+5)) &&
			side(image.Pt(x-4, y+d/4), image.Pt(x+2, y+d/4+1)) && side(image.Pt(x+w-2, y+d/4), image.Pt(x+w+5, y+d/4+1)) {
			out = append(out, c.ID)
		}
	}
	slices.Sort(out)
	return out
}

// accented reports whether there is a pixel of the colour of what is selected;
// lines are soft, so that it need not be pure.
func accented(picture *image.RGBA, part image.Rectangle) bool {
	const soft = 40
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			c, a := picture.RGBAAt(x, y), paint.Light().Accent
			if apart(c.R, a.R) < soft && apart(c.G, a.G) < soft && apart(c.B, a.B) < soft {
				return true
			}
		}
	}
	return false
}

func apart(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }

// marked is how many pixels the marks of what is selected may be.
const marked = 8000

// returns does something after which the window shows the same as before, but for what is
// selected: in the end, for a board that is opened comes from tiles first.
func (h *hand) returns(what string, from, want *image.RGBA, do func()) *image.RGBA {
	h.T.Helper()
	got := h.ChangesFrom(from, do)
	for end := time.Now().Add(quick); person.Different(got, want) > marked && time.Now().Before(end); {
		got = h.Still()
	}
	h.alike(what, got, want)
	return got
}

// alike wants two pictures to show the same, but for what is selected.
func (h *hand) alike(what string, got, want *image.RGBA) {
	h.T.Helper()
	if n := person.Different(got, want); n > marked {
		h.Save("wrong-"+what, got)
		h.T.Errorf("%s: %d pixels look different", what, n)
	}
}

// command does something through the palette of commands.
func (h *hand) command(words string) {
	h.T.Helper()
	h.Reacts(func() { h.Key("Ctrl+Shift+p") })
	h.Reacts(func() { h.Type(words) })
	h.Rest()
	h.Key("Return")
}

// shot keeps a picture of the still window for people, and for the strip.
func (h *hand) shot(name string) *image.RGBA {
	h.T.Helper()
	picture := h.Still()
	h.strip.add(h, name, picture)
	return picture
}

// shows does something that can be seen, and keeps a picture of it.
func (h *hand) shows(name string, do func()) *image.RGBA {
	h.T.Helper()
	picture := h.Changes(do)
	h.strip.add(h, name, picture)
	return picture
}
