package main

import (
	"errors"
	"fmt"
	"math"
	"time"

	"corkboard/board"
)

// playHome plays on the board of 1,000 cards.
func (s *stage) playHome() error {
	ground := board.Point{X: 3000, Y: 2000}
	if err := s.shoot(s.handScenes(homeCards, ground)...); err != nil {
		return err
	}
	if err := s.shoot(s.moreScenes(homeCards, ground)...); err != nil {
		return err
	}
	for i, name := range []string{"text_keystroke_10kB", "text_keystroke_100kB"} {
		err := s.shoot(scene{name: name, setup: func() error { return s.editLong(i) }, step: s.key, check: s.typed})
		if err != nil {
			return err
		}
	}
	return nil
}

// playBig plays on the boards of 10,000 and of 4,000 cards.
func (s *stage) playBig() error {
	big, four := bigBoards[0], bigBoards[1]
	took, err := s.open(big.id, big.cards)
	if err != nil {
		return err
	}
	s.results["board_open_10000_painted_ms"] = millis(took)
	ground := board.Point{X: 15000, Y: 12000}
	if err := s.shoot(s.handScenes(big.cards, ground)...); err != nil {
		return err
	}
	if err := s.shoot(s.moreScenes(big.cards, ground)...); err != nil {
		return err
	}
	if err := s.shoot(scene{name: "board_zoomout_all_10000", setup: s.fitAll, step: s.around}); err != nil {
		return err
	}
	if err := s.shoot(scene{name: "board_pan_10000_lines", setup: s.wire(ground), step: s.pan}); err != nil {
		return err
	}
	if _, err := s.open(four.id, four.cards); err != nil {
		return err
	}
	hands := s.handScenes(four.cards, board.Point{X: 15000, Y: 4000})
	// What the window and the toolkit cost with nothing on the board.
	nothing := scene{name: "board_pan_nothing", setup: s.look(board.Point{X: 400_000}, 1), step: s.pan}
	return s.shoot(hands[0], hands[2], nothing)
}

// handScenes are panning, zooming and dragging on a board of n cards.
func (s *stage) handScenes(n int, ground board.Point) []scene {
	name := func(what string) string { return fmt.Sprintf("board_%s_%d", what, n) }
	return []scene{
		{name: name("pan"), setup: s.look(ground, 1), step: s.pan},
		{name: name("zoom"), setup: s.look(ground, 1), step: s.zoom},
		{name: name("drag"), setup: s.grab(ground), step: s.drag},
	}
}

// moreScenes are typing, selecting and seeing all.
func (s *stage) moreScenes(n int, ground board.Point) []scene {
	name := func(what string) string { return fmt.Sprintf("board_%s_%d", what, n) }
	return []scene{
		{name: name("type"), setup: s.editShort(ground), step: s.key, check: s.typed},
		{name: name("marquee"), setup: s.press(ground), step: s.marquee, check: s.caught},
		{name: name("fit"), setup: s.look(ground, 1), step: s.fit, check: s.glided},
		{name: presenceScene(n), setup: s.look(ground, 1), step: s.others, check: s.alone},
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

// fit glides out until all is in view, back to 100 %, and again. The frames
// between the keys are the animation's own.
func (s *stage) fit(int) {
	if s.view.Session.Animating() {
		return
	}
	if s.glides++; s.glides%2 == 1 {
		s.view.On(fitKey)
	} else {
		s.view.On(board.Key{Name: "0", Mods: board.Mod, Down: true})
	}
}

// glided waits for the last glide to end.
func (s *stage) glided() error {
	n := s.glides
	s.glides = 0
	for going := true; going; {
		time.Sleep(50 * time.Millisecond) // a glide takes 320
		onUI(func() { going = s.view.Session.Animating() })
	}
	if n < 4 {
		return fmt.Errorf("only %d glides", n)
	}
	return nil
}

var fitKey = board.Key{Name: "1", Mods: board.Shift, Down: true}

// fitAll brings all in view at once.
func (s *stage) fitAll() error {
	onUI(func() {
		s.view.Session.NoGlide = true
		s.view.On(fitKey)
		s.view.Session.NoGlide = false
	})
	return nil
}

// around pans and zooms a little where all is in view.
func (s *stage) around(i int) {
	const round = 100
	switch j := i % round; {
	case j == 0:
		s.view.Session.NoGlide = true
		s.view.On(fitKey)
		s.view.Session.NoGlide = false
	case j < round/4:
		s.view.On(board.Wheel{At: middle, DX: 20, DY: 10})
	case j < round/2:
		s.view.On(board.Wheel{At: middle, DX: -20, DY: -10})
	case j < round*3/4:
		s.view.On(board.Wheel{At: middle, DY: 2, Mods: board.Mod})
	default:
		s.view.On(board.Wheel{At: middle, DY: -2, Mods: board.Mod})
	}
}

// caught ends a marquee.
func (s *stage) caught() error {
	n := 0
	onUI(func() {
		n = s.view.Session.Selection.Len()
		s.view.On(board.Key{Name: "Escape", Down: true})
	})
	if n == 0 {
		return errors.New("nothing was selected")
	}
	return nil
}
