package solo

import (
	"encoding/json"
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"corkboard/e2e/person"
	"corkboard/renderers/paint"
)

// harbourPage is a page with all that a card shows of one.
func harbourPage(t *testing.T) *httptest.Server {
	picture, icon := person.PNG(t, person.Plain(person.Crimson, 640, 320)), person.PNG(t, person.Plain(person.Teal, 32, 32))
	body := strings.Repeat("<p>The ferry to the island leaves from the old bridge at twenty to ten, in any weather, and waits for nobody.</p>", 5) +
		"<h2>What to bring</h2><ul><li>good shoes</li><li>the <a href='/map'>map</a></li></ul><blockquote>Rain moves it to Sunday.</blockquote>"
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/walk":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<html><head><title>x</title><meta property="og:title" content="A walk along the harbour">
				<meta property="og:description" content="Three hours, mostly flat, with tea on the way.">
				<meta property="og:image" content="/lead.png"><link rel="icon" href="/icon.png"></head>
				<body><nav>Menu</nav><article><h1>A walk along the harbour</h1>%s<img src="/lead.png"></article></body></html>`, body)
		case "/lead.png":
			_, _ = w.Write(picture)
		case "/icon.png":
			_, _ = w.Write(icon)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// copies puts a text on the clipboard, as another program does.
func copies(p *person.Person, text string) {
	p.T.Helper()
	command := exec.CommandContext(p.T.Context(), "xclip", "-selection", "clipboard", "-in", "-quiet")
	command.Stdin = strings.NewReader(text)
	p.Must(command.Start())
	p.T.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	p.Until("the text is on the clipboard", func() bool {
		out, err := exec.CommandContext(p.T.Context(), "xclip", "-selection", "clipboard", "-out").Output()
		return err == nil && string(out) == text
	})
}

// kept is what the one card of a page on Home has.
func kept(p *person.Person) (page struct {
	Captured json.RawMessage `json:"capturedAt"`
	Title    string          `json:"title"`
	Failed   string          `json:"failed"`
}) {
	p.T.Helper()
	p.Must(json.Unmarshal(p.Only("url").Document, &page))
	return page
}

// A page is pasted, its site goes away, and it is read.
func TestAPageIsReadWithoutItsSite(t *testing.T) {
	site := harbourPage(t)
	allow := "--allow-web-for-tests=" + strings.TrimPrefix(site.URL, "http://")
	p := person.New(t, "solo")
	p.Open(allow)
	copies(p, site.URL+"/walk")
	p.Point(603, 143)
	p.Key("Ctrl+v")
	p.AwaitCards(2)
	p.Until("the page is captured", func() bool { return kept(p).Captured != nil })
	if page := kept(p); page.Title != "A walk along the harbour" || page.Failed != "" {
		t.Errorf("%+v", page)
	}
	card := image.Rect(603, 143, 903, 600)
	p.Sees("the picture", person.Crimson, card, 20_000)
	p.Sees("the icon", person.Teal, card, 100)
	p.Keep("web-01-card")
	site.Close()
	p.Quit()
	p.Open() // nothing is allowed any more, and nothing is there
	p.Sees("the picture again", person.Crimson, card, 20_000)
	p.Changes(func() { p.DoubleClick(700, 250) })
	p.Sees("the picture above the text", person.Crimson, image.Rect(400, 0, 1200, 500), 100_000)
	full := p.Keep("web-02-read")
	text := image.Rect(400, 300, 1200, 1000)
	if n := person.Pixels(full, text, paint.Light().Ink) + person.Pixels(full, text, paint.Dark().Ink); n < 1000 {
		t.Errorf("%d pixels of text", n)
	}
	p.Changes(func() { p.Key("Alt+Left") })
	p.Key("Escape")
	p.Changes(func() { p.Key("/"); p.Type("twenty weather nobody") })
	p.Keep("web-03-found")
	p.Key("Escape")
}

// An address inside of this person's network is kept and not asked.
func TestAnAddressThatCannotBeFetchedSaysWhy(t *testing.T) {
	asked := false
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer s.Close()
	p := person.New(t, "solo")
	p.Open()
	p.Changes(func() { p.Key("/"); p.Type(s.URL + "/router") })
	p.Keep("web-04-typed")
	p.Key("Return")
	p.AwaitCards(2)
	p.Until("it is said", func() bool { return kept(p).Failed != "" })
	if page := kept(p); page.Failed != "private" || asked {
		t.Errorf("%+v, asked: %v", page, asked)
	}
	p.Keep("web-05-private")
}
