package page

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"strings"

	"golang.org/x/net/html"
)

// ErrLarge says that a page alone is larger than an archive may be.
var ErrLarge = errors.New("page is too large to keep")

// Get fetches a file of a page; kind is what it should be.
type Get func(ctx context.Context, address string, kind FileKind) (contentType string, body []byte, err error)

// FileKind is what a file of a page is for.
type FileKind int

// The kinds.
const (
	Style FileKind = iota
	Picture
	Font
)

// Limits of an archive.
const (
	maxFiles  = 300 // that are asked for
	maxSheets = 40
	atOnce    = 6
)

// policy lets a browser load nothing for the archive, whatever was overlooked.
const policy = "default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'unsafe-inline' data:; form-action 'none'; base-uri 'none'"

// Archive makes one file of the page with its pictures, styles and fonts inside it, at
// most limit bytes: what there is no room for, cannot be fetched, or has not come when the
// context ends is left out. Scripts, forms that send and frames are left out always. It
// takes the page apart, which is of no use afterwards. Errors: ErrLarge.
func (p *Page) Archive(ctx context.Context, limit int, get Get) ([]byte, error) {
	p.strip()
	b := &bundle{page: p, get: get}
	b.styles(ctx)
	b.fetch(ctx)
	var bare counter
	if err := html.Render(&bare, p.root); err != nil {
		return nil, fmt.Errorf("writing a page: %w", err)
	}
	if b.room = limit - int(bare) - headRoom; b.room < 0 {
		return nil, ErrLarge
	}
	b.place()
	p.head()
	var out strings.Builder
	if err := html.Render(&out, p.root); err != nil {
		return nil, fmt.Errorf("writing a page: %w", err)
	}
	if out.Len() > limit {
		return nil, ErrLarge
	}
	return []byte(out.String()), nil
}

// headRoom is for what head adds.
const headRoom = 4 << 10

// counter counts what is written.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// head puts first what says how the file is to be read.
func (p *Page) head() {
	meta := func(attrs ...string) *html.Node {
		n := &html.Node{Type: html.ElementNode, Data: "meta"}
		for i := 0; i+1 < len(attrs); i += 2 {
			n.Attr = append(n.Attr, html.Attribute{Key: attrs[i], Val: attrs[i+1]})
		}
		return n
	}
	for head := range elements(p.root, "head") {
		for _, n := range []*html.Node{
			meta("name", "referrer", "content", "no-referrer"),
			meta("name", "saved-from", "content", p.at.Redacted()),
			meta("http-equiv", "Content-Security-Policy", "content", policy),
			meta("charset", "utf-8"),
		} {
			head.InsertBefore(n, head.FirstChild)
		}
		return
	}
}

// dataURL is a file inside of an address; "" for what is not of the kind.
func dataURL(contentType string, body []byte, kind FileKind) string {
	t, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		t = ""
	}
	switch {
	case len(body) == 0:
		return ""
	case kind == Picture && !strings.HasPrefix(t, "image/"):
		return ""
	case kind == Font && !strings.HasPrefix(t, "font/") && !strings.HasPrefix(t, "application/"):
		t = "application/octet-stream"
	case kind == Style:
		t = "text/css"
	}
	return "data:" + t + ";base64," + base64.StdEncoding.EncodeToString(body)
}
