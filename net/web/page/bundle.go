package page

import (
	"context"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// bundle is an archive while it is made.
type bundle struct {
	page  *Page
	get   Get
	room  int // bytes that are left for files
	files map[string]*fetched
}

// fetched is a file of a page.
type fetched struct {
	kind FileKind
	data string // "" if it has not come
}

// styles puts the page's sheets into it, with what they begin with.
func (b *bundle) styles(ctx context.Context) {
	var links []*html.Node
	for n := range elements(b.page.root, "link") {
		if hasRel(attr(n, "rel"), "stylesheet") {
			links = append(links, n)
		}
	}
	texts := make([]string, len(links))
	each(len(links), func(i int) {
		if i < maxSheets {
			texts[i] = b.sheet(ctx, attr(links[i], "href"))
		}
	})
	for i, n := range links {
		style := &html.Node{Type: html.ElementNode, Data: "style"}
		if media := attr(n, "media"); media != "" {
			style.Attr = []html.Attribute{{Key: "media", Val: media}}
		}
		style.AppendChild(&html.Node{Type: html.TextNode, Data: closed(texts[i])})
		if texts[i] != "" {
			n.Parent.InsertBefore(style, n)
		}
		n.Parent.RemoveChild(n)
	}
	for n := range elements(b.page.root, "style") {
		if t := n.FirstChild; t != nil && t.Type == html.TextNode && t.NextSibling == nil {
			_, rest := stylesheet{t.Data, b.page.base}.imports()
			t.Data = closed(stylesheet{rest, b.page.base}.whole())
		}
	}
	for n := range b.page.root.Descendants() {
		for i, a := range n.Attr {
			if a.Key == "style" && n.Type == html.ElementNode {
				n.Attr[i].Val = stylesheet{a.Val, b.page.base}.whole()
			}
		}
	}
}

// sheet is a sheet and those that it begins with, one deep.
func (b *bundle) sheet(ctx context.Context, address string) string {
	s, ok := b.oneSheet(ctx, address)
	if !ok {
		return ""
	}
	list, rest := s.imports()
	var out strings.Builder
	for i, at := range list {
		if inner, ok := b.oneSheet(ctx, at); ok && i < maxImports {
			_, text := inner.imports()
			out.WriteString(stylesheet{text, inner.base}.whole() + "\n")
		}
	}
	return out.String() + stylesheet{rest, s.base}.whole()
}

const maxImports = 8

func (b *bundle) oneSheet(ctx context.Context, address string) (stylesheet, bool) {
	base, err := url.Parse(address)
	if err != nil || address == "" {
		return stylesheet{}, false
	}
	_, body, err := b.get(ctx, address, Style)
	if err != nil {
		return stylesheet{}, false
	}
	return stylesheet{strings.ToValidUTF8(string(body), ""), base}, true
}

// fetch asks for all files that the page and its sheets name.
func (b *bundle) fetch(ctx context.Context) {
	b.files = map[string]*fetched{}
	var list []string
	want := func(at string, kind FileKind) {
		if at != "" && b.files[at] == nil && len(list) < maxFiles {
			b.files[at] = &fetched{kind: kind}
			list = append(list, at)
		}
	}
	b.eachSource(func(at string) string { want(at, Picture); return at })
	b.eachSheet(func(text string) string {
		for _, at := range addresses(text) {
			kind := Picture
			if fontFile.MatchString(at) {
				kind = Font
			}
			want(at, kind)
		}
		return text
	})
	each(len(list), func(i int) {
		f := b.files[list[i]]
		if contentType, body, err := b.get(ctx, list[i], f.kind); err == nil {
			f.data = dataURL(contentType, body, f.kind)
		}
	})
}

// each runs f for 0 to n-1, some at once, and waits for all.
func each(n int, f func(i int)) {
	var all sync.WaitGroup
	free := make(chan struct{}, atOnce)
	for i := range n {
		free <- struct{}{}
		all.Go(func() {
			f(i)
			<-free
		})
	}
	all.Wait()
}

// place puts the files in, as long as there is room.
func (b *bundle) place() {
	take := func(at string) string {
		f := b.files[at]
		if f == nil || f.data == "" || len(f.data) > b.room {
			return ""
		}
		b.room -= len(f.data)
		return f.data
	}
	b.eachSource(take)
	b.eachSheet(func(text string) string {
		return eachURL(text, func(at string) string {
			if inside(at) {
				return at
			}
			return take(at)
		})
	})
}

// eachSource puts other addresses in the place of those of pictures and icons; what is
// inside of the page stays. An attribute that is left empty goes.
func (b *bundle) eachSource(to func(string) string) {
	for n := range b.page.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		out := n.Attr[:0]
		for _, a := range n.Attr {
			if source(n, a.Key) && !inside(a.Val) {
				if a.Val = to(b.page.resolve(a.Val)); a.Val == "" {
					continue
				}
			}
			out = append(out, a)
		}
		n.Attr = out
	}
}

func source(n *html.Node, key string) bool {
	switch n.Data {
	case "img", "input":
		return key == "src"
	case "video":
		return key == "poster"
	case "link":
		return key == "href" && hasRel(attr(n, "rel"), "icon")
	}
	return false
}

// eachSheet puts other text in the place of that of sheets and style attributes.
func (b *bundle) eachSheet(to func(string) string) {
	for n := range b.page.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "style" && n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
			n.FirstChild.Data = closed(to(n.FirstChild.Data))
		}
		for i, a := range n.Attr {
			if a.Key == "style" {
				n.Attr[i].Val = to(a.Val)
			}
		}
	}
}
