package solo

import (
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"corkboard/e2e/person"
)

// A word that stands only inside a PDF, on a board that was never opened: the window
// flies to the card.
func TestAWordInsideAPDFIsFlownTo(t *testing.T) {
	p := person.New(t, "solo")
	nested := withBoard(p)
	p.Kill()
	out, _, err := p.Run("add", "--board", nested.Link, person.File(t, "Survey.pdf", person.PDF("The kingfisher nests by the old mill")))
	p.Must(err)
	if out != "Added 1 card.\n" {
		t.Fatalf("it says %q", out)
	}
	p.Open()
	p.AwaitCards(3)
	p.Changes(func() { p.Key("/") })
	p.Keep("find-01-nothing-typed")
	p.Changes(func() { p.Type("kingfish") })
	found := false
	p.Until("it is found and its board is shown", func() bool {
		if picture := p.Still(); !found {
			p.Save("find-02-word", picture)
		}
		p.Key("Return") // does nothing while nothing is found
		time.Sleep(300 * time.Millisecond)
		w, err := p.X.Look(p.Window.ID)
		p.Must(err)
		found = strings.HasPrefix(w.Name, "Untitled")
		return found
	})
	p.Sees("the page", color.RGBA{0xff, 0xff, 0xff, 0xff}, image.Rect(500, 200, 1100, 800), 60000)
	p.Keep("find-03-flown-to")
	p.Key("Alt+Left")
	p.Until("Home is shown again", func() bool {
		w, err := p.X.Look(p.Window.ID)
		p.Must(err)
		return strings.HasPrefix(w.Name, "Home")
	})
}
