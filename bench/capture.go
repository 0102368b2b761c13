package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// The page that is captured: about what a page of a newspaper is.
const (
	captures      = 40
	captureParas  = 60
	capturePics   = 20
	capturePicW   = 480
	capturePicH   = 320
	captureBlocks = 400 // of the markup around the article
)

// capturing measures how long it takes from an address that is pasted until its page is
// kept: text, picture, icon and archive, from a server on this machine.
func capturing(ctx context.Context, dir string, r results) (err error) {
	pic, err := sitePicture()
	if err != nil {
		return err
	}
	page := sitePage()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		switch {
		case strings.HasSuffix(q.URL.Path, ".png"):
			_, _ = w.Write(pic)
		case strings.HasSuffix(q.URL.Path, ".css"):
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, strings.Repeat("article p { margin: 1em; background: url(paper.png) }\n", 500))
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, page)
		}
	}))
	defer s.Close()
	at, err := netip.ParseAddrPort(strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, app.Options{Profile: dir, WebAllow: at})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	var took []float64
	for i := range captures {
		began := time.Now()
		ids, err := a.AddPages(ctx, a.Home(), board.Point{X: float64(i) * 20}, []string{fmt.Sprintf("%s/%d", s.URL, i)})
		if err != nil {
			return err
		}
		if err := kept(ctx, a, ids[0]); err != nil {
			return err
		}
		took = append(took, millis(time.Since(began)))
	}
	r["capture_page_ms"] = quantile(took, 0.5)
	r["capture_page_ms_p99"] = quantile(took, 0.99)
	return nil
}

// kept waits until the page of a card on Home is kept.
func kept(ctx context.Context, a *app.App, id board.CardID) error {
	home := doc.Open[*board.Board](a.Docs(), a.Home(), cards.KindBoard, board.Codec{})
	link := home.Snapshot().Value.Card(id).Link
	home.Close()
	live := doc.Open[cards.URL](a.Docs(), link.Document, cards.KindURL, cards.URLCodec{})
	defer live.Close()
	s, err := doc.Await(ctx, live, func(s doc.Snapshot[cards.URL]) bool { return s.Value.Failed != "" || s.Value.Captured > 0 })
	if err == nil && s.Value.Failed != "" {
		err = fmt.Errorf("capturing: %s", s.Value.WhyFailed())
	}
	return err
}

func sitePicture() ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, capturePicW, capturePicH))
	for y := range capturePicH {
		for x := range capturePicW {
			img.SetRGBA(x, y, color.RGBA{uint8(x*y>>4 ^ x), uint8(y), uint8(x ^ y), 255})
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

func sitePage() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html><head><meta property="og:title" content="A page"><meta property="og:image" content="/lead.png">
		<link rel="icon" href="/icon.png"><link rel="stylesheet" href="/style.css"></head><body>`)
	for i := range captureBlocks {
		fmt.Fprintf(&b, `<div class="menu item-%d"><ul><li><a href="/section/%d">Section</a></li></ul></div>`, i, i)
	}
	b.WriteString("<article><h1>A page</h1>")
	for i := range captureParas {
		b.WriteString("<p>" + strings.Repeat("Some words of an article, with commas, and a <a href='/more'>link</a> to more of them. ", 8) + "</p>")
		if i < capturePics {
			fmt.Fprintf(&b, `<figure><img src="/picture-%d.png"><figcaption>A picture</figcaption></figure>`, i)
		}
	}
	b.WriteString("</article></body></html>")
	return b.String()
}
