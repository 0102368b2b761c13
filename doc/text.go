package doc

import (
	"strings"
	"unicode/utf8"
)

// EditText plans the change from was to now on a text that may meanwhile read
// current, whoever wrote there since: see Transform. Nothing is left to do if
// it is empty.
func EditText(path Path, was, now, current string) []Splice {
	mine := Diff(path, was, now)
	if len(mine) == 0 || was == current {
		return mine
	}
	mine, _ = Transform(mine, Diff(path, was, current))
	return mine
}

// Spliced makes splices one after another; one that overhangs is cut.
func Spliced(text string, all ...Splice) string {
	var done strings.Builder
	at := 0 // runes in done; text is what follows
	for _, s := range all {
		if s.From < at {
			text, at = done.String()+text, 0
			done.Reset()
		}
		n := byteOf(text, s.From-at)
		done.WriteString(text[:n])
		done.WriteString(s.Insert)
		at += utf8.RuneCountInString(text[:n]) + utf8.RuneCountInString(s.Insert)
		text = text[n:]
		text = text[byteOf(text, s.Delete):]
	}
	return done.String() + text
}

// byteOf is where the rune at an offset begins, or the end.
func byteOf(text string, offset int) int {
	for i := range text {
		if offset <= 0 {
			return i
		}
		offset--
	}
	return len(text)
}
