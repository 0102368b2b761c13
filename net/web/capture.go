package web

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"corkboard/net/web/page"
)

// What is asked for.
const (
	acceptPage    = "text/html,application/xhtml+xml;q=0.9,image/*;q=0.5,text/plain;q=0.5,*/*;q=0.1"
	acceptPicture = "image/png,image/jpeg,image/gif,image/webp,image/svg+xml;q=0.8,image/*;q=0.5"
	acceptStyle   = "text/css,*/*;q=0.1"
	acceptAny     = "*/*"
)

// Page is what was found at an address. What there is none of is empty.
type Page struct {
	Title, Description, Site, Canonical string

	Picture Response // that stands for the page
	Icons   []Response
	Article string // Markdown: what can be read
	Archive []byte // HTML: all of it
}

// Capture fetches a page and what belongs to it, within Patience in all: files that have
// not come by then are not part of it. Errors: those of Get, ErrNoPage. It blocks.
func (c *Client) Capture(ctx context.Context, address string) (Page, error) {
	online, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	r, err := c.Get(online, address, acceptPage, MaxPage)
	if err != nil {
		return Page{}, err
	}
	kind := r.Type
	if kind == "" {
		kind = http.DetectContentType(r.Body)
	}
	media, _, _ := mime.ParseMediaType(kind)
	switch {
	case media == "text/html", media == "application/xhtml+xml":
		return c.capture(ctx, online, r)
	case strings.HasPrefix(media, "image/"):
		return Page{Picture: r}, nil
	case media == "text/plain":
		return Page{Article: page.Plain(r.Body, kind)}, nil
	}
	return Page{}, fmt.Errorf("%w: %s", ErrNoPage, media)
}

// Rendered is Capture of a page whose HTML somebody has got already, as text: only what belongs
// to it is fetched, and that only if fetch says so. Errors: ErrAddress, ErrLarge, the context's.
// It blocks.
func (c *Client) Rendered(ctx context.Context, address, html string, fetch bool) (Page, error) {
	at, err := parse(nil, address)
	if err != nil {
		return Page{}, err
	}
	if len(html) > MaxPage {
		return Page{}, ErrLarge
	}
	online, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	if !fetch {
		cancel()
	}
	return c.capture(ctx, online, Response{URL: at, Type: "text/html; charset=utf-8", Body: []byte(html)})
}

// capture takes a page apart; online ends when nothing more is fetched.
func (c *Client) capture(ctx, online context.Context, r Response) (Page, error) {
	p, err := parsed(ctx, r)
	if err != nil {
		return Page{}, err
	}
	about := p.About()
	out := Page{Title: about.Title, Description: about.Description, Site: about.Site, Canonical: about.Canonical}
	var small sync.WaitGroup // what the card shows comes before what the archive holds
	small.Go(func() { out.Picture = c.picture(online, about.Picture) })
	out.Icons = make([]Response, len(about.Icons))
	for i, at := range about.Icons {
		small.Go(func() {
			r := c.picture(online, at)
			r.Body = pngIn(r.Body)
			out.Icons[i] = r
		})
	}
	out.Article = p.Article()
	small.Wait()
	if whole, err := parsed(ctx, r); err == nil {
		out.Archive, err = whole.Archive(online, MaxArchive, c.filesOf())
		if err != nil && !errors.Is(err, page.ErrLarge) {
			return Page{}, err
		}
	}
	return out, nil
}

func parsed(ctx context.Context, r Response) (*page.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	p, err := page.Parse(ctx, r.Body, r.Type, r.URL)
	if errors.Is(err, page.ErrStrange) {
		return nil, fmt.Errorf("%w: %w", ErrLarge, err)
	}
	return p, err
}

// picture is a picture, or nothing.
func (c *Client) picture(ctx context.Context, at string) Response {
	if at == "" {
		return Response{}
	}
	r, err := c.Get(ctx, at, acceptPicture, MaxPage)
	if err != nil {
		return Response{}
	}
	return r
}

// filesOf fetches the files of one page, not more than an archive may hold.
func (c *Client) filesOf() page.Get {
	var left atomic.Int64
	left.Store(MaxArchive)
	accept := map[page.FileKind]string{page.Style: acceptStyle, page.Picture: acceptPicture, page.Font: acceptAny}
	return func(ctx context.Context, address string, kind page.FileKind) (string, []byte, error) {
		most := min(MaxPage, left.Load())
		if most <= 0 {
			return "", nil, ErrLarge
		}
		r, err := c.Get(ctx, address, accept[kind], most)
		left.Add(-int64(len(r.Body)))
		return r.Type, r.Body, err
	}
}
