package ui

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers"
)

// page is the card of a web page on the board that is shown.
func (d *desk) page() (board.CardID, cards.URL) {
	d.t.Helper()
	var id board.CardID
	d.until("there is a web page, and why it cannot be fetched", func() bool {
		for _, c := range d.cards() {
			if c.Link.Kind == cards.KindURL {
				id = c.ID
			}
		}
		u, _ := d.w.board.Value(id).(cards.URL)
		return id != "" && u.Failed != ""
	})
	u, _ := d.w.board.Value(id).(cards.URL)
	return id, u
}

// inside is a server in this person's network, which is never asked.
func inside(t *testing.T) string {
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was asked") }))
	t.Cleanup(s.Close)
	return s.URL
}

func TestAnAddressInTheOmniboxIsAPage(t *testing.T) {
	d := newDesk(t)
	d.large()
	address := inside(t) + "/router"
	d.w.Effect(d.w.board, board.Everywhere{})
	d.write(address)
	o, ok := d.palette().offers.(*webOffers)
	if !ok || o.count() != 2 {
		t.Fatalf("lists %T", d.palette().offers)
	}
	d.press(fyne.KeyReturn)
	id, u := d.page()
	if u.Address != address || u.Failed != cards.WebPrivate {
		t.Errorf("%+v", u)
	}
	var words []string
	for _, i := range d.w.cardMenu(d.w.board, id).Items {
		words = append(words, i.Label)
	}
	if all := strings.Join(words, "|"); !strings.Contains(all, "|Open in browser|Capture again|Save page as…|") {
		t.Errorf("the menu has %s", all)
	}
}

func TestAnAddressThatIsPastedOrDroppedIsAPage(t *testing.T) {
	address := inside(t) + "/a?b=c%20d"
	for how, do := range map[string]func(d *desk){
		"pasted": func(d *desk) {
			d.w.fyne.Clipboard().SetContent(" " + address + "\n")
			d.w.Effect(d.w.board, board.Paste{At: board.Point{X: 400, Y: 400}})
		},
		"dropped": func(d *desk) {
			// What the toolkit makes of what is dragged from a browser.
			d.w.dropped(fyne.NewPos(300, 300), []fyne.URI{storage.NewFileURI(strings.ReplaceAll(address, "%20", " "))})
		},
	} {
		t.Run(how, func(t *testing.T) {
			d := newDesk(t)
			d.large()
			do(d)
			if _, u := d.page(); u.Address != address {
				t.Errorf("it is %q", u.Address)
			}
		})
	}
}

func TestFilesAreNoAddresses(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(here, "http", "x"), "/https:/example.org", filepath.Join(here, "ftp:", "example.org"), here} {
		if address, ok := droppedAddress(path); ok {
			t.Errorf("%s is %s", path, address)
		}
	}
}

func TestKnownTellsWhatIsBeingFetched(t *testing.T) {
	var k renderers.Known = known{t: newDesk(t).w.together}
	f, ok := k.(renderers.PageFetcher)
	if !ok || f.Fetching("https://example.org/") {
		t.Error("something is being fetched")
	}
}
