package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// maxNodes bounds the elements and texts of a page; the parser itself bounds nesting.
const maxNodes = 300_000

// ErrStrange says that a page cannot be taken apart: it is nested too deeply, or has too
// many parts.
var ErrStrange = errors.New("page cannot be taken apart")

// Page is a parsed page. It belongs to one goroutine.
type Page struct {
	root *html.Node
	base *url.URL // what addresses in it are relative to
	at   *url.URL // where it was
	size int      // elements and texts
}

// Parse takes a page apart that was found at an address; contentType is what the server
// said. Errors: ErrStrange, the context's.
func Parse(ctx context.Context, body []byte, contentType string, at *url.URL) (*Page, error) {
	text, err := charset.NewReader(reading{ctx, bytes.NewReader(body)}, contentType)
	if errors.Is(err, io.EOF) { // there is nothing
		text, err = strings.NewReader(""), nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStrange, err)
	}
	// Without scripts, what is there for those who have none is part of the page.
	root, err := html.ParseWithOptions(text, html.ParseOptionEnableScripting(false))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStrange, err)
	}
	p := &Page{root: root, at: at, base: at}
	for range root.Descendants() {
		if p.size++; p.size > maxNodes {
			return nil, ErrStrange
		}
	}
	for n := range elements(root, "base") {
		if u, err := at.Parse(attr(n, "href")); err == nil && attr(n, "href") != "" && isWeb(u) {
			p.base = u
			break
		}
	}
	return p, nil
}

// reading ends with its context.
type reading struct {
	ctx context.Context
	r   io.Reader
}

func (r reading) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(b)
}

// elements lists the elements of some names, in the order of the page.
func elements(root *html.Node, names ...string) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			for _, name := range names {
				if n.Data == name && !yield(n) {
					return
				}
			}
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// resolve makes a whole address of one in the page; "" if it is none of the web.
func (p *Page) resolve(address string) string { return resolve(p.base, address) }

func resolve(base *url.URL, address string) string {
	address = strings.TrimSpace(address)
	if address == "" || len(address) > maxAddress || strings.HasPrefix(address, "#") {
		return ""
	}
	u, err := base.Parse(address)
	if err != nil || !isWeb(u) {
		return ""
	}
	u.User = nil
	return u.String()
}

const maxAddress = 8 << 10

func isWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// textOf is the text inside an element, on one line, of about so many bytes at most.
func textOf(n *html.Node, limit int) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
		if b.Len() > limit {
			break
		}
	}
	return oneLine(b.String(), limit)
}

// oneLine is a text with single spaces, of at most so many bytes.
func oneLine(s string, limit int) string {
	if len(s) > 4*limit {
		s = s[:4*limit]
	}
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "")
	}
	return s
}
