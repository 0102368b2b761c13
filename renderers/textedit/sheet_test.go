package textedit

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corkboard/renderers/paint"
)

func newSheet(width float32, text string) *sheet {
	s := &sheet{text: &rope{}, shaper: paint.NewShaper(), style: paint.Style{Color: color.RGBA{A: 255}}, width: width, sizes: standardSizes}
	s.text.reset(text)
	s.reset()
	return s
}

// smallSizes cut paragraphs of a few words into blocks.
var smallSizes = blockSizes{longest: 24, made: 12, least: 4, ahead: 8}

// prose is words short enough that none is broken.
func prose() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.RuneFrom([]rune("aab   \n\t")), 0, 120, -1)
}

// laidAsOne compares a sheet with the layout of the whole text at once.
func laidAsOne(t *rapid.T, s *sheet) {
	whole := s.shaper.Plain(s.text.text(0, s.text.n), s.style, s.width, paint.Options{})
	h := s.heightWithin(paint.NoWrap)
	if d := h - whole.Height; d > 0.01 || d < -0.01 {
		t.Fatalf("%q is %v high, as one %v", s.text.text(0, s.text.n), h, whole.Height)
	}
	for at := range s.text.n + 1 {
		x, y, _ := s.caret(at)
		wx, wy, _ := whole.Caret(at)
		if wx = min(wx, s.width); x-wx > 0.01 || wx-x > 0.01 || y-wy > 0.01 || wy-y > 0.01 {
			t.Fatalf("%q: caret %d at %v,%v, as one at %v,%v", s.text.text(0, s.text.n), at, x, y, wx, wy)
		}
		first, last := s.lineRange(at)
		if wf, wl := whole.LineRange(whole.LineOf(at)); first != wf || last != wl {
			t.Fatalf("%q: the line of %d is %d to %d, as one %d to %d", s.text.text(0, s.text.n), at, first, last, wf, wl)
		}
		if hit := s.hit(x, y+1); hit != whole.Hit(wx, wy+1) {
			t.Fatalf("%q: hit %d at caret %d, as one %d", s.text.text(0, s.text.n), hit, at, whole.Hit(wx, wy+1))
		}
	}
}

func TestBlocksAreLaidOutAsOneText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b Buffer
		b.SetText(prose().Draw(t, "text"))
		s := newSheet(rapid.SampledFrom([]float32{45, 70, 300}).Draw(t, "width"), "")
		s.text, s.sizes = &b.text, smallSizes
		s.reset()
		b.Changed = func(c Splice) { s.change(c) }
		for range rapid.IntRange(0, 8).Draw(t, "edits") {
			b.Select(rapid.IntRange(0, b.Len()).Draw(t, "a"), rapid.IntRange(0, b.Len()).Draw(t, "c"))
			b.Insert(prose().Draw(t, "insert"))
			if b.Len() > 0 && rapid.Bool().Draw(t, "look") {
				s.caret(rapid.IntRange(0, b.Len()).Draw(t, "at"))
			}
			if s.list.runes != b.Len() {
				t.Fatalf("the blocks hold %d runes of %d", s.list.runes, b.Len())
			}
		}
		laidAsOne(t, s)
	})
}

func TestListSumsAreThoseOfItsBlocks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l blockList
		var model []block
		l.reset(nil)
		model = append(model, block{})
		for range rapid.IntRange(1, 20).Draw(t, "edits") {
			i := rapid.IntRange(0, len(model)-1).Draw(t, "i")
			n := rapid.IntRange(1, len(model)-i).Draw(t, "n")
			fresh := make([]block, rapid.IntRange(1, 150).Draw(t, "fresh"))
			for k := range fresh {
				fresh[k] = block{runes: rapid.IntRange(1, 9).Draw(t, "runes"), newline: true, height: 19.6}
			}
			p := place{}
			for range i {
				p, _ = l.next(p)
			}
			l.replace(p, n, fresh)
			model = append(append(append([]block(nil), model[:i]...), fresh...), model[i+n:]...)
		}
		start, y := 0, 0.0
		p, more := place{}, true
		for i := range model {
			if !more || p.start != start || p.y != y || l.block(p).runes != model[i].runes {
				t.Fatalf("block %d is at %+v, want rune %d and height %v", i, p, start, y)
			}
			if q := l.atOffset(start); q != p {
				t.Fatalf("rune %d is in %+v, want %+v", start, q, p)
			}
			if q := l.atY(y + 1); q != p && model[i].height > 1 {
				t.Fatalf("height %v is in %+v, want %+v", y+1, q, p)
			}
			start, y = start+model[i].runes, y+float64(model[i].height)
			p, more = l.next(p)
		}
		if more || l.runes != start || l.height != y {
			t.Fatalf("%d runes, %v high, want %d and %v", l.runes, l.height, start, y)
		}
		for i, g := range l.groups {
			if len(g.blocks) == 0 || len(g.blocks) > maxGroup {
				t.Fatalf("group %d has %d blocks", i, len(g.blocks))
			}
		}
	})
}

func TestSheetIsLaidOutAsTheCardIs(t *testing.T) {
	text := "A first paragraph that wraps somewhere.\n\nAnd a third one, which wraps as well.\n"
	s := newSheet(90, text)
	l := s.shaper.Plain(text, s.style, 90, paint.Options{})
	if d := s.heightWithin(1e6) - l.Height; d > 0.01 || d < -0.01 {
		t.Errorf("height %v, painted %v", s.height(), l.Height)
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

func TestAKeyLaysOutOneBlock(t *testing.T) {
	for name, sep := range map[string]string{"paragraphs": "\n", "one paragraph": " "} {
		var b Buffer
		s := newSheet(300, "")
		b.SetText(strings.Repeat(strings.Repeat("a few words more ", 40)+sep, 150))
		s.text = &b.text
		s.reset()
		if s.heightWithin(1200); s.laid > 20 {
			t.Errorf("%s: the height of a card laid out %d blocks", name, s.laid)
		}
		s.caret(50_000)
		b.Changed = func(c Splice) { s.change(c) }
		s.laid = 0
		for range 20 {
			b.Select(50_000, 50_000)
			b.Insert("x")
			s.caret(50_001)
		}
		if s.laid > 60 {
			t.Errorf("%s: 20 keys laid out %d blocks", name, s.laid)
		}
	}
}

func TestUpAndDownVisitEveryLine(t *testing.T) {
	s := newSheet(60, "one two three four five six\n\nseven eight nine ten")
	s.sizes = smallSizes
	s.reset()
	s.heightWithin(1e6)
	lines := 0
	for p, more := (place{}), true; more; p, more = s.list.next(p) {
		lines += len(s.list.block(p).laid.Lines)
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
