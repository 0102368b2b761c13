package textedit

// kind is what the beginning of a line makes of the line.
type kind uint8

const (
	plainLine kind = iota
	headingLine
	quoteLine
	itemLine
	doneLine // an item whose box is ticked
	ruleLine
	fenceLine
)

// fence is the fence of code that is open; the zero value is none.
type fence struct {
	mark rune // ` or ~
	n    int  // how many at least close it
}

// lead is what the beginning of a paragraph says of it. The zero value is that of plain text, and of
// a block that is not the beginning of its paragraph.
type lead struct {
	kind  kind
	fence fence // if the line can open or close one
	bare  bool  // nothing else stands in the line, so that it can close one
}

// after is the fence that is open after the line, if f is open before it.
func (l lead) after(f fence) fence {
	switch {
	case l.fence.n == 0:
		return f
	case f.n == 0:
		return l.fence
	case l.bare && l.fence.mark == f.mark && l.fence.n >= f.n:
		return fence{}
	}
	return f
}

// context is what the layout of a block depends on besides its text.
type context struct {
	fence fence
	kind  kind // of the paragraph
	inner bool // the block is not the beginning of its paragraph
}

// code tells whether the paragraph is code, or opens or closes some.
func (c context) code() bool { return c.fence.n > 0 || c.kind == fenceLine }

// leadOf reads the beginning of a line. line may be its first few hundred runes.
func leadOf(line []rune) lead {
	in := indentOf(line)
	if in == len(line) {
		return lead{}
	}
	rest := line[in:]
	if in <= 3 {
		if l := shallowLead(rest); l.kind != plainLine {
			return l
		}
	}
	if n, box := markerOf(rest); n > 0 {
		if box > 0 && rest[box-2] != ' ' {
			return lead{kind: doneLine}
		}
		return lead{kind: itemLine}
	}
	return lead{}
}

// shallowLead knows what cannot be indented far: that would be an item in an item.
func shallowLead(rest []rune) lead {
	switch c := rest[0]; c {
	case '`', '~':
		if n := runOf(rest, c); n >= 3 {
			return fenceLead(rest, n)
		}
	case '#':
		if n := runOf(rest, '#'); n <= 6 && (n == len(rest) || isBlank(rest[n])) {
			return lead{kind: headingLine}
		}
	case '>':
		return lead{kind: quoteLine}
	case '-', '*', '_':
		if isRule(rest, c) {
			return lead{kind: ruleLine}
		}
	}
	return lead{}
}

// fenceLead reads a line that begins with n marks of a fence.
func fenceLead(rest []rune, n int) lead {
	bare := true
	for _, r := range rest[n:] {
		if r == '`' && rest[0] == '`' {
			return lead{} // code in a line
		}
		bare = bare && isBlank(r)
	}
	return lead{kind: fenceLine, fence: fence{rest[0], n}, bare: bare}
}

// isRule tells whether a line is three marks or more and nothing else.
func isRule(rest []rune, c rune) bool {
	n := 0
	for _, r := range rest {
		switch {
		case r == c:
			n++
		case !isBlank(r):
			return false
		}
	}
	return n >= 3
}

// markerOf measures the marker of a list item with the white space after it, and the box of a task
// with what is before it, both in runes; 0 is none.
func markerOf(rest []rune) (marker, box int) {
	n := 0
	switch {
	case len(rest) == 0:
		return 0, 0
	case rest[0] == '-', rest[0] == '*', rest[0] == '+':
		n = 1
	default:
		for n < len(rest) && n < 9 && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		if n == 0 || n == len(rest) || rest[n] != '.' && rest[n] != ')' {
			return 0, 0
		}
		n++
	}
	if n == len(rest) || !isBlank(rest[n]) {
		return 0, 0
	}
	n++
	if n+3 < len(rest) && rest[n] == '[' && rest[n+2] == ']' && isBlank(rest[n+3]) {
		if c := rest[n+1]; c == ' ' || c == 'x' || c == 'X' {
			return n, n + 3
		}
	}
	return n, 0
}

// indentOf counts the blanks before a line's first letter.
func indentOf(line []rune) int {
	n := 0
	for n < len(line) && isBlank(line[n]) {
		n++
	}
	return n
}

// runOf counts how often c stands at the beginning.
func runOf(rs []rune, c rune) int {
	n := 0
	for n < len(rs) && rs[n] == c {
		n++
	}
	return n
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' }
