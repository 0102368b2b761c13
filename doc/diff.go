package doc

import (
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"
)

// Diff is the change that makes was into now, in the form that Transform takes;
// empty if they are the same. Lines that stand once in both texts stay where
// they are, between them words, and between those as many letters as can, so
// that changes in several places are several splices. It takes little more than
// linear time: where texts have little in common, it looks less closely.
func Diff(path Path, was, now string) []Splice {
	if was == now {
		return nil
	}
	d := diff{path: path, effort: maxEffort}
	d.gap(was, now, grains)
	return d.out
}

// diff gathers splices; at is how much of the new text is behind it, in runes.
type diff struct {
	path   Path
	at     int
	effort int // that may still be spent on comparing letters
	out    []Splice
}

// change adds what turns a into b.
func (d *diff) change(a, b string) {
	if a != "" || b != "" {
		d.out = append(d.out, Splice{Path: d.path, From: d.at, Delete: utf8.RuneCountInString(a), Insert: b})
		d.keep(b)
	}
}

// keep goes on over what both texts have.
func (d *diff) keep(s string) { d.at += utf8.RuneCountInString(s) }

// gap adds what turns a into b, looking for units of the given grains.
func (d *diff) gap(a, b string, grains []grain) {
	if len(grains) == 0 {
		d.letters(a, b)
		return
	}
	g := grains[0]
	a, b, tail := d.trim(a, b, g)
	if a == "" || b == "" {
		d.change(a, b)
		d.keep(tail)
		return
	}
	ia, ib := 0, 0
	for _, same := range g.common(a, b) {
		d.gap(a[ia:same.a], b[ib:same.b], grains[1:])
		ia, ib = same.a+same.size, same.b+same.size
		d.keep(a[same.a:ia])
	}
	d.gap(a[ia:], b[ib:], grains[1:])
	d.keep(tail)
}

// trim keeps what a and b begin with alike, and cuts off what they end with alike.
func (d *diff) trim(a, b string, g grain) (restA, restB, tail string) {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for !g(a, n) || !g(b, n) {
		n--
	}
	d.keep(a[:n])
	a, b = a[n:], b[n:]
	n = 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for !g(a, len(a)-n) || !g(b, len(b)-n) {
		n--
	}
	return a[:len(a)-n], b[:len(b)-n], a[len(a)-n:]
}

// grain says whether a unit of a text begins or ends at a byte. It does so at
// both ends of the text, and never inside a rune.
type grain func(s string, at int) bool

var grains = []grain{lines, words}

func lines(s string, at int) bool { return at <= 0 || at >= len(s) || s[at-1] == '\n' }

// words are runs of letters and digits, and each rune between them.
func words(s string, at int) bool {
	if !runes(s, at) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	return !inWord(before) || !inWord(after)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func runes(s string, at int) bool { return at <= 0 || at >= len(s) || utf8.RuneStart(s[at]) }

// unit is a part that two texts have in common: where it begins in each, and
// its size, in bytes.
type unit struct{ a, b, size int }

// common lists the units that stand once in each text, as many as keep their order.
func (g grain) common(a, b string) []unit {
	type count struct {
		unit
		inA, inB int
	}
	counts := make(map[string]*count)
	g.each(a, func(at int, s string) {
		c := counts[s]
		if c == nil {
			c = &count{unit: unit{a: at, size: len(s)}}
			counts[s] = c
		}
		c.inA++
	})
	g.each(b, func(at int, s string) {
		if c := counts[s]; c != nil {
			c.b = at
			c.inB++
		}
	})
	var both []unit
	for _, c := range counts {
		if c.inA == 1 && c.inB == 1 {
			both = append(both, c.unit)
		}
	}
	slices.SortFunc(both, func(x, y unit) int { return x.a - y.a })
	return rising(both)
}

// each calls f with each unit of a text and where it begins.
func (g grain) each(text string, f func(at int, s string)) {
	from := 0
	for at := 1; at <= len(text); at++ {
		if g(text, at) {
			f(from, text[from:at])
			from = at
		}
	}
}

// rising returns the longest subsequence of the units in which b rises, as a does.
func rising(units []unit) []unit {
	var ends []int // the last unit of the best run of each length
	before := make([]int, len(units))
	for i, u := range units {
		k := sort.Search(len(ends), func(k int) bool { return units[ends[k]].b > u.b })
		before[i] = -1
		if k > 0 {
			before[i] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, i)
		} else {
			ends[k] = i
		}
	}
	out := make([]unit, len(ends))
	for k, i := len(ends)-1, 0; k >= 0; k-- {
		if k == len(ends)-1 {
			i = ends[k]
		}
		out[k], i = units[i], before[i]
	}
	return out
}
