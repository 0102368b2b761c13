// Package fold makes words alike that people take for the same when they search: case
// and accents do not count.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unfolded are letters that no table of Unicode takes apart and that people
// look for by their plain neighbours.
var unfolded = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ı': "i", 'ħ': "h", 'ς': "σ",
}

// String folds a text.
func String(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	out := make([]byte, 0, len(s)+8)
	for _, r := range s {
		out = Append(out, r)
	}
	return string(out)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Append adds what String makes of one rune, which may be nothing.
func Append(out []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(out, byte(r))
	}
	var b [utf8.UTFMax]byte
	n := utf8.EncodeRune(b[:], r)
	apart := norm.NFKD.Properties(b[:n]).Decomposition()
	if apart == nil {
		return appendBase(out, r)
	}
	for len(apart) > 0 {
		r, n := utf8.DecodeRune(apart)
		out, apart = appendBase(out, r), apart[n:]
	}
	return out
}

func appendBase(out []byte, r rune) []byte {
	r = unicode.ToLower(r)
	if plain, ok := unfolded[r]; ok {
		return append(out, plain...)
	}
	if isAccent(r) {
		return out
	}
	return utf8.AppendRune(out, r)
}

// isAccent tells marks that may be left out: diacritics, and the vowel points
// of Hebrew and Arabic. The vowel signs of other scripts are letters to who
// looks for them.
func isAccent(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x1ab0 && r <= 0x1aff || r >= 0x1dc0 && r <= 0x1dff ||
		r >= 0x20d0 && r <= 0x20ff || r >= 0xfe20 && r <= 0xfe2f ||
		r >= 0x591 && r <= 0x5c7 && unicode.Is(unicode.Mn, r) || r >= 0x64b && r <= 0x652
}

// Unfold finds the bytes of s of which String made from ≤ i < to. Accents that follow
// the last letter belong to it.
func Unfold(s string, from, to int) (start, end int) {
	var buf [16]byte
	done, start := 0, -1
	for i, r := range s {
		n := len(Append(buf[:0], r))
		if done >= to && n > 0 {
			return max(start, 0), i
		}
		if start < 0 && done+n > from {
			start = i
		}
		done += n
	}
	if start < 0 {
		start = len(s)
	}
	return start, len(s)
}
