package textedit

import (
	"strings"
	"unicode"
)

// Buffer is a text with a caret and a selection, which reaches from the anchor to the caret. The
// zero value is an empty text. One goroutine at a time.
type Buffer struct {
	// Changed is told of every edit after it was made, but not of SetText and Splice.
	Changed func(Splice)
	// OneLine takes newlines for spaces.
	OneLine bool

	text          rope
	caret, anchor int
}

// Text returns the whole text.
func (b *Buffer) Text() string { return b.text.text(0, b.text.n) }

// Slice returns the runes [from, to), taken into range.
func (b *Buffer) Slice(from, to int) string {
	from, to = b.clamp(from), b.clamp(to)
	return b.text.text(from, max(from, to))
}

// Len is the length in runes.
func (b *Buffer) Len() int { return b.text.n }

// Caret returns the offset of the caret.
func (b *Buffer) Caret() int { return b.caret }

// Selection returns the selected range; from == to when there is none.
func (b *Buffer) Selection() (from, to int) {
	return min(b.caret, b.anchor), max(b.caret, b.anchor)
}

// Selected returns the selected text.
func (b *Buffer) Selected() string {
	from, to := b.Selection()
	return b.text.text(from, to)
}

// SetText replaces everything and puts the caret at the start.
func (b *Buffer) SetText(text string) {
	b.text.reset(text)
	b.caret, b.anchor = 0, 0
}

// Select puts the anchor and the caret at offsets, which are taken into range.
func (b *Buffer) Select(anchor, caret int) {
	b.anchor, b.caret = b.clamp(anchor), b.clamp(caret)
}

// MoveTo puts the caret at an offset; with extend the anchor stays.
func (b *Buffer) MoveTo(at int, extend bool) {
	b.caret = b.clamp(at)
	if !extend {
		b.anchor = b.caret
	}
}

func (b *Buffer) clamp(at int) int { return min(max(at, 0), b.text.n) }

// Insert types over the selection. Line ends become newlines; other control characters are left out.
func (b *Buffer) Insert(text string) {
	from, to := b.Selection()
	b.edit(Splice{At: from, Del: to - from, Ins: b.clean(text)})
}

func (b *Buffer) clean(text string) []rune {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	out := make([]rune, 0, len(text))
	for _, r := range text {
		if r == '\r' || r == 0x2028 || r == 0x2029 {
			r = '\n'
		}
		if r == '\n' && b.OneLine {
			r = ' '
		}
		if r == '\n' || r == '\t' || !unicode.IsControl(r) {
			out = append(out, r)
		}
	}
	return out
}

// Backspace deletes the selection, or the letter before the caret.
func (b *Buffer) Backspace() { b.deleteTo(b.prevLetter(b.caret)) }

// Delete deletes the selection, or the letter after the caret.
func (b *Buffer) Delete() { b.deleteTo(b.nextLetter(b.caret)) }

// BackspaceWord deletes the selection, or back to the start of a word.
func (b *Buffer) BackspaceWord() { b.deleteTo(b.prevWord(b.caret)) }

// DeleteWord deletes the selection, or to the end of a word.
func (b *Buffer) DeleteWord() { b.deleteTo(b.nextWord(b.caret)) }

func (b *Buffer) deleteTo(other int) {
	from, to := b.Selection()
	if from == to {
		from, to = min(b.caret, other), max(b.caret, other)
	}
	b.edit(Splice{At: from, Del: to - from})
}

// Cut deletes the selection and returns it.
func (b *Buffer) Cut() string {
	text := b.Selected()
	b.Insert("")
	return text
}

func (b *Buffer) edit(s Splice) {
	if s.none() {
		return
	}
	b.text.splice(s.At, s.Del, s.Ins)
	b.MoveTo(s.At+len(s.Ins), false)
	if b.Changed != nil {
		b.Changed(s)
	}
}

// Replace types over the runes [from, to), and selects what it typed from anchor to caret, counted
// from its first rune.
func (b *Buffer) Replace(from, to int, text string, anchor, caret int) {
	from, to = b.clamp(from), b.clamp(to)
	b.edit(Splice{At: from, Del: max(0, to-from), Ins: b.clean(text)})
	b.Select(from+anchor, from+caret)
}

// Splice brings in a change made elsewhere; caret and anchor stay with their neighbours. It returns
// the change as it was made, taken into range.
func (b *Buffer) Splice(s Splice) Splice {
	s.At = b.clamp(s.At)
	s.Del = min(max(s.Del, 0), b.text.n-s.At)
	b.text.splice(s.At, s.Del, s.Ins)
	b.caret, b.anchor = s.carry(b.caret), s.carry(b.anchor)
	return s
}
