package textedit

import "corkboard/renderers/paint"

// look is how a rune of Markdown is set, as flags.
type look uint16

const (
	lookBold look = 1 << iota
	lookItalic
	lookCode
	lookFenced // code that has its ground already
	lookStrike
	lookLink
	lookMark  // a mark of Markdown: there, and muted
	lookMuted // quoted
	lookFaint // done
)

// markdownLooks gives every rune of a block its look. Time is linear. The marks of a paragraph that
// is so long that it has several blocks must stand in one of them together.
func markdownLooks(text []rune, under context) []look {
	out := make([]look, len(text))
	l := leadOf(text)
	if under.inner {
		l = lead{}
	}
	if under.code() {
		all := lookFenced
		if l.after(under.fence) != under.fence {
			all |= lookMark
		}
		paintLooks(out, all)
		return out
	}
	k := under.kind
	if k == ruleLine {
		paintLooks(out, lookMark)
		return out
	}
	head := 0
	if !under.inner {
		head = headOf(text, k)
		paintLooks(out[:head], lookMark)
	}
	switch k {
	case headingLine:
		paintLooks(out[head:], lookBold)
	case quoteLine:
		paintLooks(out[head:], lookMuted)
	case doneLine:
		paintLooks(out[head:], lookFaint|lookStrike)
	}
	inlineLooks(text[head:], out[head:])
	return out
}

// headOf is how many runes at the beginning are marks: of a heading, a quote, an item.
func headOf(text []rune, k kind) int {
	n := indentOf(text)
	switch k {
	case headingLine:
		n += runOf(text[n:], '#')
	case quoteLine:
		for n < len(text) && (text[n] == '>' || isBlank(text[n])) {
			n++
		}
	case itemLine, doneLine:
		marker, box := markerOf(text[n:])
		n += max(marker, box)
		n += indentOf(text[n:])
	}
	return n
}

func paintLooks(out []look, l look) {
	for i := range out {
		out[i] |= l
	}
}

// spans cuts a text into stretches of one look. Sizes are those of ordinary text everywhere, so that
// lines do not move when a mark is typed.
func spans(text []rune, looks []look, base paint.Style, pal paint.Palette) []paint.Span {
	var out []paint.Span
	for from := 0; from < len(text); {
		to := from + 1
		for to < len(text) && looks[to] == looks[from] {
			to++
		}
		out = append(out, paint.Span{Text: string(text[from:to]), Style: looks[from].style(base, pal)})
		from = to
	}
	if len(out) == 0 {
		out = append(out, paint.Span{Style: base})
	}
	return out
}

func (l look) style(st paint.Style, pal paint.Palette) paint.Style {
	st.Bold = st.Bold || l&lookBold != 0
	st.Italic = l&lookItalic != 0
	st.Strike = l&lookStrike != 0
	switch {
	case l&lookMark != 0:
		st.Color, st.Strike = pal.InkFaint, false
	case l&lookLink != 0:
		st.Color = pal.Link
	case l&lookFaint != 0:
		st.Color = pal.InkFaint
	case l&lookMuted != 0:
		st.Color = pal.InkMuted
	}
	if l&(lookCode|lookFenced) != 0 {
		st.Mono, st.Size = true, paint.CodeSize
	}
	if l&lookCode != 0 {
		st.Back = pal.CodeBg
	}
	return st
}
