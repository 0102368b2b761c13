package solo

import (
	"encoding/json"
	"image"
	"maps"
	"slices"
	"testing"
)

// TestSolo is the main job, from an empty profile to a kill and back.
func TestSolo(t *testing.T) {
	p := newPerson(t)
	p.open()
	p.awaitCards(1)
	p.keep("01-first-run")

	dropFiles(p)
	writeText(p)
	tickSecond(p)
	nestBoard(p)

	p.awaitSaved()
	before, picture := p.exported(), p.keep("11-before-kill")
	p.kill()
	p.open()
	p.awaitCards(8)
	sameFiles(t, p.exported(), before)
	if n := different(p.keep("12-after-kill"), picture); n > 500 {
		t.Errorf("%d pixels look different after the restart", n)
	}

	// The newest step on Home and in all that is pinned there is the card in
	// the nested board.
	p.key("Ctrl+z")
	p.awaitCards(7)
	p.keep("13-undone")
	p.key("Ctrl+Shift+z")
	p.awaitCards(8)
	sameFiles(t, p.exported(), before)
	p.keep("14-redone")
}

func dropFiles(p *person) {
	p.t.Helper()
	p.drop(603, 63,
		write(p.t, "Paper.pdf", pdfOf("The first page", "The second page")),
		write(p.t, "Crimson.png", pngOf(p.t, plain(crimson, 400, 300))),
		write(p.t, "Teal.jpg", jpegOf(p.t, plain(teal, 400, 300))))
	p.awaitCards(4)
	p.sees("the first page", white, image.Rect(600, 400, 900, 490), 15000)
	p.sees("the PNG", crimson, image.Rect(640, 100, 1000, 370), 15000)
	p.sees("the JPEG", teal, image.Rect(680, 140, 1040, 410), 90000)
	p.keep("02-dropped")
}

func writeText(p *person) {
	p.t.Helper()
	p.begins(5, func() { p.doubleClick(1263, 103) })
	p.write("# Shopping\nFor the *weekend*")
	p.keep("03-typing")
	p.key("Escape")
	p.awaitSaved()
	p.keep("04-typed")
	if text := p.exported()["Shopping.md"]; text != "# Shopping\nFor the *weekend*" {
		p.t.Errorf("the text card says %q", text)
	}
}

func tickSecond(p *person) {
	p.t.Helper()
	p.point(1263, 363)
	p.begins(6, func() { p.key("t") })
	p.write("Milk\nBread\nEggs")
	p.keep("05-list")
	p.key("Escape")
	p.keep("06-list-left")
	list := p.only("todo")
	p.changes(func() { p.click(int(list.X)+22, int(list.Y)+89) })
	p.awaitSaved()
	p.keep("07-ticked")
	want := map[string]bool{"Milk": false, "Bread": true, "Eggs": false}
	if got := ticks(p); !maps.Equal(got, want) {
		p.t.Errorf("the list has %v, want %v", got, want)
	}
}

// ticks are the items of the one list on Home.
func ticks(p *person) map[string]bool {
	p.t.Helper()
	var list struct {
		Items map[string]struct {
			Done bool `json:"done"`
			Text struct {
				Value string `json:"v"`
			} `json:"text"`
		} `json:"items"`
	}
	p.must(json.Unmarshal(p.only("todo").Document, &list))
	got := map[string]bool{}
	for _, item := range list.Items {
		got[item.Text.Value] = item.Done
	}
	return got
}

func nestBoard(p *person) {
	p.t.Helper()
	p.point(1263, 663)
	p.key("b")
	p.awaitCards(7)
	p.keep("08-board")
	nested := p.only("board")
	p.changes(func() { p.doubleClick(int(nested.X)+100, int(nested.Y)+60) })
	p.keep("09-entered")
	p.begins(8, func() { p.doubleClick(503, 343) })
	p.write("Inside")
	p.key("Escape")
	p.awaitSaved()
	p.keep("10-inside")
	p.changes(func() { p.key("Alt+Left") })
	p.point(1500, 900)
	inside := p.cardsIn(p.exported()[nested.File])
	if len(inside) != 1 || inside[0].Title != "Inside" {
		p.t.Errorf("in the nested board are %+v, want the text card", inside)
	}
}

// sameFiles compares two exports.
func sameFiles(t *testing.T, got, want map[string]string) {
	t.Helper()
	names := slices.Sorted(maps.Keys(want))
	if have := slices.Sorted(maps.Keys(got)); !slices.Equal(have, names) {
		t.Errorf("the export has %q, want %q", have, names)
	}
	for _, name := range names {
		if got[name] != want[name] {
			t.Errorf("%s is\n%.4000s\nwant\n%.4000s", name, got[name], want[name])
		}
	}
}
