package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corkboard/search/fold"
)

// maxWord is the length of a word in runes; what is behind it does not count.
const maxWord = 64

// alone are scripts that put no spaces between words: each of their letters
// is a word, and what is typed of them is found inside longer words.
var alone = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Yi,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// words takes a text apart.
type words struct {
	each     func(word []byte, from, to int) bool
	word     []byte
	runes    int
	from, to int
	ended    bool // nobody wants more
	seg      []byte
}

// eachWord calls each for every word of s, folded, with the bytes of s that it
// was made of, until each says false. The word is valid during the call.
func eachWord(s string, each func(word []byte, from, to int) bool) {
	w := words{each: each}
	for i := 0; i < len(s) && !w.ended; {
		c := s[i]
		if c < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
			w.ascii(c, i)
			i++
			continue
		}
		n := max(1, norm.NFKC.NextBoundaryInString(s[i:], true))
		w.seg = norm.NFKC.AppendString(w.seg[:0], s[i:i+n])
		for rest := w.seg; len(rest) > 0; {
			r, size := utf8.DecodeRune(rest)
			w.rune(r, i, i+n)
			rest = rest[size:]
		}
		i += n
	}
	w.end()
}

func (w *words) ascii(c byte, at int) {
	switch {
	case 'A' <= c && c <= 'Z':
		c += 'a' - 'A'
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
	default:
		w.end()
		return
	}
	if w.grow(at, at+1) {
		w.word = append(w.word, c)
	}
}

func (w *words) rune(r rune, from, to int) {
	switch {
	case r < utf8.RuneSelf && from+1 == to:
		w.ascii(byte(r), from)
	case unicode.Is(unicode.Cf, r) || 0xfe00 <= r && r <= 0xfe0f: // says how, not what
	case standsAlone(r):
		w.end()
		w.grow(from, to)
		w.word = utf8.AppendRune(w.word, unicode.ToLower(r))
		w.end()
	case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
		if w.grow(from, to) {
			w.word = appendFolded(w.word, r)
		}
	default:
		w.end()
	}
}

// standsAlone tells letters of the scripts alone, and pictures.
func standsAlone(r rune) bool {
	switch {
	case r < utf8.RuneSelf || r == utf8.RuneError:
		return false
	case unicode.IsSymbol(r):
		return true
	case r < 0x0e00:
		return false
	}
	return 0x3005 <= r && r <= 0x30ff && unicode.IsLetter(r) || unicode.In(r, alone...) && !unicode.IsPunct(r)
}

// grow counts one more rune of the present word; false if it is too long.
func (w *words) grow(from, to int) bool {
	if w.runes == 0 {
		w.from = from
	}
	w.runes++
	w.to = to
	return w.runes <= maxWord
}

func (w *words) end() {
	if len(w.word) > 0 && !w.ended {
		w.ended = !w.each(w.word, w.from, w.to)
	}
	w.word, w.runes = w.word[:0], 0
}

// appendFolded adds what is left of a letter without case and accents, and without the
// signs that some are made of.
func appendFolded(out []byte, r rune) []byte {
	kept := len(out)
	out = fold.Append(out, r)
	for _, c := range out[kept:] {
		if c >= utf8.RuneSelf || unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) {
			out[kept] = c
			kept++
		}
	}
	return out[:kept]
}

// plainWords is the words of a text with spaces between them, as the index
// takes them.
func plainWords(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		b.Grow(len(s) + 1)
		eachWord(s, func(word []byte, _, _ int) bool {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.Write(word)
			return true
		})
	}
	return b.String()
}
