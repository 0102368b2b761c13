package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/e2e/x11"
	"corkboard/renderers"
	"corkboard/ui"
)

const (
	frames   = 300                     // of a scene
	settling = 1500 * time.Millisecond // detail sharpens
	maxPaint = 15 * time.Second        // until all in view is painted; more may come in a scene
	patience = 30 * time.Second
	tick     = 1000.0 / 60 // milliseconds
)

// picturesEnv names a folder for a picture of each scene.
const picturesEnv = "CORKBOARD_BENCH_PICTURES"

// stage plays scenes in a window, on a goroutine of its own.
type stage struct {
	app     *app.App
	win     *ui.Window
	meter   *meter
	view    *renderers.BoardView
	cpu     string // folder of processor profiles
	ask     request
	results results

	glides int          // of the scene
	edited board.CardID // the card under the editor
}

// scene is a thing that a hand does, one input a frame.
type scene struct {
	name  string
	setup func() error
	step  func(i int)  // UI goroutine
	check func() error // whether it did what it should; nil is fine
}

// play plays scenes on the Home board and whatever they open, and prints their
// results as JSON.
func (s *stage) play(painted <-chan struct{}, scenes func(*stage) error) error {
	select {
	case <-painted:
	case <-time.After(patience):
		return errors.New("the board was never painted")
	}
	onUI(func() { s.view = s.win.Board() })
	if err := scenes(s); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(s.results)
}

// open shows a board of n cards and tells how long it took until all in view
// was painted.
func (s *stage) open(id doc.ID, n int) (time.Duration, error) {
	painted := make(chan time.Time, 1)
	began := time.Now()
	onUI(func() {
		s.win.Open(id, cards.KindBoard)
		s.view = s.win.Board()
		s.view.Painted = func() { painted <- time.Now() }
		s.view.Sync()
	})
	select {
	case at := <-painted:
		if got := s.count(); got != n {
			return 0, fmt.Errorf("the board has %d cards instead of %d", got, n)
		}
		return at.Sub(began), nil
	case <-time.After(patience):
		return 0, fmt.Errorf("the board of %d cards was never painted", n)
	}
}

func (s *stage) count() (n int) {
	onUI(func() { n = s.view.Layout.Len() })
	return n
}

// settle waits until all in view is painted and sharp.
func (s *stage) settle() {
	painted := make(chan struct{})
	onUI(func() {
		s.view.Painted = func() { close(painted) }
		s.view.Sync()
	})
	select {
	case <-painted:
	case <-time.After(maxPaint):
	}
	onUI(func() { s.view.Painted = nil })
	time.Sleep(settling)
}

// shoot plays scenes and notes what their frames cost.
func (s *stage) shoot(scenes ...scene) error {
	for _, sc := range scenes {
		if err := sc.setup(); err != nil {
			return fmt.Errorf("%s: %w", sc.name, err)
		}
		s.settle()
		if err := s.profiled(sc.name, func() error { return s.roll(sc) }); err != nil {
			return fmt.Errorf("%s: %w", sc.name, err)
		}
		if sc.check != nil {
			if err := sc.check(); err != nil {
				return fmt.Errorf("%s: %w", sc.name, err)
			}
		}
	}
	return nil
}

func (s *stage) roll(sc scene) error {
	var cpu, wall []float64
	most, late := 0, 0
	canvas := s.win.Fyne().Canvas()
	for i := range frames {
		f, ok := s.meter.measure(canvas, func() { sc.step(i) })
		if !ok {
			return fmt.Errorf("input %d was never shown", i)
		}
		cpu, wall = append(cpu, millis(f.cpu)), append(wall, millis(f.wall))
		if millis(f.wall) > tick {
			late++
		}
		onUI(func() { most = max(most, len(s.view.View().Cards)) })
		if i == frames/2 {
			if err := s.keep(sc.name); err != nil {
				return err
			}
		}
	}
	r := s.results
	r[sc.name+"_ui_ms_p50"] = quantile(cpu, 0.5)
	r[sc.name+"_ui_ms_p99"] = quantile(cpu, 0.99)
	r[sc.name+"_wall_ms_p99"] = quantile(wall, 0.99)
	r[sc.name+"_late_frames"] = float64(late)
	r[sc.name+"_cards_in_view"] = float64(most)
	return nil
}

// profiled writes a processor profile of f if one is wanted.
func (s *stage) profiled(name string, f func() error) error {
	if s.cpu == "" {
		return f()
	}
	file, err := os.Create(filepath.Join(s.cpu, name+".pprof"))
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = f()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
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
		onUI(func() {
			s.view.Session.Camera = board.Camera{Origin: at, Zoom: zoom}
			s.view.Sync()
		})
		return nil
	}
}
