package page

import (
	"bytes"
	"io"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

const (
	// maxReadable bounds the elements of a page whose article is looked for; that takes
	// more than linear time.
	maxReadable = 40_000
	// readPatience is how long it may take on a slow machine.
	readPatience = 5 * time.Second
	// leastArticle is how many bytes of text are worth keeping.
	leastArticle = 80
)

// Article is what can be read on the page as Markdown, without menus and advertisements,
// or "" where there is nothing of that kind. It changes nothing.
func (p *Page) Article() string {
	root := p.readable()
	if root == nil {
		return ""
	}
	m := newMarkdown(p.base)
	m.blocks(root, 0)
	if text := m.String(); len(text) >= leastArticle {
		return text
	}
	return ""
}

// readable finds the element that holds the article, in a copy of the page. Where the
// search is not worth it, or takes too long, it is all of the body.
func (p *Page) readable() *html.Node {
	var body *html.Node
	for n := range elements(p.root, "body") {
		body = n
		break
	}
	if p.size > maxReadable {
		return body
	}
	found := make(chan *html.Node, 1)
	go func() {
		var n *html.Node
		defer func() {
			if recover() != nil {
				n = nil
			}
			found <- n
		}()
		r := readability.NewParser()
		if a, err := r.ParseDocument(p.root, p.at); err == nil {
			n = a.Node
		}
	}()
	patience := time.NewTimer(readPatience)
	defer patience.Stop()
	select {
	case n := <-found:
		if n != nil {
			return n
		}
	case <-patience.C: // it ends by itself, some time, and is not waited for
	}
	return body
}

// Plain is a text as Markdown in which nothing is a mark.
func Plain(body []byte, contentType string) string {
	r, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		return ""
	}
	b, err := io.ReadAll(io.LimitReader(r, maxArticle))
	if err != nil {
		return ""
	}
	text := clean(strings.ToValidUTF8(string(b), ""))
	var out strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			out.WriteString("\n")
			continue
		}
		out.WriteString(guard(escape(line)) + "\\\n")
	}
	return strings.TrimSuffix(strings.ReplaceAll(out.String(), "\\\n\n", "\n\n"), "\\\n")
}
