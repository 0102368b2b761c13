package presence

import (
	"math"
	"slices"
	"unicode/utf8"

	"corkboard/doc"
)

// Limits of a State. What is longer is cut when it is shown.
const (
	MaxSelected = 64 // cards
	MaxDrag     = 64 // rectangles
	MaxCardID   = 64 // bytes of a card's id
)

const (
	steps    = 8            // a board unit is told in eighths
	farthest = float64(1e9) // board units from the origin
)

// Point is a place on a board, in board units.
type Point struct{ X, Y float64 }

// Rect is an area of a board, in board units.
type Rect struct{ X, Y, W, H float64 }

// State is what one device shows about itself on one board. Whoever has given
// it away does not change its slices any more.
type State struct {
	Board    doc.ID
	Points   bool // the pointer is over the board,
	Pointer  Point
	View     Rect     // what the window shows; zero if that is not told
	Selected []string // cards
	Drag     []Rect   // where the things in the hand are now
	Typing   string   // the card in which they write, or ""
}

// bounded is the state as a message can say it.
func (s State) bounded() State {
	if !s.Points {
		s.Pointer = Point{}
	}
	s.Pointer = Point{onStep(s.Pointer.X), onStep(s.Pointer.Y)}
	s.View = s.View.bounded()
	s.Selected = s.Selected[:min(len(s.Selected), MaxSelected)]
	if slices.ContainsFunc(s.Selected, func(id string) bool { return !validCard(id) }) {
		s.Selected = slices.DeleteFunc(slices.Clone(s.Selected), func(id string) bool { return !validCard(id) })
	}
	s.Drag = slices.Clone(s.Drag[:min(len(s.Drag), MaxDrag)])
	for i := range s.Drag {
		s.Drag[i] = s.Drag[i].bounded()
	}
	if !validCard(s.Typing) {
		s.Typing = ""
	}
	return s
}

func (s *State) equal(o *State) bool {
	return s.Board == o.Board && s.Points == o.Points && s.Pointer == o.Pointer && s.View == o.View &&
		s.Typing == o.Typing && slices.Equal(s.Selected, o.Selected) && slices.Equal(s.Drag, o.Drag)
}

func (r Rect) bounded() Rect {
	return Rect{onStep(r.X), onStep(r.Y), max(onStep(r.W), 0), max(onStep(r.H), 0)}
}

// onStep is the nearest number that a message can say.
func onStep(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return math.Round(min(max(x, -farthest), farthest)*steps) / steps
}

func validCard(id string) bool {
	return id != "" && len(id) <= MaxCardID && utf8.ValidString(id)
}
