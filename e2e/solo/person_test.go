package solo

import (
	"context"
	"image"
	"os"
	"testing"
	"time"

	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
)

func TestMain(m *testing.M) { os.Exit(prog.Main(m)) }

// patience is the longest that a person waits for one thing.
const patience = 20 * time.Second

// screen is where the window is put.
var screen = image.Rect(0, 0, 1600, 1000)

// person sits at one screen with one profile.
type person struct {
	t       *testing.T
	x       *x11.Display
	binary  string
	profile string
	program *prog.Program
	window  x11.Window
	top     int // where the board begins in the window, below the title bar
}

// newPerson has an empty profile and no program running yet.
func newPerson(t *testing.T) *person {
	t.Helper()
	x := x11.ForTest(t)
	// Short, so that the socket fits into the profile.
	profile, err := os.MkdirTemp("", "solo-*")
	if err != nil {
		t.Fatal(err)
	}
	p := &person{t: t, x: x, binary: prog.Corkboard(t), profile: profile}
	t.Cleanup(func() {
		for _, dir := range []string{profile, profile + ".home"} {
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
		}
	})
	return p
}

func (p *person) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) context() context.Context {
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	p.t.Cleanup(cancel)
	return ctx
}

// open starts the program, lets its window fill the screen and waits until
// that is drawn.
func (p *person) open(args ...string) {
	p.t.Helper()
	p.program = prog.Start(p.t, p.binary, p.profile, args...)
	w, err := p.program.Window(p.context(), p.x)
	p.must(err)
	p.must(p.x.Place(w, screen))
	p.until("the window fills the screen", func() bool {
		w, err = p.x.Look(w.ID)
		p.must(err)
		return w.Rect == screen
	})
	p.window = w
	p.must(p.x.Focus(w))
	p.point(1500, 900)
	p.until("the program answers", func() bool {
		_, err := p.tryStatus()
		return err == nil
	})
	p.until("the board is drawn below the title bar", func() bool {
		p.top = edge(p.still())
		return p.top > 0 && p.top < 200
	})
}

// edge finds where the empty board begins at the window's left side.
func edge(picture *image.RGBA) int {
	const x = 4
	y := picture.Rect.Max.Y - 4
	for ground := picture.RGBAAt(x, y); y > 0 && picture.RGBAAt(x, y-1) == ground; {
		y--
	}
	return y
}

// at turns a place on a board whose camera nobody moved into one of the screen.
func (p *person) at(x, y int) image.Point { return p.window.At(x, p.top+y) }

// until polls for something.
func (p *person) until(what string, holds func() bool) {
	p.t.Helper()
	end := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(end) {
			prog.Shot(p.t, p.x, "gave-up-"+p.t.Name())
			p.t.Fatalf("waited in vain until %s", what)
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// point moves the pointer to a place on the board and lets the program see it:
// it looks at the pointer once a frame.
func (p *person) point(x, y int) {
	p.t.Helper()
	p.must(p.x.Move(p.at(x, y)))
	time.Sleep(100 * time.Millisecond)
}

func (p *person) click(x, y int) {
	p.t.Helper()
	p.point(x, y)
	p.must(p.x.Click(p.at(x, y), x11.Left, 1))
}

func (p *person) doubleClick(x, y int) {
	p.t.Helper()
	p.point(x, y)
	p.must(p.x.Click(p.at(x, y), x11.Left, 2))
}

func (p *person) key(chord string) { p.t.Helper(); p.must(p.x.Key(chord)) }

func (p *person) write(text string) { p.t.Helper(); p.must(p.x.Type(text)) }

// drop drags files from another program onto the window.
func (p *person) drop(x, y int, paths ...string) {
	p.t.Helper()
	p.must(p.x.DropFiles(p.context(), p.window, p.at(x, y), paths...))
}

// kill ends the program as kill -9 does.
func (p *person) kill() { p.t.Helper(); p.must(p.program.Kill()) }
