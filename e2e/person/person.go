package person

import (
	"context"
	"image"
	"os"
	"slices"
	"testing"
	"time"

	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
)

// Patience is the longest that a person waits for one thing.
const Patience = 20 * time.Second

// Screen is where the window is put.
var Screen = image.Rect(0, 0, 1600, 1000)

// A Person sits at one screen with one profile.
type Person struct {
	T       *testing.T
	X       *x11.Display
	Profile string
	Program *prog.Program // that runs now
	Window  x11.Window
	Top     int // where the board begins in the window, below the title bar

	name   string // begins the names of pictures
	binary string
	place  prog.Place
}

// unwelcome starts a program that greets nobody.
const unwelcome = "CORKBOARD_WELCOME=off"

// New makes a person with an empty profile and no program running yet, who knows the
// welcome already. The pictures that it keeps begin with the name. The test is skipped
// where no window is wanted; its package calls prog.Main.
func New(t *testing.T, name string) *Person {
	t.Helper()
	return NewAt(t, name, x11.ForTest(t), prog.Place{})
}

// Newcomer is New for a person who has never seen the program.
func Newcomer(t *testing.T, name string) *Person {
	t.Helper()
	return newcomer(t, name, x11.ForTest(t), prog.Place{})
}

// NewAt is New for a person whose programs run at a place, with its display.
func NewAt(t *testing.T, name string, x *x11.Display, place prog.Place) *Person {
	t.Helper()
	place.Env = append(slices.Clone(place.Env), unwelcome)
	return newcomer(t, name, x, place)
}

func newcomer(t *testing.T, name string, x *x11.Display, place prog.Place) *Person {
	t.Helper()
	// Short, so that the socket fits into the profile.
	profile, err := os.MkdirTemp("", name+"-*")
	if err != nil {
		t.Fatal(err)
	}
	p := &Person{T: t, X: x, Profile: profile, name: name, binary: prog.Corkboard(t), place: place}
	t.Cleanup(func() {
		for _, dir := range []string{profile, profile + ".home"} {
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
		}
	})
	return p
}

// Must ends the test with an error.
func (p *Person) Must(err error) {
	p.T.Helper()
	if err != nil {
		p.T.Fatal(err)
	}
}

func (p *Person) context() context.Context {
	ctx, cancel := context.WithTimeout(p.T.Context(), Patience)
	p.T.Cleanup(cancel)
	return ctx
}

// Open starts the program, lets its window fill the screen and waits until
// that is drawn.
func (p *Person) Open(args ...string) {
	p.T.Helper()
	p.Program = p.place.Start(p.T, p.binary, p.Profile, args...)
	w, err := p.Program.Window(p.context(), p.X)
	p.Must(err)
	p.Must(p.X.Place(w, Screen))
	p.Until("the window fills the screen", func() bool {
		w, err = p.X.Look(w.ID)
		p.Must(err)
		return w.Rect == Screen
	})
	p.Window = w
	p.Must(p.X.Focus(w))
	p.Point(1500, 900)
	p.Until("the program answers", func() bool {
		_, err := p.TryStatus()
		return err == nil
	})
	p.Until("the board is drawn below the title bar", func() bool {
		p.Top = edge(p.Still())
		return p.Top > 0 && p.Top < 200
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

// Quit closes the window and waits until the program has ended well.
func (p *Person) Quit() {
	p.T.Helper()
	p.Must(p.X.End(p.Window))
	p.Must(p.Program.Wait(p.context()))
}

// Kill ends the program as kill -9 does.
func (p *Person) Kill() { p.T.Helper(); p.Must(p.Program.Kill()) }

// Until polls for something.
func (p *Person) Until(what string, holds func() bool) {
	p.T.Helper()
	end := time.Now().Add(Patience)
	for !holds() {
		if time.Now().After(end) {
			prog.Shot(p.T, p.X, "gave-up-"+p.T.Name())
			p.T.Fatalf("waited in vain until %s", what)
		}
		time.Sleep(30 * time.Millisecond)
	}
}
