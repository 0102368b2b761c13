package paint

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

const lorem = "The quick brown fox jumps over the lazy dog, while well-known words and " +
	"supercalifragilisticexpialidocious ones wrap; naïve café — “quoted” 12,345.67 €. "

// samples are texts of every awkward sort.
func samples() []string {
	return []string{
		"", " ", "\n", "\n\n", "a", "a\n", "\ta\tb", "a  b   c    ", "hello world", lorem,
		"日本語の文章は、空白なしで折り返します。「引用」も。", "mixed 日本語 and latin",
		"e\u0301e\u0301 o\u0308ffi ffl", "👩‍👩‍👧‍👦 family 👍🏽 ok", "שלום עולם and مرحبا بالعالم",
		"a\u0000b\u001fc\u2028d\u00a0e\u200bf", "bad \xff\xfe bytes \xc3", strings.Repeat("x", 300),
		strings.Repeat("e\u0301", 200), strings.Repeat("\u0301", 300), "half-baked --flag a-b-c-d-e-f-g",
		"\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", "tab\tat\tend\t", "0\ufffd\ufffdڸ12שלa", "\u3000wide\u3000space",
	}
}

func checkLaws(t *testing.T, l *Laid, text string, width float32) {
	t.Helper()
	n := utf8.RuneCountInString(text)
	at := 0
	for i, line := range l.Lines {
		if line.Start != at || line.End < line.Start {
			t.Fatalf("line %d covers [%d,%d), want it to start at %d", i, line.Start, line.End, at)
		}
		at = line.End
		words, letters, run := 0, 0, line.Start
		for _, r := range line.Runs {
			if r.Start != run {
				t.Fatalf("line %d: a run starts at %d, want %d", i, r.Start, run)
			}
			run = r.End
			if r.kind == fragWord {
				words++
				for k := r.from; k < r.to; k++ {
					// A mark without width stays with the letter after it.
					if r.word.span(int(k), int(k)+1).width() > 0 && r.word.flags[k]&stopCut != 0 {
						letters++
					}
				}
			}
		}
		if run != line.End {
			t.Fatalf("line %d: runs end at %d, the line at %d", i, run, line.End)
		}
		if line.Width > width+0.01 && letters > 1 {
			t.Fatalf("line %d is %v wide, more than %v, with %d letters", i, line.Width, width, letters)
		}
	}
	if at != n || l.Len() != n {
		t.Fatalf("lines cover %d runes, Len is %d, the text has %d", at, l.Len(), n)
	}
}

func TestLinesCoverTheTextAndFitTheWidth(t *testing.T) {
	s := NewShaper()
	for _, text := range samples() {
		for _, width := range []float32{0, 1, 20, 73.5, 200, NoWrap} {
			checkLaws(t, s.Plain(text, Style{}, width, Options{}), text, width)
		}
	}
}

func TestCaretAndHitAreInverse(t *testing.T) {
	s := NewShaper()
	for _, text := range samples() {
		for _, width := range []float32{30, 120, NoWrap} {
			l := s.Plain(text, Style{}, width, Options{})
			for at := 0; at <= l.Len(); at++ {
				x, y, h := l.Caret(at)
				got := l.Hit(x, y+h/2)
				gx, gy, _ := l.Caret(got)
				if gy != y || abs(gx-x) > 0.01 {
					t.Fatalf("%q width %v: Hit(Caret(%d)) = %d at %v,%v, want %v,%v", text, width, at, got, gx, gy, x, y)
				}
			}
		}
	}
}

func TestHitFindsEveryLetterOfPlainText(t *testing.T) {
	s := NewShaper()
	l := s.Plain(lorem, Style{}, 130, Options{})
	for at := 0; at <= l.Len(); at++ {
		x, y, h := l.Caret(at)
		if got := l.Hit(x, y+h/2); got != at {
			t.Errorf("Hit(Caret(%d)) = %d", at, got)
		}
	}
}

func abs(v float32) float32 { return max(v, -v) }

func TestHitStaysInItsLine(t *testing.T) {
	s := NewShaper()
	l := s.Plain(strings.Repeat("abcdefghij", 20)+"\nend", Style{}, 60, Options{})
	for i, line := range l.Lines {
		for _, x := range []float32{-100, 0, 30, 1000} {
			if got := l.LineOf(l.Hit(x, line.Y+1)); got != i {
				t.Errorf("Hit(%v) in line %d gave an offset in line %d", x, i, got)
			}
		}
	}
}

func TestSpansDoNotBreakWords(t *testing.T) {
	s := NewShaper()
	l := s.Layout([]Span{{Text: "aaaa bb"}, {Text: "bb", Style: Style{Bold: true}}, {Text: "bb cc"}}, s.Measure("aaaa bbbb", Style{}), Options{})
	if len(l.Lines) < 2 || l.Lines[1].Start != 5 {
		t.Errorf("second line starts at %d, want 5: the word of three spans stays whole", l.Lines[1].Start)
	}
}

func TestBreakOpportunities(t *testing.T) {
	s := NewShaper()
	breaks := func(text string, width float32) []string {
		var out []string
		rs := []rune(text)
		for _, line := range s.Plain(text, Style{}, width, Options{}).Lines {
			out = append(out, string(rs[line.Start:line.End]))
		}
		return out
	}
	for _, c := range []struct{ text, first string }{
		{"local-first software", "local-"},
		{"漢字。漢字", "漢"},
		{"no\u00a0break", "no\u00a0b"},
	} {
		if got := breaks(c.text, s.Measure(c.first, Style{})+1); got[0] != c.first {
			t.Errorf("%q breaks into %q, want the first line %q", c.text, got, c.first)
		}
	}
}

func TestTruncationEndsInAnEllipsis(t *testing.T) {
	s := NewShaper()
	l := s.Plain(lorem, Style{}, 100, Options{MaxLines: 2})
	if !l.Truncated || len(l.Lines) != 2 {
		t.Fatalf("Truncated %v with %d lines", l.Truncated, len(l.Lines))
	}
	runs := l.Lines[1].Runs
	if last := runs[len(runs)-1]; last.Start != last.End || l.Lines[1].Width > 100 {
		t.Errorf("last run %+v, line width %v", last, l.Lines[1].Width)
	}
	if whole := s.Plain("short", Style{}, 100, Options{MaxLines: 2}); whole.Truncated {
		t.Error("a text that fits was truncated")
	}
}

func TestSelectCoversWhatIsBetween(t *testing.T) {
	s := NewShaper()
	l := s.Plain("one two three\nfour", Style{}, 55, Options{})
	if got := len(l.Select(0, l.Len())); got != len(l.Lines) {
		t.Errorf("%d rectangles for %d lines", got, len(l.Lines))
	}
	x0, _, _ := l.Caret(1)
	x1, _, _ := l.Caret(3)
	r := l.Select(1, 3)
	if len(r) != 1 || abs(r[0].X-x0) > 0.01 || abs(r[0].X+r[0].W-x1) > 0.01 {
		t.Errorf("Select(1,3) = %v, want one from %v to %v", r, x0, x1)
	}
	if l.Select(3, 3) != nil {
		t.Error("an empty selection has rectangles")
	}
}

func TestAWarmShaperGivesTheSameLayout(t *testing.T) {
	warm := NewShaper()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		all := samples()
		text := all[rng.IntN(len(all))] + all[rng.IntN(len(all))]
		width := rng.Float32() * 300
		a, b := warm.Plain(text, Style{}, width, Options{}), NewShaperWithFonts(t).Plain(text, Style{}, width, Options{})
		if a.Height != b.Height || len(a.Lines) != len(b.Lines) || a.Width != b.Width {
			t.Fatalf("%q at %v: warm %v×%v, cold %v×%v", text, width, a.Width, a.Height, b.Width, b.Height)
		}
	}
}

// NewShaperWithFonts is a shaper that has seen nothing yet.
func NewShaperWithFonts(t *testing.T) *Shaper {
	t.Helper()
	if err := FontError(); err != nil {
		t.Fatal(err)
	}
	return NewShaper()
}

func FuzzLayout(f *testing.F) {
	for _, text := range samples() {
		f.Add(text, float32(50))
	}
	s := NewShaper()
	f.Fuzz(func(t *testing.T, text string, width float32) {
		if len(text) > 4096 {
			return
		}
		l := s.Plain(text, Style{Size: 14}, width, Options{})
		if width >= 0 {
			checkLaws(t, l, text, width)
		}
		l.Hit(width, width)
		l.Caret(len(text))
		l.Select(0, l.Len())
	})
}
