package textedit

import (
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// window is how many runes around the caret are looked at to find the bounds of a letter.
const window = 64

// Left moves one letter back, or to the start of the selection if it is given up.
func (b *Buffer) Left(extend bool) {
	from, to := b.Selection()
	if from != to && !extend {
		b.MoveTo(from, false)
		return
	}
	b.MoveTo(b.prevLetter(b.caret), extend)
}

// Right moves one letter on, or to the end of the selection if it is given up.
func (b *Buffer) Right(extend bool) {
	from, to := b.Selection()
	if from != to && !extend {
		b.MoveTo(to, false)
		return
	}
	b.MoveTo(b.nextLetter(b.caret), extend)
}

// WordLeft moves to the start of a word.
func (b *Buffer) WordLeft(extend bool) { b.MoveTo(b.prevWord(b.caret), extend) }

// WordRight moves to the end of a word.
func (b *Buffer) WordRight(extend bool) { b.MoveTo(b.nextWord(b.caret), extend) }

// SelectAll selects everything.
func (b *Buffer) SelectAll() { b.Select(0, b.Len()) }

// SelectWord selects the word, the white space or the marks around the offset.
func (b *Buffer) SelectWord(at int) {
	at = b.clamp(at)
	if at == b.Len() || b.runes[at] == '\n' {
		at--
	}
	if at < 0 || b.runes[at] == '\n' {
		b.MoveTo(at+1, false)
		return
	}
	c := classOf(b.runes[at])
	from, to := at, at
	for from > 0 && classOf(b.runes[from-1]) == c {
		from--
	}
	for to < b.Len() && classOf(b.runes[to]) == c {
		to++
	}
	b.Select(from, to)
}

// SelectParagraph selects the paragraph around the offset with its newline.
func (b *Buffer) SelectParagraph(at int) {
	at = b.clamp(at)
	from, to := at, at
	for from > 0 && b.runes[from-1] != '\n' {
		from--
	}
	for to < b.Len() && b.runes[to] != '\n' {
		to++
	}
	b.Select(from, min(to+1, b.Len()))
}

// class sorts runes for movement by words.
type class uint8

const (
	classSpace class = iota
	classWord
	classMark
	classNewline
)

func classOf(r rune) class {
	switch {
	case r == '\n':
		return classNewline
	case unicode.IsSpace(r):
		return classSpace
	case r == '_', unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return classWord
	}
	return classMark
}

func (b *Buffer) prevWord(at int) int {
	for at > 0 && classOf(b.runes[at-1]) != classWord {
		at--
	}
	for at > 0 && classOf(b.runes[at-1]) == classWord {
		at--
	}
	return at
}

func (b *Buffer) nextWord(at int) int {
	for at < b.Len() && classOf(b.runes[at]) != classWord {
		at++
	}
	for at < b.Len() && classOf(b.runes[at]) == classWord {
		at++
	}
	return at
}

// prevLetter returns the start of the grapheme before the offset.
func (b *Buffer) prevLetter(at int) int {
	if at <= 0 {
		return 0
	}
	from := max(0, at-window)
	last := at - 1
	each(b.runes[from:at], func(start int) bool {
		last = from + start
		return true
	})
	return last
}

// nextLetter returns the end of the grapheme after the offset.
func (b *Buffer) nextLetter(at int) int {
	if at >= b.Len() {
		return b.Len()
	}
	to := min(b.Len(), at+window)
	next := to
	each(b.runes[at:to], func(start int) bool {
		if start > 0 {
			next = at + start
		}
		return start == 0
	})
	return next
}

// each calls f with the start of every grapheme until it returns false.
func each(rs []rune, f func(start int) bool) {
	var seg segmenter.Segmenter
	seg.Init(rs)
	for it := seg.GraphemeIterator(); it.Next(); {
		if !f(it.Grapheme().Offset) {
			return
		}
	}
}
