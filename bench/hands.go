package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/cards"
)

var (
	middle = board.Point{X: width / 2, Y: height / 2}

	errNoCard = errors.New("there is no such card near the middle")
	errNoEdit = errors.New("the text is not being edited")
)

func onUI(f func()) { fyne.DoAndWait(f) }

// grab takes a card near the middle.
func (s *stage) grab(ground board.Point) func() error {
	return func() error {
		_ = s.look(ground, 1)()
		s.settle()
		err := errNoCard
		onUI(func() {
			for _, c := range s.nearMiddle() {
				s.view.On(board.PointerDown{At: c.Rect.Center(), Millis: now()})
				err = nil
				return
			}
		})
		return err
	}
}

// drag moves it around in a circle.
func (s *stage) drag(i int) {
	turn := 2 * math.Pi * float64(i) / 100
	at := middle.Add(board.Point{X: 200 * math.Cos(turn), Y: 150 * math.Sin(turn)})
	s.view.On(board.PointerMove{At: at, Millis: now()})
	if i == frames-1 {
		s.view.On(board.PointerUp{At: at, Millis: now()})
	}
}

// press begins a marquee over empty ground at zoom 0.5.
func (s *stage) press(ground board.Point) func() error {
	return func() error {
		_ = s.look(ground, 0.5)()
		s.settle()
		err := errors.New("there is no empty ground")
		onUI(func() {
			for x := 40.0; x < 400; x += 10 {
				at := board.Point{X: x, Y: 60}
				if s.view.Layout.Hit(s.view.Session.Camera.ToBoard(at)) == nil {
					s.view.On(board.PointerDown{At: at, Millis: now()})
					err = nil
					return
				}
			}
		})
		return err
	}
}

// marquee grows from corner to corner.
func (s *stage) marquee(i int) {
	t := float64(i+1) / frames
	at := board.Point{X: 40 + t*(width-120), Y: 60 + t*(height-200)}
	s.view.On(board.PointerMove{At: at, Millis: now()})
	if i == frames-1 {
		s.view.On(board.PointerUp{At: at, Millis: now()})
	}
}

// editShort puts the caret into an ordinary text near the middle.
func (s *stage) editShort(ground board.Point) func() error {
	return func() error {
		_ = s.look(ground, 1)()
		s.settle()
		err := errNoCard
		onUI(func() {
			for _, c := range s.nearMiddle() {
				at := board.Point{X: c.BoardSize.W / 2, Y: c.BoardSize.H / 2}
				if c.Card.Link.Kind != cards.KindText || s.view.Session.Hot(c.Card, at) {
					continue
				}
				s.doubleClick(c.Rect.Center())
				s.edited = c.Card.ID
				if err = errNoEdit; s.editing() {
					err = nil
				}
				return
			}
		})
		return err
	}
}

// editLong puts the caret into the middle of what is seen of a long text.
func (s *stage) editLong(i int) error {
	long := longTexts[i]
	_ = s.look(long.at.Sub(board.Point{X: 300, Y: 100}), 1)()
	s.settle()
	err := errNoEdit
	onUI(func() {
		for _, c := range s.view.View().Cards {
			if c.Card.Link.Kind == cards.KindText && c.BoardSize == long.size {
				s.doubleClick(c.Rect.Center())
				s.edited = c.Card.ID
				if s.editing() {
					err = nil
				}
				return
			}
		}
	})
	return err
}

// editing reports whether a live editor has the keyboard.
func (s *stage) editing() bool {
	focused := s.win.Fyne().Canvas().Focused()
	return focused != nil && focused != fyne.Focusable(s.view)
}

// nearMiddle are the cards that a hand would take, the nearest first. The
// slice is a copy.
func (s *stage) nearMiddle() []board.Placed {
	far := func(c board.Placed) float64 {
		d := c.Rect.Center().Sub(middle)
		return d.X*d.X + d.Y*d.Y
	}
	list := slices.Clone(s.view.View().Cards)
	slices.SortFunc(list, func(a, b board.Placed) int {
		if far(a) < far(b) {
			return -1
		}
		return 1
	})
	return list
}

func (s *stage) doubleClick(at board.Point) {
	from := now()
	for i := range int64(2) {
		s.view.On(board.PointerDown{At: at, Millis: from + 80*i})
		s.view.On(board.PointerUp{At: at, Millis: from + 80*i + 20})
	}
}

// letter is what is typed: letters, and a space now and then.
func letter(i int) rune {
	if i%6 == 5 {
		return ' '
	}
	return rune('a' + i%26)
}

// key types a letter.
func (s *stage) key(i int) { s.win.Fyne().Canvas().Focused().TypedRune(letter(i)) }

// typed ends the editor of the scenes.
func (s *stage) typed() error { return s.says(frames) }

// says ends an editor and waits until its card says what was typed.
func (s *stage) says(keys int) error {
	var want strings.Builder
	for i := range keys {
		want.WriteRune(letter(i))
	}
	onUI(func() {
		s.view.On(board.Key{Name: "Escape", Down: true})
		s.win.Fyne().Canvas().Focus(s.view)
	})
	deadline := time.Now().Add(maxFrame)
	for time.Now().Before(deadline) {
		var text cards.Text
		onUI(func() { text, _ = s.view.Value(s.edited).(cards.Text) })
		if strings.Contains(text.Text, want.String()) {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("card %s does not say what was typed", s.edited)
}

func now() int64 { return time.Now().UnixMilli() }
