package page

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"corkboard/internal/lean"
)

func parseTest(t *testing.T, body string) *Page {
	t.Helper()
	at, err := url.Parse("https://example.org/news/today.html")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse(t.Context(), []byte(body), "text/html; charset=utf-8", at)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAboutTakesTheBestThatIsSaid(t *testing.T) {
	p := parseTest(t, `<html><head><title> Plain
		title </title><meta property="og:title" content="Graph"><meta name="twitter:title" content="Bird">
		<meta name="description" content="For   people"><meta property="og:image" content="../lead.jpg?a=1&amp;b=2">
		<meta property="og:site_name" content="Port News"><link rel="canonical" href="/real">
		<link rel="icon" sizes="16x16" href="/small.png"><link rel="shortcut icon" href="/old.ico">
		<link rel="apple-touch-icon" sizes="180x180" href="/touch.png"></head><body><svg><title>drawing</title></svg></body></html>`)
	a := p.About()
	if a.Title != "Graph" || a.Description != "For people" || a.Site != "Port News" || a.Canonical != "https://example.org/real" || a.Picture != "https://example.org/lead.jpg?a=1&b=2" {
		t.Errorf("%+v", a)
	}
	if got := strings.Join(a.Icons, " "); got != "https://example.org/touch.png https://example.org/small.png https://example.org/favicon.ico" {
		t.Errorf("icons %s", got)
	}
	if a := parseTest(t, `<svg><title>drawing</title></svg><h1>Head <em>line</em></h1>`).About(); a.Title != "Head line" {
		t.Errorf("%+v", a)
	}
	linked := parseTest(t, `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Site"},
		{"@type":"NewsArticle","headline":"Linked","image":[{"url":"/l.png"}],"publisher":{"name":"Paper"}}]}</script><title>T</title>`).About()
	if linked.Title != "Linked" || linked.Site != "Site" || linked.Picture != "https://example.org/l.png" {
		t.Errorf("%+v", linked)
	}
}

func TestNoAddressButThoseOfTheWebComesOut(t *testing.T) {
	a := parseTest(t, `<base href="javascript:alert(1)"><meta property="og:image" content="file:///etc/passwd">
		<link rel=canonical href="javascript:alert(1)"><link rel=icon href="data:image/png;base64,AA">`).About()
	if a.Picture != "" || a.Canonical != "" || len(a.Icons) != 1 || a.Icons[0] != "https://example.org/favicon.ico" {
		t.Errorf("%+v", a)
	}
}

func TestMarkdownOfAnArticle(t *testing.T) {
	long := strings.Repeat("Long enough to be an article, with commas, and with more of them. ", 12)
	got := parseTest(t, `<html><body><nav><a href="/">Menu</a></nav><article><h1>Not *bold*</h1><p>`+long+`</p>
		<h2>Second</h2><p>See <a href="/a(b)">this <b>page</b></a>, <i>or</i> not.<br>1. no list</p>
		<ul><li>one<li>two<ol start=3><li>three</ol></ul><blockquote><p>Said</p><p>again</p></blockquote>
		<pre>a
  b `+"```"+`</pre><table><tr><th>A<th>B|</tr><tr><td>1<td>2</tr></table>
		<p><a href="javascript:alert(1)">click</a> &lt;script&gt; # no [link](x)</p></article><script>alert(2)</script></body></html>`).Article()
	for _, want := range []string{
		strings.TrimSpace(long), "## Second\n", "[this **page**](https://example.org/a%28b%29), *or* not.\\\n1\\. no list\n",
		"\n- one\n- two\n  3. three\n", "\n> Said\n>\n> again\n", "````\na\n  b ```\n````\n", "| A | B\\| |\n| --- | --- |\n| 1 | 2 |",
		"click \\<script\\> # no \\[link\\](x)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	for _, not := range []string{"alert", "Menu"} {
		if strings.Contains(got, not) {
			t.Errorf("%q is in\n%s", not, got)
		}
	}
}

func TestPlainTextHasNoMarks(t *testing.T) {
	if got := Plain([]byte("# no *head*\nline\r\n\n- x"), "text/plain"); got != "\\# no \\*head\\*\\\nline\n\n\\- x" {
		t.Errorf("%q", got)
	}
}

const archived = `<!doctype html><html onload="x()"><head><title>T</title><meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="preload" href="/p.js"><link rel="stylesheet" href="/s.css" media="print"><base href="https://example.org/dir/">
<style>@import "/i.css"; body { background: url(bg.png) } </style><script src="/a.js"></script></head>
<body onclick="x()"><noscript><p>For those without</p></noscript><img src="pic.png" srcset="big.png 2x" onerror="x()"><img data-src="lazy.png">
<iframe src="https://evil.example/"></iframe><form action="https://evil.example/"><button formaction="/x">b</button></form>
<a href="next.html" ping="https://evil.example/">next</a><a href=" JavaScript:alert(1)">bad</a><p style="background:url('/bg2.png')">x</p>
<svg><use href="https://evil.example/u.svg#a"/><image xlink:href="https://evil.example/i.png"/></svg>
<video src="/v.mp4" poster="/poster.png"></video><object data="/o.swf"></object><!-- secret --></body></html>`

func archiveTest(t *testing.T, body string, limit int) (string, []string) {
	t.Helper()
	p := parseTest(t, body)
	asked := make(chan string, 100)
	out, err := p.Archive(t.Context(), limit, func(_ context.Context, at string, kind FileKind) (string, []byte, error) {
		asked <- at
		switch {
		case strings.HasSuffix(at, "/s.css"):
			return "text/css", []byte(`@import url("t.css"); h1 { background: url(in.png) } @font-face { src: url(f.woff2) } /* </style><b>hr</b> */`), nil
		case strings.HasSuffix(at, "/t.css"):
			return "text/css", []byte(`h2 { color: red }`), nil
		case strings.HasSuffix(at, ".woff2"):
			return "font/woff2", []byte("font"), nil
		case strings.HasSuffix(at, "lazy.png"):
			return "text/html", []byte("<script>"), nil
		}
		return "image/png", []byte(strings.Repeat(at, 100)), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	close(asked)
	var list []string
	for at := range asked {
		list = append(list, at)
	}
	return string(out), list
}

func TestArchiveHoldsAllAndDoesNothing(t *testing.T) {
	out, asked := archiveTest(t, archived, 1<<20)
	for _, not := range []string{
		"evil.example", "<script", "onload", "onclick", "onerror", "alert", "<iframe", "<object", "refresh", "<base", "srcset", "@import", "secret", "v.mp4", "http-equiv=\"refresh",
	} {
		if strings.Contains(out, not) {
			t.Errorf("%q is in the archive", not)
		}
	}
	for _, want := range []string{
		"<!DOCTYPE html>", "default-src &#39;none&#39;", "For those without", `href="https://example.org/dir/next.html"`, `<style media="print">`, "h2 { color: red }", "<title>T</title>",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if strings.Contains(out, "</style><b>") {
		t.Error("a sheet ends its element")
	}
	if n := strings.Count(out, "data:image/png;base64,"); n != 5 {
		t.Errorf("%d pictures are inside, want 5", n)
	}
	if !strings.Contains(out, "data:font/woff2;base64,") {
		t.Error("the font is missing")
	}
	if !strings.Contains(strings.Join(asked, " "), "https://example.org/in.png") || !strings.Contains(strings.Join(asked, " "), "https://example.org/dir/pic.png") {
		t.Errorf("asked for %q", asked)
	}
	again, list := archiveTest(t, out, 1<<20)
	if len(list) != 0 {
		t.Errorf("the archive asks for %q", list)
	}
	if strings.Count(again, "data:image/png;base64,") != 5 {
		t.Error("the archive of an archive is another")
	}
}

func TestArchiveKeepsItsLimit(t *testing.T) {
	whole, _ := archiveTest(t, archived, 1<<20)
	limit := len(whole) + headRoom - 6000
	out, _ := archiveTest(t, archived, limit)
	if n := strings.Count(out, "data:image/png;base64,"); len(out) > limit || n == 0 || n == 5 {
		t.Errorf("%d bytes with %d pictures, limit %d", len(out), n, limit)
	}
	_, err := parseTest(t, archived).Archive(t.Context(), 500, nilGet)
	if !errors.Is(err, ErrLarge) {
		t.Errorf("got %v", err)
	}
}

func nilGet(context.Context, string, FileKind) (string, []byte, error) {
	return "", nil, errors.New("nothing is here")
}

func TestStrangePagesAreRefusedOrRead(t *testing.T) {
	at, _ := url.Parse("https://example.org/")
	if _, err := Parse(t.Context(), []byte(strings.Repeat("<div>", 5000)), "text/html", at); !errors.Is(err, ErrStrange) {
		t.Errorf("deep: %v", err)
	}
	if _, err := Parse(t.Context(), []byte(strings.Repeat("<br>", maxNodes+1)), "text/html", at); !errors.Is(err, ErrStrange) {
		t.Errorf("wide: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Parse(ctx, []byte("<p>x"), "text/html", at); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if p, err := Parse(t.Context(), []byte("<title>caf\xe9</title>"), "text/html; charset=iso-8859-1", at); err != nil || p.About().Title != "café" {
		t.Errorf("another encoding: %v", err)
	}
	for _, body := range []string{"", "\x00", "<", "<base href='//'>", "<meta property=og:image content='http://[::1'>", "<table><tr><td>" + strings.Repeat("<a><b>", 200)} {
		p := parseTest(t, body)
		_, _ = p.About(), p.Article()
		if _, err := p.Archive(t.Context(), 1<<20, nilGet); err != nil {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(archived), "text/html")
	f.Add([]byte(`<script type="application/ld+json">{"headline":"x","image":[[["y"]]]}</script><p>`+strings.Repeat("text, ", 40)), "text/html; charset=utf-16")
	f.Add([]byte("<ul><li><ol><li><blockquote><pre>x</pre></blockquote></ul><table><tr><td>a<td>b<tr><td>c"), "")
	f.Fuzz(lean.Two(func(t *testing.T, body []byte, contentType string) {
		at, _ := url.Parse("https://example.org/a/b")
		if len(body) > 1<<16 {
			return
		}
		p, err := Parse(t.Context(), body, contentType, at)
		if err != nil {
			return
		}
		a := p.About()
		for _, s := range append(a.Icons, a.Picture, a.Canonical) {
			if s != "" && !strings.HasPrefix(s, "http") {
				t.Fatalf("address %q", s)
			}
		}
		if text := p.Article(); len(text) > maxArticle+maxLine+1<<16 {
			t.Fatalf("%d bytes of text", len(text))
		}
		out, err := p.Archive(t.Context(), 1<<20, nilGet)
		if err != nil {
			return
		}
		again, err := Parse(t.Context(), out, "text/html; charset=utf-8", at)
		if err != nil {
			return // what is written may be nested more deeply
		}
		for n := range again.root.Descendants() {
			if n.Namespace == "" && gone[n.Data] && n.Data != "set" && n.Data != "animate" {
				t.Fatalf("<%s> is in the archive of %q", n.Data, body)
			}
			for _, x := range n.Attr {
				if strings.HasPrefix(x.Key, "on") {
					t.Fatalf("%s is in the archive of %q", x.Key, body)
				}
			}
		}
	}))
}
