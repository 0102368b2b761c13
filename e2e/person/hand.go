package person

import (
	"image"
	"time"

	"corkboard/e2e/x11"
)

// frames is how long a hand rests, so that the window sees where the pointer
// is and what is held: it looks once a frame.
const frames = 100 * time.Millisecond

// At turns a place on the board into one of the screen. While nobody has moved
// the camera, these are board units, too.
func (p *Person) At(x, y int) image.Point { return p.Window.At(x, p.Top+y) }

// Rest lets the window see what the hand does.
func (p *Person) Rest() { time.Sleep(frames) }

// Point moves the pointer to a place on the board and lets the window see it.
func (p *Person) Point(x, y int) {
	p.T.Helper()
	p.Must(p.X.Move(p.At(x, y)))
	p.Rest()
}

// Click presses the left button once.
func (p *Person) Click(x, y int) { p.T.Helper(); p.clicks(x, y, x11.Left, 1) }

// DoubleClick presses the left button twice.
func (p *Person) DoubleClick(x, y int) { p.T.Helper(); p.clicks(x, y, x11.Left, 2) }

// RightClick presses the right button once.
func (p *Person) RightClick(x, y int) { p.T.Helper(); p.clicks(x, y, x11.Right, 1) }

func (p *Person) clicks(x, y int, b x11.Button, count int) {
	p.T.Helper()
	p.Point(x, y)
	p.Must(p.X.Click(p.At(x, y), b, count))
}

// Key presses a key together with others, such as "Ctrl+Shift+z".
func (p *Person) Key(chord string) { p.T.Helper(); p.Must(p.X.Key(chord)) }

// Type types ASCII text; a line break is Return.
func (p *Person) Type(text string) { p.T.Helper(); p.Must(p.X.Type(text)) }

// Holding does something while keys such as "Shift" or "Space" are held.
func (p *Person) Holding(do func(), keys ...string) {
	p.T.Helper()
	for _, name := range keys {
		release, err := p.X.Hold(name)
		p.Must(err)
		defer func() {
			p.Must(release())
			p.Rest()
		}()
	}
	p.Rest()
	do()
}

// Wheel turns the wheel at a place: notches > 0 towards the person.
func (p *Person) Wheel(x, y, notches int) {
	p.T.Helper()
	p.Point(x, y)
	b := x11.WheelDown
	if notches < 0 {
		b, notches = x11.WheelUp, -notches
	}
	for range notches {
		p.Must(p.X.Press(b))
		p.Must(p.X.Release(b))
	}
	p.Rest()
}

// Drag holds the left button from a place on; the pointer goes through all
// others and the button is let go at the last.
func (p *Person) Drag(way ...image.Point) {
	p.T.Helper()
	p.DragBy(x11.Left, way...)
}

// DragBy is Drag with another button.
func (p *Person) DragBy(b x11.Button, way ...image.Point) {
	p.T.Helper()
	p.Press(b, way...)
	p.Release(b)
}

// Press holds a button down at the first place and takes it through all
// others, where it stays down.
func (p *Person) Press(b x11.Button, way ...image.Point) {
	p.T.Helper()
	p.Point(way[0].X, way[0].Y)
	p.Must(p.X.Press(b))
	p.Rest()
	p.Pull(way...)
}

// Pull moves the pointer, slowly enough that each place is seen, through the
// middle of each stretch from one place to the next.
func (p *Person) Pull(way ...image.Point) {
	p.T.Helper()
	for i, to := range way[1:] {
		half := way[i].Add(to).Div(2)
		p.Must(p.X.Move(p.At(half.X, half.Y)))
		time.Sleep(frames / 2)
		p.Point(to.X, to.Y)
	}
}

// Release lets a button go.
func (p *Person) Release(b x11.Button) {
	p.T.Helper()
	p.Must(p.X.Release(b))
	p.Rest()
}

// Drop drags files from another program onto the window.
func (p *Person) Drop(x, y int, paths ...string) {
	p.T.Helper()
	p.Must(p.X.DropFiles(p.context(), p.Window, p.At(x, y), paths...))
}
