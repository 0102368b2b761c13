package page

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Limits of a text made of a page.
const (
	maxArticle = 1 << 20 // bytes
	maxNesting = 200     // elements
	maxLists   = 6       // lists inside each other
)

// skipped are elements whose content is not for reading.
var skipped = words("script style template noscript iframe object embed applet svg math canvas video audio " +
	"form button input select textarea nav head title meta link dialog")

// flowing are elements inside a line.
var flowing = words("a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q " +
	"rp rt ruby s samp small span strike strong sub sup time tt u var wbr")

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// markdown writes what can be read of elements. Nothing that a page says becomes a mark
// by accident.
type markdown struct {
	writer
	base  *url.URL
	lists int
}

func newMarkdown(base *url.URL) *markdown { return &markdown{base: base} }

// String is what was written.
func (m *markdown) String() string { return strings.TrimSpace(m.out.String()) }

// blocks writes what is in an element: what flows together is a paragraph.
func (m *markdown) blocks(n *html.Node, deep int) {
	if deep > maxNesting || m.full() {
		return
	}
	var line []*html.Node
	flush := func() {
		m.block(m.line(line))
		line = line[:0]
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode, c.Type == html.ElementNode && flows(c, deep):
			line = append(line, c)
		case c.Type == html.ElementNode && !skipped[c.Data]:
			flush()
			m.element(c, deep+1)
		}
	}
	flush()
}

// flows reports whether an element is part of a line: links around whole blocks are not.
func flows(n *html.Node, deep int) bool {
	if !flowing[n.Data] || skipped[n.Data] {
		return false
	}
	for c := n.FirstChild; c != nil && deep < maxNesting; c = c.NextSibling {
		if c.Type == html.ElementNode && !skipped[c.Data] && !flows(c, deep+1) {
			return false
		}
	}
	return true
}

// element writes one block element.
func (m *markdown) element(n *html.Node, deep int) {
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		level := int(n.Data[1] - '0')
		if text := m.flat(n); text != "" {
			m.block(strings.Repeat("#", level) + " " + text)
		}
	case "blockquote":
		m.inside("> ", "> ", func() { m.blocks(n, deep) })
	case "ul", "ol", "menu":
		m.list(n, deep)
	case "pre":
		m.code(n)
	case "hr":
		m.block("---")
	case "table":
		m.table(n, deep)
	case "figcaption":
		if text := m.flat(n); text != "" {
			m.block("*" + strings.ReplaceAll(text, "*", "") + "*")
		}
	case "dt":
		if text := m.flat(n); text != "" {
			m.block("**" + strings.ReplaceAll(text, "*", "") + "**")
		}
	default:
		m.blocks(n, deep)
	}
}

// list writes the items of a list.
func (m *markdown) list(n *html.Node, deep int) {
	if m.lists == maxLists || deep > maxNesting {
		m.blocks(n, deep)
		return
	}
	m.lists++
	number := 1
	if first, err := strconv.Atoi(attr(n, "start")); err == nil && first >= 0 && first < 1_000_000 {
		number = first
	}
	m.gap = m.gap && m.lists == 1
	for c := n.FirstChild; c != nil && !m.full(); c = c.NextSibling {
		if c.Type != html.ElementNode || skipped[c.Data] {
			continue
		}
		if c.Data == "ul" || c.Data == "ol" { // inside the list instead of an item of it
			m.inside("  ", "  ", func() { m.list(c, deep+1) })
			continue
		}
		marker := "- "
		if n.Data == "ol" {
			marker = strconv.Itoa(number) + ". "
			number++
		}
		m.inside(marker, strings.Repeat(" ", len(marker)), func() { m.blocks(c, deep+1) })
		m.gap = false // items stand close together
	}
	m.gap = m.out.Len() > 0
	m.lists--
}

// code writes text as it stands, in a fence that is longer than any in it.
func (m *markdown) code(n *html.Node) {
	var b strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && c.Data == "br":
			b.WriteByte('\n')
		}
		if b.Len() > maxArticle {
			return
		}
	}
	text := strings.Trim(clean(b.String()), "\n")
	if strings.TrimSpace(text) == "" {
		return
	}
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	m.block(fence + "\n" + text + "\n" + fence)
}

// table writes a table of data; one that only lays things out is its cells.
func (m *markdown) table(n *html.Node, deep int) {
	var rows [][]string
	wide := 0
	for tr := range elements(n, "tr") {
		var row []string
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
				row = append(row, m.flat(c))
			}
		}
		if len(row) > 0 && len(rows) < maxRows {
			rows = append(rows, row)
			wide = max(wide, len(row))
		}
	}
	if wide < 2 || wide > maxColumns || len(rows) < 2 {
		m.blocks(n, deep)
		return
	}
	var b strings.Builder
	for i, row := range rows {
		for len(row) < wide {
			row = append(row, "")
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", wide) + "|\n")
		}
	}
	m.block(b.String())
}

const (
	maxRows    = 500
	maxColumns = 12
)
