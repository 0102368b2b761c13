package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// line is what flows in one paragraph, in Markdown.
func (m *markdown) line(nodes []*html.Node) string {
	w := &inline{m: m}
	for _, n := range nodes {
		w.node(n, 0)
	}
	return tidy(w.b.String())
}

// flat is all of an element in one line.
func (m *markdown) flat(n *html.Node) string {
	w := &inline{m: m}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, 0)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(tidy(w.b.String()), "\\\n", " ")), " ")
}

// inline writes what is inside a line.
type inline struct {
	m      *markdown
	b      bytes.Buffer
	linked bool
}

func (w *inline) node(n *html.Node, deep int) {
	if deep > maxNesting || w.b.Len() > maxArticle {
		return
	}
	switch {
	case n.Type == html.TextNode:
		w.b.WriteString(escape(clean(n.Data)))
		return
	case n.Type != html.ElementNode || skipped[n.Data]:
		return
	}
	all := func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			w.node(c, deep+1)
		}
	}
	switch n.Data {
	case "br":
		w.b.WriteString("\n")
	case "strong", "b":
		w.around("**", all)
	case "em", "i", "cite", "dfn", "var":
		w.around("*", all)
	case "del", "s", "strike":
		w.around("~~", all)
	case "code", "kbd", "samp", "tt":
		if text := strings.TrimSpace(clean(textOf(n, maxLine))); text != "" && !strings.Contains(text, "`") {
			w.b.WriteString("`" + text + "`")
			return
		}
		all()
	case "a":
		w.link(attr(n, "href"), all)
	case "q":
		w.b.WriteString("“")
		all()
		w.b.WriteString("”")
	default:
		if !flowing[n.Data] {
			w.b.WriteString(" ")
		}
		all()
	}
}

const maxLine = 64 << 10

// around puts marks around what f writes, inside of its spaces.
func (w *inline) around(mark string, f func()) {
	text := w.taken(f)
	inner := strings.TrimSpace(text)
	if inner == "" || strings.ContainsAny(inner, "\n") || strings.HasPrefix(inner, mark[:1]) || strings.HasSuffix(inner, mark[:1]) {
		w.b.WriteString(text)
		return
	}
	lead, tail := edges(text)
	w.b.WriteString(lead + mark + inner + mark + tail)
}

// link writes a link to a page of the web; others are their words.
func (w *inline) link(href string, f func()) {
	to := resolve(w.m.base, href)
	if to == "" || w.linked {
		f()
		return
	}
	w.linked = true
	text := w.taken(f)
	w.linked = false
	inner := strings.TrimSpace(strings.ReplaceAll(text, "\n", " "))
	if inner == "" {
		return
	}
	lead, tail := edges(text)
	to = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", "\\", "%5C").Replace(to)
	w.b.WriteString(lead + "[" + inner + "](" + to + ")" + tail)
}

// taken is what f writes, instead of writing it.
func (w *inline) taken(f func()) string {
	from := w.b.Len()
	f()
	text := string(w.b.Bytes()[from:])
	w.b.Truncate(from)
	return text
}

// edges are a space for those at either end.
func edges(s string) (lead, tail string) {
	if strings.TrimLeft(s, " \n") != s {
		lead = " "
	}
	if strings.TrimRight(s, " \n") != s {
		tail = " "
	}
	return lead, tail
}

// clean leaves out what is no text.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < ' ', r == 0x7f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff, r == 0xad:
			return -1
		}
		return r
	}, s)
}

// escape makes one line of text in which nothing is a mark.
func escape(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch r {
		case ' ', '\n', '\t', '\r', '\f':
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		case '\\', '`', '*', '_', '[', ']', '<', '>', '~', '|', '&':
			b.WriteByte('\\')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// tidy takes spaces together and keeps the beginning of a line from being a mark. Lines
// that were broken stay so; an empty one between them makes two paragraphs.
func tidy(s string) string {
	var b strings.Builder
	empty := 0
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line == "" {
			empty++
			continue
		}
		switch {
		case b.Len() == 0:
		case empty > 0:
			b.WriteString("\n\n")
		default:
			b.WriteString("\\\n")
		}
		b.WriteString(guard(line))
		empty = 0
	}
	return b.String()
}

// guard escapes what would begin a heading, a list or a line of code.
func guard(line string) string {
	if line == "" {
		return line
	}
	switch line[0] {
	case '#', '+', '=':
		return "\\" + line
	case '-':
		if line != "---" {
			return "\\" + line
		}
		return "\\---"
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && digits < 10 && len(line) > digits && (line[digits] == '.' || line[digits] == ')') {
		return line[:digits] + "\\" + line[digits:]
	}
	return line
}
