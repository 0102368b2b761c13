package textedit

import (
	"slices"
	"unicode"
)

// maxOpen bounds the marks of emphasis that wait for their partner.
const maxOpen = 64

// delimiter is a run of marks that may open emphasis: n are left of it, the last at to-1.
type delimiter struct {
	mark rune
	to   int
	n    int
}

// inliner finds code, links and emphasis in one paragraph.
type inliner struct {
	text []rune
	out  []look
	open []delimiter

	noCode [8]bool // no run of so many backticks is left to close one
}

// inlineLooks marks code, links, emphasis and strikes. Like Markdown, but a line at a time and
// without reference links and raw HTML.
func inlineLooks(text []rune, out []look) {
	in := inliner{text: text, out: out}
	for i := 0; i < len(text); {
		i = in.step(i)
	}
}

// step reads on from i and returns where to go on; always further than i.
func (in *inliner) step(i int) int {
	switch c := in.text[i]; c {
	case '\\':
		if i+1 < len(in.text) && unicode.In(in.text[i+1], unicode.P, unicode.S) {
			in.out[i] |= lookMark
			return i + 2
		}
	case '`':
		return in.code(i)
	case '*', '_', '~':
		return in.emphasis(i, c)
	case '[':
		return in.link(i)
	case 'h', 'm', 'c':
		return in.address(i)
	}
	return i + 1
}

// code looks for the backticks that close those at i.
func (in *inliner) code(i int) int {
	n := runOf(in.text[i:], '`')
	if k := min(n, len(in.noCode)-1); !in.noCode[k] {
		for j := i + n; j < len(in.text); {
			if in.text[j] != '`' {
				j++
				continue
			}
			m := runOf(in.text[j:], '`')
			if m == n {
				in.mark(i, i+n)
				in.mark(j, j+n)
				paintLooks(in.out[i:j+n], lookCode)
				return j + n
			}
			j += m
		}
		in.noCode[k] = n < len(in.noCode)-1
	}
	return i + n
}

func (in *inliner) mark(from, to int) { paintLooks(in.out[from:to], lookMark) }

// emphasis closes what the marks at i can close, and lets the rest wait for others.
func (in *inliner) emphasis(i int, c rune) int {
	n := runOf(in.text[i:], c)
	opens, closes := in.flanks(i, i+n, c)
	left := n
	if closes {
		left = in.close(i, n, c)
	}
	if opens && left > 0 && len(in.open) < maxOpen {
		in.open = append(in.open, delimiter{c, i + n, left})
	}
	return i + n
}

// close pairs n marks at i with open ones of their kind and returns how many are left.
func (in *inliner) close(i, n int, c rune) int {
	at := i
	for n > 0 {
		k := len(in.open) - 1
		for k >= 0 && in.open[k].mark != c {
			k--
		}
		if k < 0 {
			return n
		}
		d := &in.open[k]
		use, l := min(n, d.n, 2), lookItalic
		switch {
		case c == '~' && use < 2:
			return n
		case c == '~':
			l = lookStrike
		case use == 2:
			l = lookBold
		}
		paintLooks(in.out[d.to:at], l)
		in.mark(d.to-use, d.to)
		in.mark(at, at+use)
		d.to, d.n = d.to-use, d.n-use
		at, n = at+use, n-use
		in.open = in.open[:k+1]
		if d.n == 0 {
			in.open = in.open[:k]
		}
	}
	return 0
}

// flanks tells whether marks between two letters can open and close emphasis.
func (in *inliner) flanks(from, to int, c rune) (opens, closes bool) {
	before, after := ' ', ' '
	if from > 0 {
		before = in.text[from-1]
	}
	if to < len(in.text) {
		after = in.text[to]
	}
	space := func(r rune) bool { return unicode.IsSpace(r) }
	punct := func(r rune) bool { return unicode.In(r, unicode.P, unicode.S) }
	left := !space(after) && (!punct(after) || space(before) || punct(before))
	right := !space(before) && (!punct(before) || space(after) || punct(after))
	if c == '_' {
		return left && (!right || punct(before)), right && (!left || punct(after))
	}
	return left, right
}

// link marks [text](address).
func (in *inliner) link(i int) int {
	const longest = 512 // runes of text, and of an address
	end := min(len(in.text), i+longest)
	mid := slices.Index(in.text[i:end], ']')
	if mid < 0 || i+mid+1 >= len(in.text) || in.text[i+mid+1] != '(' {
		return i + 1
	}
	mid += i
	last := slices.IndexFunc(in.text[mid:min(len(in.text), mid+longest)], func(r rune) bool { return r == ')' || unicode.IsSpace(r) })
	if last < 0 || in.text[mid+last] != ')' {
		return i + 1
	}
	last += mid
	if i > 0 && in.text[i-1] == '!' {
		in.mark(i-1, i)
	}
	in.mark(i, i+1)
	paintLooks(in.out[i+1:mid], lookLink)
	inlineLooks(in.text[i+1:mid], in.out[i+1:mid])
	in.mark(mid, last+1)
	return last + 1
}

// address marks a bare address.
func (in *inliner) address(i int) int {
	if i > 0 && (unicode.IsLetter(in.text[i-1]) || unicode.IsDigit(in.text[i-1])) {
		return i + 1
	}
	found := false
	for _, s := range [...]string{"https://", "http://", "mailto:", "corkboard:"} {
		n := len(s)
		found = found || i+n < len(in.text) && string(in.text[i:i+n]) == s
	}
	if !found {
		return i + 1
	}
	end := i
	for end < len(in.text) && !unicode.IsSpace(in.text[end]) && in.text[end] != '<' && in.text[end] != '>' {
		end++
	}
	for end > i && slices.Contains([]rune(".,:;!?)]'\"*_"), in.text[end-1]) {
		end--
	}
	paintLooks(in.out[i:end], lookLink)
	return end
}
