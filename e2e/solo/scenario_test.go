package solo

import (
	"encoding/json"
	"image"
	"image/color"
	"maps"
	"slices"
	"testing"

	"corkboard/e2e/person"
)

// TestSolo is the main job, from an empty profile to a kill and back.
func TestSolo(t *testing.T) {
	p := person.New(t, "solo")
	p.Open()
	p.AwaitCards(1)
	p.Keep("01-first-run")

	dropFiles(p)
	writeText(p)
	tickSecond(p)
	nestBoard(p)

	p.AwaitSaved()
	before, picture := p.Exported(), p.Keep("11-before-kill")
	p.Kill()
	p.Open()
	p.AwaitCards(8)
	sameFiles(t, p.Exported(), before)
	if n := person.Different(p.Keep("12-after-kill"), picture); n > 500 {
		t.Errorf("%d pixels look different after the restart", n)
	}

	// The newest step on Home and in all that is pinned there is the card in
	// the nested board.
	p.Key("Ctrl+z")
	p.AwaitCards(7)
	p.Keep("13-undone")
	p.Key("Ctrl+Shift+z")
	p.AwaitCards(8)
	sameFiles(t, p.Exported(), before)
	p.Keep("14-redone")
}

func dropFiles(p *person.Person) {
	p.T.Helper()
	p.Drop(603, 63,
		person.File(p.T, "Paper.pdf", person.PDF("The first page", "The second page")),
		person.File(p.T, "Crimson.png", person.PNG(p.T, person.Plain(person.Crimson, 400, 300))),
		person.File(p.T, "Teal.jpg", person.JPEG(p.T, person.Plain(person.Teal, 400, 300))))
	p.AwaitCards(4)
	p.Sees("the first page", color.RGBA{0xff, 0xff, 0xff, 0xff}, image.Rect(600, 400, 900, 490), 15000)
	p.Sees("the PNG", person.Crimson, image.Rect(640, 100, 1000, 370), 15000)
	p.Sees("the JPEG", person.Teal, image.Rect(680, 140, 1040, 410), 90000)
	p.Keep("02-dropped")
}

func writeText(p *person.Person) {
	p.T.Helper()
	p.Begins(5, func() { p.DoubleClick(1263, 103) })
	p.Type("# Shopping\nFor the *weekend*")
	p.Keep("03-typing")
	p.Key("Escape")
	p.AwaitSaved()
	p.Keep("04-typed")
	if text := p.Exported()["Shopping.md"]; text != "# Shopping\nFor the *weekend*" {
		p.T.Errorf("the text card says %q", text)
	}
}

func tickSecond(p *person.Person) {
	p.T.Helper()
	p.Point(1263, 363)
	p.Begins(6, func() { p.Key("t") })
	p.Type("Milk\nBread\nEggs")
	p.Keep("05-list")
	p.Key("Escape")
	p.Keep("06-list-left")
	list := p.Only("todo")
	p.Changes(func() { p.Click(int(list.X)+22, int(list.Y)+89) })
	p.AwaitSaved()
	p.Keep("07-ticked")
	want := map[string]bool{"Milk": false, "Bread": true, "Eggs": false}
	if got := ticks(p); !maps.Equal(got, want) {
		p.T.Errorf("the list has %v, want %v", got, want)
	}
}

// ticks are the items of the one list on Home.
func ticks(p *person.Person) map[string]bool {
	p.T.Helper()
	var list struct {
		Items map[string]struct {
			Done bool `json:"done"`
			Text struct {
				Value string `json:"v"`
			} `json:"text"`
		} `json:"items"`
	}
	p.Must(json.Unmarshal(p.Only("todo").Document, &list))
	got := map[string]bool{}
	for _, item := range list.Items {
		got[item.Text.Value] = item.Done
	}
	return got
}

func nestBoard(p *person.Person) {
	p.T.Helper()
	p.Point(1263, 663)
	p.Key("b")
	p.AwaitCards(7)
	p.Keep("08-board")
	nested := p.Only("board")
	p.Changes(func() { p.DoubleClick(int(nested.X)+100, int(nested.Y)+60) })
	p.Keep("09-entered")
	p.Begins(8, func() { p.DoubleClick(503, 343) })
	p.Type("Inside")
	p.Key("Escape")
	p.AwaitSaved()
	p.Keep("10-inside")
	p.Changes(func() { p.Key("Alt+Left") })
	p.Changes(func() { p.Key("Escape") }) // what was opened is selected
	p.Point(1500, 900)
	inside := p.CardsIn(p.Exported()[nested.File])
	if len(inside) != 1 || inside[0].Title != "Inside" {
		p.T.Errorf("in the nested board are %+v, want the text card", inside)
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
