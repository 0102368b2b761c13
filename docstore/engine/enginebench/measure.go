package enginebench

import (
	"fmt"
	"slices"
	"time"

	"corkboard/docstore/engine"
)

const (
	moves  = 400
	loads  = 7
	starts = 5
)

// median of what f takes, in milliseconds; what prepare does is not counted.
func median(times int, prepare, f func(n int) error) (float64, error) {
	all := make([]float64, times)
	for n := range times {
		if prepare != nil {
			if err := prepare(n); err != nil {
				return 0, err
			}
		}
		began := time.Now()
		if err := f(n); err != nil {
			return 0, err
		}
		all[n] = float64(time.Since(began).Nanoseconds()) / 1e6
	}
	slices.Sort(all)
	return all[times/2], nil
}

// Measure gives engine_NAME_{move,remote_move,load_1000,load_10000}_ms. A move
// is one edit, committed, on a board of 1,000 cards; a remote move one change
// of somebody else's until what it touched has been read again; a load goes
// from saved bytes to a document that knows its heads.
func Measure(e engine.Engine, name string) (map[string]float64, error) {
	figures := map[string]float64{}
	note := func(what string, ms float64, err error) error {
		figures[fmt.Sprintf("engine_%s_%s_ms", name, what)] = ms
		return err
	}
	for _, cards := range []int{1000, 10000} {
		b, err := NewBoard(e, cards)
		if err != nil {
			return nil, err
		}
		ms, err := Load(e, b)
		if err := note(fmt.Sprintf("load_%d", cards), ms, err); err != nil {
			return nil, err
		}
		if cards > 1000 {
			continue
		}
		ms, err = Move(e, b)
		if err := note("move", ms, err); err != nil {
			return nil, err
		}
		ms, err = RemoteMove(e, b)
		if err := note("remote_move", ms, err); err != nil {
			return nil, err
		}
	}
	return figures, nil
}

// Move measures local moves.
func Move(e engine.Engine, b Board) (float64, error) {
	d, err := b.Open(e, 1)
	if err != nil {
		return 0, err
	}
	defer d.Close()
	return median(moves, nil, func(n int) error {
		_, err := d.Apply(b.Move(n), "move", int64(n))
		return err
	})
}

// RemoteMove measures another replica's moves.
func RemoteMove(e engine.Engine, b Board) (float64, error) {
	there, err := b.Open(e, 1)
	if err != nil {
		return 0, err
	}
	defer there.Close()
	here, err := b.Open(e, 2)
	if err != nil {
		return 0, err
	}
	defer here.Close()
	var change [][]byte
	send := func(n int) error {
		c, err := there.Apply(b.Move(n), "move", int64(n))
		change = [][]byte{c.Body}
		return err
	}
	return median(moves, send, func(int) error { return TakeIn(here, change) })
}

// TakeIn merges changes and reads again what they touched.
func TakeIn(d engine.Doc, changes [][]byte) error {
	touched, err := d.Merge(changes)
	if err != nil {
		return err
	}
	if len(touched) == 0 {
		return fmt.Errorf("the changes touched nothing")
	}
	for _, p := range touched {
		if _, _, err := d.Read(p); err != nil {
			return err
		}
	}
	return nil
}

// Load measures loads of a save.
func Load(e engine.Engine, b Board) (float64, error) {
	return median(loads, nil, func(n int) error {
		d, err := b.Open(e, n)
		if err != nil {
			return err
		}
		d.Close()
		return nil
	})
}

// StartCached gives engine_start_cached_ms: from nothing to a first document
// of the sandboxed engine when folder has the compiled code, which it has
// after the first round here.
func StartCached(folder string) (float64, error) {
	round := func(int) error {
		s := engine.Sandboxed(engine.Options{Cache: folder})
		d, err := s.New(actor(0))
		if err != nil {
			return err
		}
		d.Close()
		return s.Close()
	}
	if err := round(0); err != nil {
		return 0, err
	}
	return median(starts, nil, round)
}
