package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"time"

	"corkboard/e2e/x11"
)

// photos starts the real program, opens the board of photos, looks at every
// one of them and at all together, and weighs.
func photos(ctx context.Context, profile string, r results) error {
	binary, err := build(ctx, filepath.Dir(profile))
	if err != nil {
		return err
	}
	d, err := x11.Open("")
	if err != nil {
		return err
	}
	defer d.Close()
	p, err := startOnce(ctx, d, binary, profile)
	if err == nil {
		err = p.lookAtPhotos(ctx, d, r)
	}
	if p != nil {
		err = errors.Join(err, p.end())
	}
	return err
}

// How the photos are looked at: at about half size, screen by screen.
const (
	zoomNotches = 4  // of the wheel, to 0.55
	sideNotches = 27 // a screen sideways, 50 pixels each
	downNotches = 16 // a screen down
	sideScreens = 8  // 50 photos and what lies left of them after zooming out
	downScreens = 9
	photoQuiet  = time.Second
)

var errStrayed = errors.New("the walk over the photos left them")

func (p *program) lookAtPhotos(ctx context.Context, d *x11.Display, r results) error {
	if _, err := p.openNested(ctx, d); err != nil {
		return err
	}
	w, err := p.window(ctx, d)
	if err != nil {
		return err
	}
	zoom := func(way x11.Button) error {
		release, err := d.Hold("Ctrl")
		if err != nil {
			return err
		}
		return errors.Join(turn(d, centre(w), way, zoomNotches), release())
	}
	if err := zoom(x11.WheelDown); err != nil {
		return err
	}
	if err := p.walkPhotos(d, centre(w)); err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return p.glide(d, "Shift+1") },
		func() error { return zoom(x11.WheelUp) },
		func() error { return turn(d, centre(w), x11.WheelDown, notches) },
		func() error { return p.glide(d, "Shift+1") },
		func() error { return p.glide(d, "Ctrl+0") },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return p.weigh("rss_2000_photos", r)
}

// walkPhotos goes over the board line by line, to the right and to the left in
// turn, and waits on each screen until its pictures are there.
func (p *program) walkPhotos(d *x11.Display, at image.Point) error {
	for line := range downScreens {
		way := x11.WheelDown
		if line%2 == 1 {
			way = x11.WheelUp
		}
		for screen := range sideScreens {
			if err := p.calm(d); err != nil {
				return fmt.Errorf("line %d, screen %d: %w", line, screen, err)
			}
			if screen == sideScreens-1 {
				break
			}
			if err := sideways(d, at, way); err != nil {
				return err
			}
		}
		if line == downScreens-1 {
			break
		}
		if err := turn(d, at, x11.WheelDown, downNotches); err != nil {
			return err
		}
	}
	return nil
}

// sideways pans by a screen.
func sideways(d *x11.Display, at image.Point, way x11.Button) error {
	release, err := d.Hold("Shift")
	if err != nil {
		return err
	}
	return errors.Join(turn(d, at, way, sideNotches), release())
}

// calm waits until the picture does not change any more, and looks whether it
// shows anything.
func (p *program) calm(d *x11.Display) error {
	look, err := newScreen(d)
	if err != nil {
		return err
	}
	if err := look.still(photoQuiet); err != nil {
		return err
	}
	w, err := d.Find(x11.ByPID(p.pid))
	if err != nil {
		return err
	}
	picture, err := d.Shot(w.Rect)
	if err != nil {
		return err
	}
	if blank(picture) {
		return errStrayed
	}
	return nil
}

// blank reports whether the middle of a picture is of one colour.
func blank(picture *image.RGBA) bool {
	b := picture.Bounds()
	part := image.Rectangle{b.Min.Add(b.Size().Div(4)), b.Max.Sub(b.Size().Div(4))}
	first := picture.RGBAAt(part.Min.X, part.Min.Y)
	for y := part.Min.Y; y < part.Max.Y; y += 8 {
		for x := part.Min.X; x < part.Max.X; x += 8 {
			if picture.RGBAAt(x, y) != first {
				return false
			}
		}
	}
	return true
}
