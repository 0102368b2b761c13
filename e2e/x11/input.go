package x11

import (
	"fmt"
	"image"
	"time"

	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// A Button is a button of the pointer; the wheel is two of them.
type Button byte

// The buttons of a mouse.
const (
	Left      Button = 1
	Middle    Button = 2
	Right     Button = 3
	WheelUp   Button = 4
	WheelDown Button = 5
)

// Move puts the pointer at a place of the screen.
func (d *Display) Move(to image.Point) error {
	return d.fake(xproto.MotionNotify, 0, to)
}

// Press holds a button down.
func (d *Display) Press(b Button) error { return d.fake(xproto.ButtonPress, byte(b), image.Point{}) }

// Release lets a button go.
func (d *Display) Release(b Button) error {
	return d.fake(xproto.ButtonRelease, byte(b), image.Point{})
}

// Click moves the pointer and presses a button there, count times.
func (d *Display) Click(at image.Point, b Button, count int) error {
	if err := d.Move(at); err != nil {
		return err
	}
	for range count {
		if err := d.Press(b); err != nil {
			return err
		}
		if err := d.Release(b); err != nil {
			return err
		}
	}
	return nil
}

// Drag holds the left button while the pointer goes straight from one place to
// another in the given number of steps.
func (d *Display) Drag(from, to image.Point, steps int) error {
	if err := d.Move(from); err != nil {
		return err
	}
	if err := d.Press(Left); err != nil {
		return err
	}
	for i := 1; i <= steps; i++ {
		if err := d.Move(from.Add(to.Sub(from).Mul(i).Div(steps))); err != nil {
			return err
		}
	}
	return d.Release(Left)
}

// fake lets the server act as if a device had sent an event, after the pause.
func (d *Display) fake(kind, detail byte, at image.Point) error {
	pause := uint32(d.Pace / time.Millisecond)
	err := xtest.FakeInputChecked(d.conn, kind, detail, pause, d.screen.Root, int16(at.X), int16(at.Y), 0).Check()
	if err != nil {
		return fmt.Errorf("send input: %w", err)
	}
	return nil
}

func (d *Display) fakeKey(kind byte, k key) error { return d.fake(kind, byte(k.code), image.Point{}) }
