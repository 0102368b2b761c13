package paint

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// Shaper lays text out. It remembers the words it has shaped, so keep one per goroutine; it must
// not be used by two goroutines at a time. What it returns may be shared freely.
type Shaper struct {
	set    *fontSet
	chains [5][]shaperFont
	buf    *harfbuzz.Buffer

	young, old map[wordKey]*word // two generations: a cheap LRU

	frags []frag
	runes []rune
}

const wordsPerGeneration = 8192

// shaperFont is a font with the caches of this shaper's goroutine.
type shaperFont struct {
	t    *typeface
	face *font.Face
	hb   *harfbuzz.Font
}

type wordKey struct {
	text string
	slot slot
}

// NewShaper returns an empty shaper. The first one of the program parses the fonts (some ms).
func NewShaper() *Shaper {
	s := &Shaper{buf: harfbuzz.NewBuffer()}
	s.reset(fonts())
	return s
}

func (s *Shaper) reset(set *fontSet) {
	s.set = set
	s.young, s.old = make(map[wordKey]*word), nil
	made := make(map[*typeface]shaperFont)
	for i := range s.chains {
		s.chains[i] = s.chains[i][:0]
		for _, t := range set.chain(slot(i)) {
			f, ok := made[t]
			if !ok {
				face := font.NewFace(t.font)
				f = shaperFont{t: t, face: face, hb: harfbuzz.NewFont(face)}
				made[t] = f
			}
			s.chains[i] = append(s.chains[i], f)
		}
	}
}

// word returns the shaped form of text, which holds no white space.
func (s *Shaper) word(text string, sl slot) *word {
	key := wordKey{text, sl}
	if w, ok := s.young[key]; ok {
		return w
	}
	w, ok := s.old[key]
	key.text = strings.Clone(text)
	if !ok {
		w = s.shape(key.text, sl)
	}
	if len(s.young) >= wordsPerGeneration {
		s.old, s.young = s.young, make(map[wordKey]*word)
	}
	s.young[key] = w
	return w
}

// piece is a stretch of a word in one font and one script.
type piece struct {
	start, end int
	font       shaperFont
	script     language.Script
}

func (p piece) rtl() bool { return isRTL(p.script) }

func isRTL(sc language.Script) bool {
	switch sc {
	case language.Arabic, language.Hebrew, language.Syriac, language.Thaana, language.Nko:
		return true
	}
	return false
}

func (s *Shaper) shape(text string, sl slot) *word {
	s.runes = s.runes[:0]
	for _, r := range text {
		s.runes = append(s.runes, r)
	}
	w := newWord(s.runes)
	pieces := s.pieces(sl)
	for _, p := range pieces {
		w.rtl = w.rtl || p.rtl()
		w.mixed = w.mixed || p.rtl() != pieces[0].rtl()
	}
	for i := range pieces {
		p := pieces[i]
		if w.rtl {
			p = pieces[len(pieces)-1-i]
		}
		s.shapePiece(w, p)
	}
	w.blank()
	return w
}

// pieces splits the runes of the shaper by script and by the first font that knows them.
func (s *Shaper) pieces(sl slot) []piece {
	chain := s.chains[sl]
	if len(chain) == 0 {
		return nil
	}
	script := firstScript(s.runes)
	var out []piece
	for i, r := range s.runes {
		if sc := language.LookupScript(r); sc.Strong() {
			script = sc
		} else if r >= '0' && r <= '9' && isRTL(script) {
			script = language.Latin
		}
		f := fontFor(chain, r)
		if len(out) > 0 && joins(r) {
			f = out[len(out)-1].font
		}
		if n := len(out); n > 0 && out[n-1].font.t == f.t && out[n-1].script == script {
			out[n-1].end = i + 1
			continue
		}
		out = append(out, piece{i, i + 1, f, script})
	}
	return out
}

func fontFor(chain []shaperFont, r rune) shaperFont {
	for _, f := range chain {
		if _, ok := f.face.NominalGlyph(r); ok {
			return f
		}
	}
	return chain[0]
}

func firstScript(rs []rune) language.Script {
	for _, r := range rs {
		if sc := language.LookupScript(r); sc.Strong() {
			return sc
		}
	}
	return language.Latin
}

// joins reports whether the rune belongs to the one before it (a mark, a joiner, a selector).
func joins(r rune) bool {
	if r < 0x300 {
		return false
	}
	return r == 0x200c || r == 0x200d || r >= 0x1f3fb && r <= 0x1f3ff || unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc)
}

func (s *Shaper) shapePiece(w *word, p piece) {
	s.buf.Clear()
	s.buf.AddRunes(s.runes, p.start, p.end-p.start)
	s.buf.Props.Script = p.script
	s.buf.Props.Language = "en"
	s.buf.Props.Direction = harfbuzz.LeftToRight
	if p.rtl() {
		s.buf.Props.Direction = harfbuzz.RightToLeft
	}
	s.buf.Shape(p.font.hb, nil)
	w.add(s.buf, p)
}
