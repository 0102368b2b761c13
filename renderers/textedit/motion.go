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

// ParagraphUp moves to the start of the paragraph, or of the one before.
func (b *Buffer) ParagraphUp(extend bool) {
	at := b.caret
	for at > 0 && b.text.at(at-1) == '\n' {
		at--
	}
	for at > 0 && b.text.at(at-1) != '\n' {
		at--
	}
	b.MoveTo(at, extend)
}

// ParagraphDown moves to the end of the paragraph, or of the one after.
func (b *Buffer) ParagraphDown(extend bool) {
	at := b.caret
	for at < b.Len() && b.text.at(at) == '\n' {
		at++
	}
	b.MoveTo(b.text.newline(at, b.Len()), extend)
}

// SelectAll selects everything.
func (b *Buffer) SelectAll() { b.Select(0, b.Len()) }

// SelectWord selects the word, the white space or the marks around the offset.
func (b *Buffer) SelectWord(at int) {
	at = b.clamp(at)
	if at == b.Len() || b.text.at(at) == '\n' {
		at--
	}
	if at < 0 || b.text.at(at) == '\n' {
		b.MoveTo(at+1, false)
		return
	}
	c := classOf(b.text.at(at))
	from, to := at, at
	for from > 0 && classOf(b.text.at(from-1)) == c {
		from--
	}
	for to < b.Len() && classOf(b.text.at(to)) == c {
		to++
	}
	b.Select(from, to)
}

// SelectParagraph selects the paragraph around the offset with its newline.
func (b *Buffer) SelectParagraph(at int) {
	at = b.clamp(at)
	from, to := at, at
	for from > 0 && b.text.at(from-1) != '\n' {
		from--
	}
	for to < b.Len() && b.text.at(to) != '\n' {
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
	for at > 0 && classOf(b.text.at(at-1)) != classWord {
		at--
	}
	for at > 0 && classOf(b.text.at(at-1)) == classWord {
		at--
	}
	return at
}

func (b *Buffer) nextWord(at int) int {
	for at < b.Len() && classOf(b.text.at(at)) != classWord {
		at++
	}
	for at < b.Len() && classOf(b.text.at(at)) == classWord {
		at++
	}
	return at
}

func (b *Buffer) prevLetter(at int) int { return prevLetter(&b.text, at) }
func (b *Buffer) nextLetter(at int) int { return nextLetter(&b.text, at) }

// prevLetter returns the start of the grapheme before the offset.
func prevLetter(text *rope, at int) int {
	if at <= 0 {
		return 0
	}
	from := max(0, at-window)
	last := at - 1
	each(text.slice(nil, from, at), func(start int) bool {
		last = from + start
		return true
	})
	return last
}

// nextLetter returns the end of the grapheme after the offset.
func nextLetter(text *rope, at int) int {
	if at >= text.n {
		return text.n
	}
	to := min(text.n, at+window)
	next := to
	each(text.slice(nil, at, to), func(start int) bool {
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
