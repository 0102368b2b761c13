package solo

import (
	"testing"

	"corkboard/e2e/person"
)

// withBoard opens the program, puts a board on Home and returns its link.
func withBoard(p *person.Person) person.Card {
	p.T.Helper()
	p.Open()
	p.Point(703, 243)
	p.Key("b")
	p.AwaitCards(2)
	return p.Only("board")
}

// writesIn writes a text card on whatever board is shown and tells how many
// cards the nested board and Home have then.
func writesIn(p *person.Person, nested person.Card, cards int) (inside, home int) {
	p.T.Helper()
	p.Begins(cards, func() { p.DoubleClick(1003, 543) })
	p.Type("Here")
	p.Key("Escape")
	p.AwaitSaved()
	files := p.Exported()
	return len(p.CardsIn(files[nested.File])), len(p.CardsIn(files["board.json"]))
}

func TestLinkAsArgumentOpensThatBoard(t *testing.T) {
	p := person.New(t, "solo")
	nested := withBoard(p)
	p.Kill()
	p.Open(nested.Link)
	if inside, home := writesIn(p, nested, 3); inside != 1 || home != 2 {
		t.Errorf("%d cards inside and %d on Home, want 1 and 2", inside, home)
	}
	p.Keep("link")
}

func TestSecondStartHandsOver(t *testing.T) {
	p := person.New(t, "solo")
	nested := withBoard(p)
	p.Changes(func() {
		_, complaint, err := p.Run(nested.Link)
		p.Must(err)
		if complaint != "" {
			t.Errorf("the second start says %q", complaint)
		}
	})
	p.Keep("second-start-link")
	if inside, home := writesIn(p, nested, 3); inside != 1 || home != 2 {
		t.Errorf("%d cards inside and %d on Home, want 1 and 2", inside, home)
	}
	_, _, err := p.Run(person.File(t, "Teal.png", person.PNG(t, person.Plain(person.Teal, 300, 200))))
	p.Must(err)
	p.AwaitCards(4)
	p.Sees("the picture on the board that is shown", person.Teal, person.Screen, 50000)
	p.Keep("second-start-file")
	if p.Program.Ended() {
		t.Error("the first program is gone")
	}
}

func TestAddWhileRunningShowsTheCard(t *testing.T) {
	p := person.New(t, "solo")
	p.Open()
	out, _, err := p.Run("add", person.File(t, "Teal.png", person.PNG(t, person.Plain(person.Teal, 400, 300))))
	p.Must(err)
	if out != "Added 1 card.\n" {
		t.Errorf("it says %q", out)
	}
	p.AwaitCards(2)
	p.Sees("the picture", person.Teal, person.Screen, 80000)
	p.Keep("added")
}
