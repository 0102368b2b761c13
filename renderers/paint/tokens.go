package paint

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// frag is an unbreakable stretch of one span: part of a word, equal white space, a tab, a newline.
type frag struct {
	kind       fragKind
	glue       bool // no line break before it
	span       int32
	start, end int // runes over all spans
	size       float32
	advance    float32 // board units; tabs get theirs when their place is known
	word       *word
	from, to   int32 // the part of the word
}

type fragKind uint8

const (
	fragWord fragKind = iota
	fragSpace
	fragTab
	fragNewline
)

const maxWordRunes = 48 // longer words are shaped, and may be broken, in pieces

// Closing and opening marks that do not begin or end a line of Chinese or Japanese.
const (
	noBreakBefore = ".,:;!?)]}、。，．！？：；）」』】〉》〕…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
	noBreakAfter  = "（「『【〈《〔"
)

func isIdeograph(r rune) bool {
	return r >= 0x2e80 && r < 0xa000 || r >= 0xac00 && r < 0xd7b0 || r >= 0xf900 && r < 0xfb00 ||
		r >= 0xff00 && r < 0xff61 || r >= 0x1f300 && r < 0x1f3fb || r >= 0x1f400 && r < 0x1faff || r >= 0x20000 && r < 0x32000
}

func isGap(r rune) bool {
	switch r {
	case 0xa0, 0x202f, 0x2007, 0xfeff: // the spaces that do not break
		return false
	}
	return r == ' ' || r == 0x200b || unicode.IsSpace(r) || unicode.IsControl(r)
}

// spaceWidth is the width in em of one rune of white space, given that of a plain space.
func spaceWidth(r rune, plain float32) float32 {
	switch {
	case r == 0x3000:
		return 1
	case r == 0x200b, r != ' ' && unicode.IsControl(r), r == 0x2028, r == 0x2029:
		return 0
	}
	return plain
}

// cut appends the fragments of a span whose first rune has the offset at, and which follows the rune
// prev (0 after white space). It returns the same for the span after it.
func (s *Shaper) cut(text string, st Style, span int32, at int, prev rune) (int, rune) {
	size, sl := st.size(), st.slot()
	plain := s.word(" ", sl).advance
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		f := frag{span: span, start: at, size: size}
		next := rune(0)
		switch {
		case r == '\n':
			f.kind, f.end = fragNewline, at+1
		case r == '\t':
			f.kind, f.end = fragTab, at+1
		case isGap(r):
			f.kind = fragSpace
			same := 1
			for i+n < len(text) && strings.HasPrefix(text[i+n:], text[i:i+utf8.RuneLen(r)]) {
				n += utf8.RuneLen(r)
				same++
			}
			f.end = at + same
			f.advance = float32(same) * spaceWidth(r, plain) * size
		default:
			size, runes, last := wordEnd(text[i:])
			n = size
			f.word = s.word(text[i:i+n], sl)
			f.end, f.to = at+runes, int32(runes)
			f.advance = f.word.advance * f.size
			f.glue = prev != 0 && !breakBetween(prev, r)
			next = last
		}
		prev = next
		s.frags = append(s.frags, f)
		at, i = f.end, i+n
	}
	return at, prev
}

// wordEnd measures the word at the start of text in bytes and runes. An ideograph, with the marks
// upon it, is a word of its own; a hyphen between letters ends one. last is the last rune that is
// not a mark, or hyphenEnd.
func wordEnd(text string) (size, runes int, last rune) {
	var before, raw rune // the base rune before last; the rune before this one
	for i, r := range text {
		if r == '\n' || r == '\t' || isGap(r) || runes >= 2*maxWordRunes {
			return i, runes, last
		}
		if runes > 0 && !joins(r) && raw != 0x200d {
			if isIdeograph(r) || isIdeograph(last) || runes >= maxWordRunes {
				return i, runes, last
			}
			if last == '-' && unicode.IsLetter(r) && (unicode.IsLetter(before) || unicode.IsDigit(before)) {
				return i, runes, hyphenEnd
			}
		}
		if !joins(r) || runes == 0 {
			before, last = last, r
		}
		raw = r
		runes++
	}
	return len(text), runes, last
}

// hyphenEnd stands for a hyphen after which a line may break.
const hyphenEnd = '\u2010'

// breakBetween reports whether a line may break between two words without white space between.
func breakBetween(last, first rune) bool {
	if last == hyphenEnd {
		return true
	}
	return (isIdeograph(last) || isIdeograph(first)) &&
		!strings.ContainsRune(noBreakBefore, first) && !strings.ContainsRune(noBreakAfter, last)
}
