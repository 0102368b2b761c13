package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// A storm of changes from outside the window, and a person who types.
const (
	stormMoves  = 10000
	stormPerMS  = 2
	stormKeys   = 100 // as long as the storm
	stormInView = 10  // one of so many moves is of a card in view
	keyEvery    = 50 * time.Millisecond
	keyJitter   = 16 * time.Millisecond // a hand is not in step with the screen
)

// playStorm types in a card of the board of 10,000 cards, first in peace, then
// while others move cards on it.
func (s *stage) playStorm() error {
	big := bigBoards[0]
	if _, err := s.open(big.id, big.cards); err != nil {
		return err
	}
	ground := board.Point{X: 15000, Y: 12000}
	for _, name := range []string{"calm", "remote_storm"} {
		if err := s.editShort(ground)(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		s.settle()
		err := s.profiled(name, func() error { return s.typeIn(name) })
		if err := errors.Join(err, s.says(stormKeys)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// typeIn types at a person's pace and notes how long each key takes to be seen;
// in the storm, others move cards meanwhile.
func (s *stage) typeIn(name string) error {
	over := make(chan error, 1)
	if name == "remote_storm" {
		blow := s.storm()
		go func() { over <- blow() }()
	} else {
		over <- nil
	}
	r := rand.New(rand.NewPCG(5, 5))
	shown := make(chan frame, stormKeys)
	canvas := s.win.Fyne().Canvas()
	began := time.Now()
	for i := range stormKeys {
		// A key is struck when it is due, whether the one before was shown or not.
		time.Sleep(time.Until(began.Add(time.Duration(i)*keyEvery + time.Duration(r.Int64N(int64(keyJitter))))))
		s.meter.post(canvas, func() { s.key(i) }, shown)
		if i == stormKeys/2 {
			if err := s.keep(name); err != nil {
				return err
			}
		}
	}
	var late, total, work []float64
	for range stormKeys {
		select {
		case f := <-shown:
			late, total, work = append(late, millis(f.late)), append(total, millis(f.total)), append(work, millis(f.queue))
		case <-time.After(patience):
			return errors.New("a key was never shown")
		}
	}
	s.results[name+"_keystroke_ms_p50"] = quantile(late, 0.5)
	s.results[name+"_keystroke_ms_p99"] = quantile(late, 0.99)
	s.results[name+"_keystroke_seen_ms_p99"] = quantile(total, 0.99)
	s.results[name+"_keystroke_ui_ms_p50"] = quantile(work, 0.5)
	s.results[name+"_keystroke_ui_ms_p99"] = quantile(work, 0.99)
	return <-over
}

// another makes a command that leaves no undo step here, as what others do
// leaves none.
type another struct{ doc.Command[*board.Board] }

// Plan implements doc.Command.
func (a another) Plan(b *board.Board) (doc.Plan, error) {
	p, err := a.Command.Plan(b)
	p.Silent = true
	return p, err
}

// storm prepares moves and returns what makes them, through a handle of its
// own on this goroutine: evenly, or later if the store cannot follow.
func (s *stage) storm() func() error {
	r := rand.New(rand.NewPCG(6, 6))
	var near, all []board.CardID
	onUI(func() {
		for _, c := range s.view.View().Cards {
			if c.Card.ID != s.edited {
				near = append(near, c.Card.ID)
			}
		}
		for _, c := range s.view.Layout.Board().Cards {
			if c.ID != s.edited {
				all = append(all, c.ID)
			}
		}
	})
	live := doc.Open(s.app.Docs(), s.view.Live.ID(), cards.KindBoard, board.Codec{})
	return func() error {
		defer live.Close()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		began := time.Now()
		made := make([]doc.Receipt, 0, stormMoves)
		for len(made) < stormMoves {
			due := min(stormMoves, int(time.Since(began).Milliseconds()*stormPerMS))
			for i := len(made); i < due; i++ {
				from := all
				if i%stormInView == 0 {
					from = near
				}
				by := board.Point{X: board.Grid * float64(1-i/stormInView%2*2)}
				made = append(made, live.Do(another{board.MoveCards{IDs: []board.CardID{from[r.IntN(len(from))]}, By: by}}))
			}
			time.Sleep(time.Millisecond)
		}
		asked := time.Since(began)
		for _, m := range made {
			if err := m.Applied(ctx); err != nil {
				return fmt.Errorf("a move of the storm: %w", err)
			}
		}
		s.results["remote_storm_asked_ms"] = millis(asked)
		s.results["remote_storm_applied_ms"] = millis(time.Since(began))
		return nil
	}
}
