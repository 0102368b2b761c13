package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"corkboard/board"
	"corkboard/e2e/x11"
)

const (
	barHeight = 48              // about: the bar above the board, in pixels
	openQuiet = 3 * time.Second // without a change an opened board is final: it may be blank for a while
)

// openBig starts the real program several times and opens the board of 10,000
// cards with a double-click on its card on Home. The first time does not count;
// after the last one the board is panned, shown as a whole and weighed.
func openBig(ctx context.Context, profile string, times int, r results) error {
	binary, err := build(ctx, filepath.Dir(profile))
	if err != nil {
		return err
	}
	d, err := x11.Open("")
	if err != nil {
		return err
	}
	defer d.Close()
	// What the program remembers of the last run: every start begins on Home,
	// with a board that was never looked at.
	device := filepath.Join(profile, "device.json")
	first, err := os.ReadFile(device)
	if err != nil {
		return err
	}
	var seen []float64
	for i := range times + 1 {
		if err := os.WriteFile(device, first, 0o600); err != nil {
			return err
		}
		p, err := startOnce(ctx, d, binary, profile)
		if err == nil {
			var took time.Duration
			took, err = p.openNested(ctx, d)
			seen = append(seen, millis(took))
		}
		if err == nil && i == times {
			err = p.weighWhole(ctx, d, "rss_10000", r)
		}
		if p != nil {
			err = errors.Join(err, p.end())
		}
		if err != nil {
			return err
		}
	}
	r["board_open_10000_first_ms"] = seen[0]
	r["board_open_10000_ms"] = quantile(seen[1:], 0.5)
	return os.WriteFile(device, first, 0o600)
}

// openNested double-clicks the first of bigBoards and tells how long it took
// from the second press until the screen showed its final picture.
func (p *program) openNested(ctx context.Context, d *x11.Display) (time.Duration, error) {
	w, err := p.window(ctx, d)
	if err != nil {
		return 0, err
	}
	at := bigBoards[0].at.Add(board.Point{X: nestedSize.W / 2, Y: nestedSize.H / 2})
	place := w.At(int(at.X), int(at.Y)+barHeight)
	if err := d.Click(place, x11.Left, 1); err != nil {
		return 0, err
	}
	time.Sleep(150 * time.Millisecond) // the selection is drawn
	look, err := newScreen(d)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	if err := d.Click(place, x11.Left, 1); err != nil {
		return 0, err
	}
	return look.settled(began, openQuiet)
}

// weighWhole pans the board, shows all of it, comes back to 100 % and weighs.
func (p *program) weighWhole(ctx context.Context, d *x11.Display, name string, r results) error {
	w, err := p.window(ctx, d)
	if err != nil {
		return err
	}
	if err := turn(d, centre(w), x11.WheelDown, notches); err != nil {
		return err
	}
	for _, chord := range []string{"Shift+1", "Ctrl+0"} {
		if err := p.glide(d, chord); err != nil {
			return err
		}
	}
	return p.weigh(name, r)
}

// glide presses keys that move the camera and waits for the final picture.
func (p *program) glide(d *x11.Display, chord string) error {
	look, err := newScreen(d)
	if err != nil {
		return err
	}
	began := time.Now()
	if err := d.Key(chord); err != nil {
		return err
	}
	_, err = look.settled(began, openQuiet)
	return err
}
