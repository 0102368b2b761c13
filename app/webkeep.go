package app

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"

	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/media"
	"corkboard/net/web"
)

func blobID(p cards.Part) blobs.ID { return blobs.ID(p.Blob) }

// keep stores the files of a page and says what there is of it.
func (p *pages) keep(ctx context.Context, found web.Page) (cards.Capture, error) {
	c := cards.Capture{
		Title: found.Title, Description: found.Description, Site: found.Site, Canonical: found.Canonical,
		At: p.a.opts.Now().UnixMilli(),
	}
	var err error
	if c.Picture, err = p.picture(ctx, found.Picture); err != nil {
		return c, err
	}
	for _, icon := range found.Icons {
		if c.Icon, err = p.picture(ctx, icon); err != nil || c.Icon.Blob != "" {
			break
		}
	}
	if err == nil {
		c.Article, err = p.file(ctx, []byte(found.Article), "text/markdown")
	}
	if err == nil {
		c.Archive, err = p.file(ctx, found.Archive, "text/html")
	}
	return c, err
}

// file stores bytes, unless there are none.
func (p *pages) file(ctx context.Context, b []byte, mime string) (cards.Part, error) {
	if len(b) == 0 {
		return cards.Part{}, nil
	}
	id, size, err := p.a.blobs.Put(ctx, bytes.NewReader(b))
	if err != nil {
		return cards.Part{}, fmt.Errorf("storing a page: %w", err)
	}
	return cards.Part{Blob: string(id), Size: size, MIME: mime}, nil
}

// picture stores a picture, unless it is none that can be drawn. It is decoded in media's
// jail alone.
func (p *pages) picture(ctx context.Context, r web.Response) (cards.Part, error) {
	if kind, _ := media.Sniff(r.Body, ""); kind != media.KindImage {
		return cards.Part{}, nil
	}
	part, err := p.file(ctx, r.Body, "")
	if err != nil {
		return cards.Part{}, err
	}
	f, err := p.a.describe(ctx, "", blobID(part), part.Size)
	if err != nil || f.Width == 0 || f.Height == 0 {
		return cards.Part{}, err
	}
	part.MIME, part.Width, part.Height, part.Average = f.MIME, f.Width, f.Height, f.Average
	return part, nil
}

// whyNot is why a page could not be captured, as its document says it.
func whyNot(err error) string {
	var status *web.StatusError
	var name *net.DNSError
	var late net.Error
	var unknown x509.UnknownAuthorityError
	var other x509.HostnameError
	var invalid x509.CertificateInvalidError
	var broken *tls.CertificateVerificationError
	switch {
	case errors.As(err, &status):
		return fmt.Sprintf("%s %d", cards.WebStatus, status.Code)
	case errors.Is(err, errNoWeb):
		return cards.WebOffline
	case errors.Is(err, web.ErrPrivate):
		return cards.WebPrivate
	case errors.Is(err, web.ErrAddress):
		return cards.WebAddressWrong
	case errors.Is(err, web.ErrRedirects):
		return cards.WebRedirects
	case errors.Is(err, web.ErrLarge):
		return cards.WebLarge
	case errors.Is(err, web.ErrNoPage):
		return cards.WebNoPage
	case errors.As(err, &unknown), errors.As(err, &other), errors.As(err, &invalid), errors.As(err, &broken):
		return cards.WebInsecure
	case errors.As(err, &name) && !name.IsTimeout:
		return cards.WebNoHost
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late) && late.Timeout():
		return cards.WebSlow
	}
	return cards.WebNoAnswer
}
