package solo

import (
	"encoding/json"
	"fmt"
	"image"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/e2e/browser"
	"corkboard/e2e/person"
	"corkboard/e2e/prog"
	"corkboard/e2e/x11"
)

// membersPage is a site whose page only those see who have logged in with their browser.
func membersPage(t *testing.T) *httptest.Server {
	walk := harbourPage(t).Config.Handler
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/login" {
			http.SetCookie(w, &http.Cookie{Name: "member", Value: "yes"})
			fmt.Fprint(w, "<title>Welcome</title>Welcome back.")
			return
		}
		if _, err := r.Cookie("member"); r.URL.Path == "/walk" && err != nil {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		walk.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// clipping is a person with a browser beside the program.
type clipping struct {
	*person.Person
	tab       *browser.Tab
	worker    *browser.Worker
	extension string
}

// withBrowser installs the clipper as a person does, and opens a page.
func withBrowser(t *testing.T, site string) *clipping {
	t.Helper()
	x := x11.ForTest(t)
	config := t.TempDir()
	p := person.NewAt(t, "solo", x, prog.Place{Env: []string{"XDG_CONFIG_HOME=" + config}})
	// To whoever is started by the browser, the profile is the usual one.
	p.Must(os.Symlink(p.Profile, filepath.Join(config, "corkboard")))
	_, _, err := p.Run("clipper", "install", "--browser", "chromium")
	p.Must(err)
	b := browser.Start(t, filepath.Join(config, "chromium"), "XDG_CONFIG_HOME="+config)
	c := &clipping{Person: p, extension: b.Load(filepath.Join(config, "corkboard-clipper", "chromium"))}
	c.worker = b.Worker(c.extension, "background.js")
	b.Open(site + "/login")
	c.tab = b.Open(site + "/walk")
	return c
}

// menu chooses an entry of the page's menu, as the browser tells the extension.
func (c *clipping) menu(click string) {
	c.T.Helper()
	got := c.worker.Text(`chrome.tabs.query({active: true, lastFocusedWindow: true}).then(([tab]) => clip(` + click + `, tab))`)
	if got != "kept" {
		c.T.Errorf("%s: the browser says %s", click, got)
	}
}

// badge is the sign on the extension's button.
const badge = `chrome.tabs.query({active: true, lastFocusedWindow: true}).then(([tab]) => chrome.action.getBadgeText({tabId: tab.id}))`

// all clips a page, a selection, an image and a link.
func (c *clipping) all(site string) {
	c.T.Helper()
	c.tab.Press(c.extension)
	c.Until("the browser says that the page is kept", func() bool { return c.worker.Text(badge) == "✓" })
	c.tab.Do(`getSelection().selectAllChildren(document.querySelector("ul"))`)
	c.menu(`{menuItemId: "selection", selectionText: "good shoes the map"}`)
	c.menu(`{menuItemId: "image", srcUrl: "` + site + `/lead.png"}`)
	c.menu(`{menuItemId: "link", linkUrl: "` + site + `/map"}`)
}

// inbox counts the cards of the Inbox by kind and title; "" while there is no Inbox.
func (c *clipping) inbox() map[string]int {
	c.T.Helper()
	files := c.Exported()
	got := map[string]int{}
	for _, home := range c.CardsIn(files["board.json"]) {
		if home.Kind != "board" || home.Title != "Inbox" {
			continue
		}
		for _, card := range c.CardsIn(files[home.File]) {
			var page struct {
				Failed string `json:"failed"`
			}
			c.Must(json.Unmarshal(card.Document, &page))
			got[strings.TrimSpace(card.Kind+" "+card.Title+" "+page.Failed)]++
			if card.Kind == "text" && !strings.HasPrefix(files[filepath.ToSlash(filepath.Join(filepath.Dir(home.File), card.File))], "> good shoes  \n> the map\n") {
				c.T.Errorf("the selection is %q", files)
			}
		}
	}
	return got
}

// wants waits until the Inbox has n of each clip.
func (c *clipping) wants(n int) {
	c.T.Helper()
	want := map[string]int{
		"url A walk along the harbour": n, "text good shoes": n, "image lead": n, "url 127.0.0.1 status 404": n,
	}
	var got map[string]int
	defer func() {
		if c.T.Failed() {
			c.T.Logf("the Inbox has %v", got)
		}
	}()
	c.Until("all is in the Inbox", func() bool {
		got = c.inbox()
		for title, count := range maps.Clone(got) { // the port is another each time
			if strings.HasPrefix(title, "url 127.0.0.1:") && strings.HasSuffix(title, " status 404") {
				delete(got, title)
				got["url 127.0.0.1 status 404"] = count
			}
		}
		return maps.Equal(got, want)
	})
}

// Whatever is clipped in a real browser is in the Inbox: at once while the program runs, and
// else at its next start. A page that only this browser may see is kept as it was shown.
func TestTheClipper(t *testing.T) {
	site := membersPage(t)
	c := withBrowser(t, site.URL)
	allow := "--allow-web-for-tests=" + strings.TrimPrefix(site.URL, "http://")
	c.Open(allow)
	c.all(site.URL)
	c.wants(1)
	c.Quit()
	c.tab.Reload()
	c.Until("the sign on the button is gone", func() bool { return c.worker.Text(badge) == "" })
	c.all(site.URL)
	if n := len(c.inbox()); n != 4 {
		t.Errorf("%d kinds of cards, although the program was closed", n)
	}
	c.Open(allow)
	c.wants(2)
	c.AwaitSaved()
	c.Keep("clipper-01-home")
	card := c.Only("board")
	c.Changes(func() { c.DoubleClick(int(card.X)+100, int(card.Y)+60) })
	c.Sees("the image", person.Crimson, image.Rect(0, 0, 1600, 1000), 40_000)
	c.Keep("clipper-02-inbox")
}
