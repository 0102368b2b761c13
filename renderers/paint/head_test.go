package paint

import (
	"strings"
	"testing"
)

func TestHeadIsTheLayoutOfItsText(t *testing.T) {
	s := NewShaper()
	text := strings.Repeat("some words of many lengths, ", 12)
	l := s.Plain(text, inkStyle, 120, Options{})
	for n := 1; n <= len(l.Lines); n++ {
		h := l.Head(n)
		want := s.Plain(text[:h.Len()], inkStyle, 120, Options{})
		if len(h.Lines) != n || h.Height != want.Height || h.Width != want.Width {
			t.Fatalf("%d lines are %v×%v, laid out alone %v×%v", n, h.Width, h.Height, want.Width, want.Height)
		}
		for at := range h.Len() {
			x, y, _ := h.Caret(at)
			if wx, wy, _ := want.Caret(at); x != wx || y != wy {
				t.Fatalf("%d lines: caret %d at %v,%v, laid out alone %v,%v", n, at, x, y, wx, wy)
			}
		}
	}
	if l.Head(len(l.Lines)+1) != l || len(l.Head(0).Lines) != 1 {
		t.Error("too many lines, or none, are not taken into range")
	}
}

func TestLeadingIsTheHeightOfEveryLine(t *testing.T) {
	s := NewShaper()
	code := inkStyle
	code.Size = 40
	l := s.Layout([]Span{{Text: "a\n", Style: inkStyle}, {Text: "b", Style: code}}, 300, Options{Leading: 20})
	for i, line := range l.Lines {
		if line.Height != 20 || line.Y != float32(20*i) {
			t.Errorf("line %d is at %v and %v high", i, line.Y, line.Height)
		}
	}
}
