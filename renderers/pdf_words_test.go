package renderers

import (
	"strings"
	"testing"

	"corkboard/renderers/paint"
)

// typeset puts lines of words on a page: letters are 6 points wide, lines 12
// points high and 20 apart, from 50, 50.
func typeset(lines ...string) []Word {
	var out []Word
	for i, line := range lines {
		x := float32(50)
		for _, w := range strings.Fields(line) {
			n := float32(len([]rune(w)))
			out = append(out, Word{Text: w, Rect: paint.Rect{X: x, Y: 50 + 20*float32(i), W: 6 * n, H: 12}})
			x += 6 * (n + 1)
		}
	}
	return out
}

func TestFindOnPage(t *testing.T) {
	words := typeset("The quick brown fox", "jumps over the lazy dog")
	line := func(x, y, w float32) paint.Rect { return paint.Rect{X: x, Y: y, W: w, H: 12} }
	for _, c := range []struct {
		query string
		want  [][]paint.Rect
	}{
		{"the", [][]paint.Rect{{line(50, 50, 18)}, {line(116, 70, 18)}}},
		{"QUICK  brown", [][]paint.Rect{{line(74, 50, 66)}}},
		{"ick br", [][]paint.Rect{{line(86, 50, 36)}}},
		{"fox jumps", [][]paint.Rect{{line(146, 50, 18), line(50, 70, 30)}}},
		{"cat", nil},
		{"  ", nil},
		{"dogs", nil},
	} {
		hits := findOnPage(words, c.query, 7)
		if len(hits) != len(c.want) {
			t.Errorf("%q: %d hits, want %d", c.query, len(hits), len(c.want))
			continue
		}
		for i, h := range hits {
			if h.Page != 7 || len(h.Rects) != len(c.want[i]) {
				t.Errorf("%q: hit %+v, want %v", c.query, h, c.want[i])
				continue
			}
			for k, r := range h.Rects {
				if w := c.want[i][k]; !near(r.X, w.X) || !near(r.Y, w.Y) || !near(r.W, w.W) || !near(r.H, w.H) {
					t.Errorf("%q: rectangle %v, want %v", c.query, r, w)
				}
			}
		}
	}
}

func TestFindBearsStrangePages(t *testing.T) {
	words := []Word{{Text: ""}, {Text: "Ünïcode"}, {Text: ""}, {Text: "\xff\xfe"}, {Text: "ß"}}
	if n := len(findOnPage(words, "üNÏ", 0)); n != 1 {
		t.Error(n)
	}
	findOnPage(words, "\xff", 0)
	findOnPage(nil, "x", 0)
	many := typeset(strings.Repeat("aaaaaaaaaa ", 1000))
	if n := len(findOnPage(many, "a", 0)); n != maxHitsPerPage {
		t.Error("hits are not bounded:", n)
	}
}

func TestNearestWord(t *testing.T) {
	words := typeset("one two three", "four five six")
	for _, c := range []struct {
		at   Point
		want string
	}{
		{Point{52, 55}, "one"}, {Point{0, 0}, "one"}, {Point{500, 55}, "three"},
		{Point{500, 76}, "six"}, {Point{10, 76}, "four"}, {Point{76, 63}, "two"}, {Point{500, 900}, "six"},
	} {
		if got := words[nearestWord(words, c.at)].Text; got != c.want {
			t.Errorf("at %v: %q, want %q", c.at, got, c.want)
		}
	}
	if nearestWord(nil, Point{}) != -1 {
		t.Error("a word on an empty page")
	}
}

func TestWordRanges(t *testing.T) {
	back := wordRange{Anchor: wordSpot{2, 4}, Focus: wordSpot{0, 3}}
	for _, c := range []struct{ page, from, to int }{{0, 3, 10}, {1, 0, 10}, {2, 0, 5}, {3, 0, 0}} {
		if from, to := back.on(c.page, 10); from != c.from || to != c.to {
			t.Errorf("page %d: %d to %d, want %d to %d", c.page, from, to, c.from, c.to)
		}
	}
	if from, to := back.on(2, 2); from != 0 || to != 2 {
		t.Error("a page with fewer words than thought:", from, to)
	}
	if from, to := (wordRange{None: true}).on(0, 10); from != to {
		t.Error("nothing is selected, but", from, to)
	}
}

func TestJoinWords(t *testing.T) {
	if got := joinWords(typeset("The quick", "brown fox")); got != "The quick\nbrown fox" {
		t.Errorf("%q", got)
	}
	columns := append(typeset("left"), Word{Text: "right", Rect: paint.Rect{X: 300, Y: 50, W: 30, H: 12}})
	if got := joinWords(columns); got != "left\nright" {
		t.Errorf("%q", got)
	}
}

func TestFindGoesRound(t *testing.T) {
	hit := func(page, n int) []pdfHit { return make([]pdfHit, n) }
	f := newPDFFind("x", 4, 2)
	if f.label() != "Page 0 of 4" {
		t.Error(f.label())
	}
	var order []int
	for p := f.next(); p >= 0; p = f.next() {
		order = append(order, p)
		if first := f.found(p, hit(p, []int{2, 0, 0, 1}[p])); first != (p == 3) {
			t.Errorf("page %d: first is %v", p, first)
		}
	}
	if len(order) != 4 || order[0] != 2 || order[3] != 1 {
		t.Error("looked at", order)
	}
	var seen []string
	for range 4 {
		seen = append(seen, f.label())
		f.step(false)
	}
	if got := strings.Join(seen, ","); got != "3 of 3,1 of 3,2 of 3,3 of 3" {
		t.Error(got)
	}
	f.at = pdfSpot{0, 0}
	if f.step(true); f.at != (pdfSpot{3, 0}) {
		t.Error("back from the first:", f.at)
	}
	empty := newPDFFind("x", 1, 0)
	empty.found(0, nil)
	if empty.step(false); empty.label() != "Not found" {
		t.Error(empty.label())
	}
	if one := newPDFFind("x", 1, 0); !one.found(0, hit(0, 1)) {
		t.Error("the only hit is the first")
	} else if one.step(true); one.at != (pdfSpot{0, 0}) {
		t.Error("round a single hit:", one.at)
	}
}
