package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/e2e/x11"
	"corkboard/renderers"
	"corkboard/ui"
)

const (
	frames   = 300
	settling = 1500 * time.Millisecond // pictures arrive, detail sharpens
	patience = 30 * time.Second
)

// picturesEnv names a folder for a picture of each scene.
const picturesEnv = "CORKBOARD_BENCH_PICTURES"

// stage plays scenes in a window, on a goroutine of its own.
type stage struct {
	win     *ui.Window
	meter   *meter
	painted chan struct{}
	view    *renderers.BoardView
}

var middle = board.Point{X: width / 2, Y: height / 2}

// play runs all scenes and prints their results as JSON.
func (s *stage) play() error {
	select {
	case <-s.painted:
	case <-time.After(patience):
		return errors.New("the board was never painted")
	}
	fyne.DoAndWait(func() { s.view = s.win.Board() })
	r := results{}
	for _, scene := range []struct {
		name  string
		setup func() error
		step  func(i int)
	}{
		{"board_pan_1000", s.look(board.Point{X: 2000, Y: 1500}, 1), s.pan},
		{"board_zoom_1000", s.look(board.Point{X: 5000, Y: 3000}, 1), s.zoom},
		{"board_drag_1000", s.grab, s.drag},
		{"text_keystroke_10kB", s.edit, s.key},
	} {
		if err := scene.setup(); err != nil {
			return fmt.Errorf("%s: %w", scene.name, err)
		}
		time.Sleep(settling)
		if err := s.shoot(scene.name, scene.step, r); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// shoot plays one scene and notes what its frames cost.
func (s *stage) shoot(name string, step func(int), r results) error {
	var cpu, wall []float64
	most := 0
	canvas := s.win.Fyne().Canvas()
	for i := range frames {
		f, ok := s.meter.measure(canvas, func() { step(i) })
		if !ok {
			return fmt.Errorf("%s: input %d was never shown", name, i)
		}
		cpu, wall = append(cpu, millis(f.cpu)), append(wall, millis(f.wall))
		fyne.DoAndWait(func() { most = max(most, len(s.view.View().Cards)) })
		if i == frames/2 {
			if err := s.keep(name); err != nil {
				return err
			}
		}
	}
	r[name+"_ui_ms_p50"] = quantile(cpu, 0.5)
	r[name+"_ui_ms_p99"] = quantile(cpu, 0.99)
	r[name+"_wall_ms_p99"] = quantile(wall, 0.99)
	r[name+"_cards_in_view"] = float64(most)
	return nil
}

// keep saves a picture of the screen in the folder of picturesEnv, for people
// who want to see what was measured.
func (s *stage) keep(name string) error {
	dir := os.Getenv(picturesEnv)
	if dir == "" {
		return nil
	}
	d, err := x11.Open("")
	if err != nil {
		return err
	}
	defer d.Close()
	picture, err := d.Shot(d.Screen())
	if err != nil {
		return err
	}
	return x11.SavePNG(filepath.Join(dir, name+".png"), picture)
}

// look puts the camera over a place.
func (s *stage) look(at board.Point, zoom float64) func() error {
	return func() error {
		fyne.DoAndWait(func() {
			s.view.Session.Camera = board.Camera{Origin: at, Zoom: zoom}
			s.view.Sync()
		})
		return nil
	}
}

// pan turns the wheel over fresh ground for half of the time, then back.
func (s *stage) pan(i int) {
	by := -30.0
	if i >= frames/2 {
		by = 30
	}
	s.view.On(board.Wheel{At: middle, DX: by, DY: by / 2})
}

// zoom goes between 1 and 0.3 and back, a few times.
func (s *stage) zoom(i int) {
	const notches = 50 // from 1 to 0.3
	by := 100 * math.Log(0.3) / notches
	if i/notches%2 == 1 {
		by = -by
	}
	s.view.On(board.Wheel{At: middle, DY: by, Mods: board.Mod})
}

// grab takes a card near the middle.
func (s *stage) grab() error {
	_ = s.look(board.Point{X: 3000, Y: 2000}, 1)()
	err := errors.New("there is no card in the middle")
	fyne.DoAndWait(func() {
		for _, c := range s.view.View().Cards {
			if r := c.Rect; math.Abs(r.Center().X-middle.X) < 300 && math.Abs(r.Center().Y-middle.Y) < 250 {
				s.view.On(board.PointerDown{At: r.Center(), Millis: time.Now().UnixMilli()})
				err = nil
				return
			}
		}
	})
	return err
}

// drag moves it around in a circle.
func (s *stage) drag(i int) {
	turn := 2 * math.Pi * float64(i) / 100
	at := middle.Add(board.Point{X: 200 * math.Cos(turn), Y: 150 * math.Sin(turn)})
	s.view.On(board.PointerMove{At: at, Millis: time.Now().UnixMilli()})
	if i == frames-1 {
		s.view.On(board.PointerUp{At: at, Millis: time.Now().UnixMilli()})
	}
}

// edit puts the caret into the middle of what is seen of the long text.
func (s *stage) edit() error {
	_ = s.look(longAt.Sub(board.Point{X: 300, Y: 100}), 1)()
	time.Sleep(settling)
	began := false
	fyne.DoAndWait(func() {
		for _, c := range s.view.View().Cards {
			if c.Card.Link.Kind == cards.KindText && c.BoardSize == longSize {
				s.doubleClick(c.Rect.Center())
			}
		}
		focused := s.win.Fyne().Canvas().Focused()
		began = focused != nil && focused != fyne.Focusable(s.view)
	})
	if !began {
		return errors.New("the text is not being edited")
	}
	return nil
}

func (s *stage) doubleClick(at board.Point) {
	now := time.Now().UnixMilli()
	for i := range int64(2) {
		s.view.On(board.PointerDown{At: at, Millis: now + 80*i})
		s.view.On(board.PointerUp{At: at, Millis: now + 80*i + 20})
	}
}

// key types a letter, and a space now and then.
func (s *stage) key(i int) {
	letter := rune('a' + i%26)
	if i%6 == 5 {
		letter = ' '
	}
	s.win.Fyne().Canvas().Focused().TypedRune(letter)
}
