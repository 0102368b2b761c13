package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestRequestsSayNothingOfWhoAsks(t *testing.T) {
	var seen []http.Header
	g := newGuarded(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Clone())
		if len(seen) < 3 {
			http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
			http.Redirect(w, r, "/next?from=here", http.StatusFound)
		}
	})
	if _, err := g.Get(t.Context(), strings.Replace(g.server.URL, "http://", "http://name:word@", 1)+"/#part", acceptPage, MaxPage); err != nil {
		t.Fatal(err)
	}
	for _, h := range seen {
		for key := range h {
			if key != "User-Agent" && key != "Accept" && key != "Accept-Encoding" {
				t.Errorf("it says %s: %s", key, h.Get(key))
			}
		}
		if h.Get("User-Agent") != agent {
			t.Errorf("it is called %q", h.Get("User-Agent"))
		}
	}
	if len(seen) != 3 {
		t.Errorf("there were %d requests", len(seen))
	}
}

func TestRedirectsEnd(t *testing.T) {
	hops := 0
	g := newGuarded(t, func(w http.ResponseWriter, r *http.Request) {
		hops++
		if hops > 3 && r.URL.Path == "/three" {
			return
		}
		http.Redirect(w, r, r.URL.Path, http.StatusMovedPermanently)
	})
	if _, err := g.Get(t.Context(), g.server.URL+"/three", acceptPage, MaxPage); err != nil {
		t.Errorf("three redirects: %v", err)
	}
	if _, err := g.Get(t.Context(), g.server.URL+"/ever", acceptPage, MaxPage); !errors.Is(err, ErrRedirects) {
		t.Errorf("got %v", err)
	}
	if n := g.served.Load(); n != 4+MaxRedirects+1 {
		t.Errorf("%d requests", n)
	}
}

func TestAnswersAreBounded(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(make([]byte, 4<<20))
	_ = z.Close()
	g := newGuarded(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/said":
			w.Header().Set("Content-Length", "99999999999")
		case "/endless":
			for _, err := w.Write(make([]byte, 1<<16)); err == nil; _, err = w.Write(make([]byte, 1<<16)) {
			}
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed.Bytes())
		case "/just":
			_, _ = w.Write(make([]byte, 1<<20))
		}
	})
	for _, path := range []string{"/said", "/endless", "/bomb"} {
		if _, err := g.Get(t.Context(), g.server.URL+path, acceptPage, 1<<20); !errors.Is(err, ErrLarge) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if r, err := g.Get(t.Context(), g.server.URL+"/just", acceptPage, 1<<20); err != nil || len(r.Body) != 1<<20 {
		t.Errorf("%d bytes, %v", len(r.Body), err)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	hold := make(chan struct{})
	g := newGuarded(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("<p>slow"))
		w.(http.Flusher).Flush()
		<-hold
	})
	defer close(hold)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := g.Capture(ctx, g.server.URL); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestCaptureKeepsAPage(t *testing.T) {
	g := newGuarded(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, `<title>T</title><meta property="og:image" content="/p.png"><link rel=stylesheet href="/s.css"><img src="http://10.0.0.1/secret.png"><article>%s</article>`,
				strings.Repeat("<p>Words, many words, and yet some more of them.</p>", 20))
		case "/p.png":
			w.Header().Set("Content-Type", "image/png")
			fmt.Fprint(w, "picture")
		case "/s.css":
			fmt.Fprint(w, "h1 { background: url(/p.png) }")
		case "/plain":
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprint(w, "only *words*")
		case "/zip":
			w.Header().Set("Content-Type", "application/zip")
			fmt.Fprint(w, "PK")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	p, err := g.Capture(t.Context(), g.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "T" || string(p.Picture.Body) != "picture" || !strings.Contains(p.Article, "many words") {
		t.Errorf("%+v", p)
	}
	if all := string(p.Archive); strings.Count(all, "data:image/png") != 1 || strings.Contains(all, "10.0.0.1") {
		t.Errorf("archive %.3000s", all)
	}
	if p, err := g.Capture(t.Context(), g.server.URL+"/p.png"); err != nil || string(p.Picture.Body) != "picture" {
		t.Errorf("a picture: %+v, %v", p, err)
	}
	if p, err := g.Capture(t.Context(), g.server.URL+"/plain"); err != nil || p.Article != `only \*words\*` {
		t.Errorf("a text: %+v, %v", p, err)
	}
	if _, err := g.Capture(t.Context(), g.server.URL+"/zip"); !errors.Is(err, ErrNoPage) {
		t.Errorf("a file: %v", err)
	}
	var status *StatusError
	if _, err := g.Capture(t.Context(), g.server.URL+"/gone"); !errors.As(err, &status) || status.Code != 404 {
		t.Errorf("nothing: %v", err)
	}
}
