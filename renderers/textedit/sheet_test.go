package textedit

import (
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"

	"corkboard/renderers/paint"
)

func newSheet(width float32) *sheet {
	s := &sheet{shaper: paint.NewShaper(), style: paint.Style{Color: color.RGBA{A: 255}}, width: width}
	s.reset(nil)
	return s
}

func TestChangeIsTheSameAsReset(t *testing.T) {
	s, fresh := newSheet(60), newSheet(60)
	rapid.Check(t, func(t *rapid.T) {
		var b Buffer
		b.Changed = func(c Splice) { s.change(c, b.runes) }
		b.SetText(alphabet().Draw(t, "text"))
		s.reset(b.runes)
		for range rapid.IntRange(1, 10).Draw(t, "edits") {
			a, c := rapid.IntRange(0, b.Len()).Draw(t, "a"), rapid.IntRange(0, b.Len()).Draw(t, "c")
			b.Select(a, c)
			b.Insert(alphabet().Draw(t, "insert"))
		}
		fresh.reset(b.runes)
		if len(s.paras) != len(fresh.paras) || s.height != fresh.height {
			t.Fatalf("%d paragraphs %v high, want %d and %v", len(s.paras), s.height, len(fresh.paras), fresh.height)
		}
		for i := range s.paras {
			if s.paras[i].start != fresh.paras[i].start || s.paras[i].y != fresh.paras[i].y {
				t.Fatalf("paragraph %d at %d, %v; want %d, %v", i, s.paras[i].start, s.paras[i].y, fresh.paras[i].start, fresh.paras[i].y)
			}
		}
	})
}

func TestSheetIsLaidOutAsTheCardIs(t *testing.T) {
	text := "A first paragraph that wraps somewhere.\n\nAnd a third one, which wraps as well.\n"
	s := newSheet(90)
	s.reset([]rune(text))
	l := s.shaper.Plain(text, s.style, 90, paint.Options{})
	if d := s.height - l.Height; d > 0.01 || d < -0.01 {
		t.Errorf("height %v, painted %v", s.height, l.Height)
	}
	for at := range len(text) + 1 {
		x, y, h := s.caret(at)
		wx, wy, wh := l.Caret(at)
		if wx > 90 {
			wx = 90
		}
		if x != wx || y-wy > 0.01 || wy-y > 0.01 || h != wh {
			t.Errorf("caret %d at %v,%v,%v, painted %v,%v,%v", at, x, y, h, wx, wy, wh)
		}
	}
	a, b := image.NewRGBA(image.Rect(0, 0, 100, 200)), image.NewRGBA(image.Rect(0, 0, 100, 200))
	s.draw(a, 0, 0, 1)
	l.Draw(b, 0, 0, 1)
	if string(a.Pix) != string(b.Pix) {
		t.Error("the pictures differ")
	}
}

func TestOnlyTheTouchedParagraphIsLaidOut(t *testing.T) {
	var b Buffer
	s := newSheet(90)
	b.SetText("one\ntwo\nthree\nfour")
	s.reset(b.runes)
	b.Changed = func(c Splice) { s.change(c, b.runes) }
	s.laid = 0
	b.Select(5, 5)
	b.Insert("x")
	if s.laid != 1 {
		t.Errorf("a letter laid out %d paragraphs", s.laid)
	}
}

func TestUpAndDownVisitEveryLine(t *testing.T) {
	s := newSheet(60)
	text := []rune("one two three four five six\n\nseven eight nine ten")
	s.reset(text)
	lines := 0
	for _, p := range s.paras {
		lines += len(p.laid.Lines)
	}
	at, n := 0, 1
	for n < 100 {
		next := s.lineDown(at, 20)
		_, y0, _ := s.caret(at)
		if _, y1, _ := s.caret(next); y1 == y0 {
			break
		}
		at = next
		n++
	}
	if n != lines {
		t.Errorf("Down visited %d lines of %d", n, lines)
	}
	for n = 1; n < 100; n++ {
		next := s.lineUp(at, 20)
		_, y0, _ := s.caret(at)
		if _, y1, _ := s.caret(next); y1 == y0 {
			break
		}
		at = next
	}
	if n != lines {
		t.Errorf("Up visited %d lines of %d", n, lines)
	}
}
