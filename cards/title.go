package cards

import "strings"

// MaxTitle bounds the titles that TitleOf makes, in runes.
const MaxTitle = 80

// Titled is a card's value that has a title; "" means none. Values of packages
// above (a board) implement it too.
type Titled interface{ CardTitle() string }

// TitleOf names a card in lists, tabs and search: its own title, or that of
// its kind ("Untitled board"). Never empty, one line, at most MaxTitle runes.
func TitleOf(kind Kind, value any) string {
	if v, ok := value.(Titled); ok {
		if s := oneLine(v.CardTitle(), MaxTitle); s != "" {
			return s
		}
	}
	info, _ := Lookup(kind)
	return info.Untitled
}

// oneLine makes foreign text fit for a line of the interface: no control
// characters, no direction overrides, single spaces, at most limit runes.
func oneLine(s string, limit int) string {
	var b strings.Builder
	n, space := 0, false
	for _, r := range s {
		if isSpace(r) {
			space = n > 0
			continue
		}
		if isHidden(r) {
			continue
		}
		if space {
			b.WriteByte(' ')
			n, space = n+1, false
		}
		b.WriteRune(r)
		if n++; n > limit {
			break
		}
	}
	if n <= limit {
		return b.String()
	}
	return strings.TrimRight(string([]rune(b.String())[:limit-1]), " ") + "…"
}
