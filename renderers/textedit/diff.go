package textedit

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Diff is the splices that, one after another, turn was into now; none if they are the same. Lines
// that stand once in both texts stay where they are, so that changes in several places are several
// splices. It takes little more than linear time and belongs on no UI goroutine where texts may be
// long.
func Diff(was, now string) []Splice {
	head := commonHead(was, now)
	tail := commonTail(was[head:], now[head:])
	d := differ{at: utf8.RuneCountInString(was[:head])}
	a, b := was[head:len(was)-tail], now[head:len(now)-tail]
	ia, ib := 0, 0
	for _, same := range commonLines(a, b) {
		d.gap(a[ia:same.a], b[ib:same.b])
		d.at += utf8.RuneCountInString(a[same.a : same.a+same.size])
		ia, ib = same.a+same.size, same.b+same.size
	}
	d.gap(a[ia:], b[ib:])
	return d.out
}

// differ gathers splices; at is how much of the new text is behind it, in runes.
type differ struct {
	at  int
	out []Splice
}

// gap adds what turns a into b.
func (d *differ) gap(a, b string) {
	head := commonHead(a, b)
	tail := commonTail(a[head:], b[head:])
	s := Splice{
		At:  d.at + utf8.RuneCountInString(a[:head]),
		Del: utf8.RuneCountInString(a[head : len(a)-tail]),
		Ins: []rune(b[head : len(b)-tail]),
	}
	if !s.none() {
		d.out = append(d.out, s)
	}
	d.at += utf8.RuneCountInString(b)
}

// line is a line that two texts have in common: where it begins in each, and its size, in bytes.
type line struct{ a, b, size int }

// commonLines lists lines that stand once in each text, as many as keep their order.
func commonLines(a, b string) []line {
	type count struct {
		line
		inA, inB int
	}
	counts := make(map[string]*count)
	eachLine(a, func(at int, s string) {
		c := counts[s]
		if c == nil {
			c = &count{line: line{a: at, size: len(s)}}
			counts[s] = c
		}
		c.inA++
	})
	eachLine(b, func(at int, s string) {
		if c := counts[s]; c != nil {
			c.b = at
			c.inB++
		}
	})
	var both []line
	for _, c := range counts {
		if c.inA == 1 && c.inB == 1 {
			both = append(both, c.line)
		}
	}
	sort.Slice(both, func(i, j int) bool { return both[i].a < both[j].a })
	return rising(both)
}

// eachLine calls f with each whole line of a text and where it begins.
func eachLine(text string, f func(at int, s string)) {
	for at := 0; at < len(text); {
		n := strings.IndexByte(text[at:], '\n') + 1
		if n == 0 {
			return
		}
		f(at, text[at:at+n])
		at += n
	}
}

// rising returns the longest subsequence of the lines in which b rises, as a does.
func rising(lines []line) []line {
	var ends []int // the last line of the best run of each length
	before := make([]int, len(lines))
	for i, l := range lines {
		k := sort.Search(len(ends), func(k int) bool { return lines[ends[k]].b > l.b })
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
	out := make([]line, len(ends))
	for k, i := len(ends)-1, 0; k >= 0; k-- {
		if k == len(ends)-1 {
			i = ends[k]
		}
		out[k], i = lines[i], before[i]
	}
	return out
}

// commonHead is how many bytes two texts begin with alike, whole runes only.
func commonHead(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	return n
}

// commonTail is how many bytes two texts end with alike, whole runes only.
func commonTail(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && !utf8.RuneStart(a[len(a)-n]) {
		n--
	}
	return n
}
