package renderers

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// editedMark stands behind what was changed later.
const editedMark = "edited"

// spans are the text of a message with its addresses and mentions marked.
func (p *talkPlan) spans(m cards.Message) []paint.Span {
	plain := paint.Style{Color: p.pal.Ink}
	var out []paint.Span
	for rest := m.Text; rest != ""; {
		start, end := paint.NextURL(rest)
		if start == end {
			out = p.mentions(out, rest, plain)
			break
		}
		out = p.mentions(out, rest[:start], plain)
		address := rest[start:end]
		out = append(out, paint.Span{Text: address, Style: paint.Style{Color: p.pal.Link, Underline: true}, Link: paint.SafeURL(address)})
		rest = rest[end:]
	}
	if m.Edited > 0 {
		out = append(out, paint.Span{Text: "  " + lang.T(editedMark), Style: paint.Style{Size: talkSmall, Color: p.pal.InkFaint}})
	}
	return out
}

// mentions appends a text with every @Name marked; this person's own stands out.
func (p *talkPlan) mentions(out []paint.Span, text string, plain paint.Style) []paint.Span {
	mine := p.who.person(p.me).Name
	from := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '@' || !beginsWord(text, i) {
			continue
		}
		n := p.nameAt(text[i+1:])
		if n == 0 {
			continue
		}
		if i > from {
			out = append(out, paint.Span{Text: text[from:i], Style: plain})
		}
		st := paint.Style{Color: p.pal.Accent, Bold: true}
		if strings.EqualFold(text[i+1:i+1+n], mine) {
			st.Back = p.pal.Mark
			st.Color = p.pal.Ink
		}
		out = append(out, paint.Span{Text: text[i : i+1+n], Style: st})
		from = i + 1 + n
		i = from - 1
	}
	if from < len(text) {
		out = append(out, paint.Span{Text: text[from:], Style: plain})
	}
	return out
}

// nameAt is the length of the name at the beginning of a text: one that is known,
// else a word.
func (p *talkPlan) nameAt(text string) int {
	for _, name := range p.names {
		if n := len(name); n <= len(text) && strings.EqualFold(text[:n], name) && endsWord(text, n) {
			return n
		}
	}
	n := 0
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if !inName(r) {
			break
		}
		n += size
	}
	return n
}

func beginsWord(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return at == 0 || !inName(r)
}

func endsWord(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return at == len(text) || !inName(r)
}

func inName(r rune) bool {
	return r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// namesOf are the names of those who speak, and of this person, longest first.
func namesOf(list []cards.Message, who *People) []string {
	me := who.me()
	seen := map[string]bool{me: true}
	names := []string{who.person(me).Name}
	for _, m := range list {
		if !seen[m.Author] {
			seen[m.Author] = true
			names = append(names, who.person(m.Author).Name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	return slices.Compact(names)
}
