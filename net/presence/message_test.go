package presence

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/internal/lean"
	"corkboard/record"
)

func boardID(b byte) doc.ID { return doc.NewID([32]byte{0: b, 31: 1}) }

func full() State {
	s := State{
		Board: boardID(1), Points: true, Pointer: Point{-12.125, 1e6}, View: Rect{-4e7, 3, 1600, 1000},
		Selected: []string{"a", "läuft"}, Drag: []Rect{{1, 2, 3, 4}, {-1.5, 0, 0.125, 7}}, Typing: "a",
	}
	return s
}

func TestAMessageSaysWhatWasShown(t *testing.T) {
	for name, m := range map[string]message{
		"all":     {state: full()},
		"nothing": {state: State{Board: boardID(2)}},
		"left":    {left: true, state: State{Board: boardID(3)}},
	} {
		got, err := decode(m.encode())
		if err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%s: got %+v, %v; want %+v", name, got, err, m)
		}
	}
}

func TestWhatIsTooMuchIsCut(t *testing.T) {
	s := State{Points: true, Pointer: Point{math.NaN(), math.Inf(1)}, View: Rect{W: -5, X: 1.01}, Typing: strings.Repeat("x", 65)}
	for i := range 100 {
		s.Selected = append(s.Selected, fmt.Sprintf("%064d", i))
		s.Drag = append(s.Drag, Rect{-1e9, -1e9, 1e9, 1e9})
	}
	s.Selected[3] = "\xff"
	s = s.bounded()
	if s.Pointer != (Point{0, 1e9}) || s.View != (Rect{X: 1}) || s.Typing != "" || len(s.Selected) != MaxSelected-1 || len(s.Drag) != MaxDrag {
		t.Errorf("not bounded: %+v", s)
	}
	s.Board = boardID(1)
	b := message{state: s}.encode()
	if len(b) > maxMessage {
		t.Errorf("a message of %d bytes", len(b))
	}
	m, err := decode(b)
	if err != nil || len(m.state.Selected) == 0 || len(m.state.Drag) != MaxDrag {
		t.Errorf("%d selected and %d dragged cards are left, %v", len(m.state.Selected), len(m.state.Drag), err)
	}
}

func TestForeignBytesAreRefused(t *testing.T) {
	good := message{state: full()}.encode()
	for name, b := range map[string][]byte{
		"nothing":         nil,
		"another version": append([]byte{2}, good[1:]...),
		"no kind":         append([]byte{1, 9}, good[2:]...),
		"no board":        {1, kindLeft, 1, 'x'},
		"cut short":       good[:len(good)-1],
		"more":            append(bytes.Clone(good), 0),
		"too long":        append(bytes.Clone(good), make([]byte, maxMessage)...),
	} {
		if _, err := decode(b); !errors.Is(err, record.ErrMalformed) {
			t.Errorf("%s: got %v, want ErrMalformed", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(message{state: full()}.encode())
	f.Add(message{state: State{Board: boardID(2)}}.encode())
	f.Add(message{left: true, state: State{Board: boardID(3)}}.encode())
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		m, err := decode(b)
		if err != nil {
			return
		}
		if again := m.encode(); !bytes.Equal(again, b) {
			t.Fatalf("%x is read and written as %x", b, again)
		}
		if s := m.state.bounded(); !s.equal(&m.state) {
			t.Fatalf("%+v is more than may be shown", m.state)
		}
	}))
}
