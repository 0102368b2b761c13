package solo

import "testing"

// withBoard opens the program, puts a board on Home and returns its link.
func (p *person) withBoard() card {
	p.t.Helper()
	p.open()
	p.point(703, 243)
	p.key("b")
	p.awaitCards(2)
	return p.only("board")
}

// writesIn writes a text card on whatever board is shown and tells how many
// cards the nested board and Home have then.
func (p *person) writesIn(nested card, cards int) (inside, home int) {
	p.t.Helper()
	p.begins(cards, func() { p.doubleClick(1003, 543) })
	p.write("Here")
	p.key("Escape")
	p.awaitSaved()
	files := p.exported()
	return len(p.cardsIn(files[nested.File])), len(p.cardsIn(files["board.json"]))
}

func TestLinkAsArgumentOpensThatBoard(t *testing.T) {
	p := newPerson(t)
	nested := p.withBoard()
	p.kill()
	p.open(nested.Link)
	if inside, home := p.writesIn(nested, 3); inside != 1 || home != 2 {
		t.Errorf("%d cards inside and %d on Home, want 1 and 2", inside, home)
	}
	p.keep("link")
}

func TestSecondStartHandsOver(t *testing.T) {
	p := newPerson(t)
	nested := p.withBoard()
	p.changes(func() {
		_, complaint, err := p.run(nested.Link)
		p.must(err)
		if complaint != "" {
			t.Errorf("the second start says %q", complaint)
		}
	})
	p.keep("second-start-link")
	if inside, home := p.writesIn(nested, 3); inside != 1 || home != 2 {
		t.Errorf("%d cards inside and %d on Home, want 1 and 2", inside, home)
	}
	_, _, err := p.run(write(t, "Teal.png", pngOf(t, plain(teal, 300, 200))))
	p.must(err)
	p.awaitCards(4)
	p.sees("the picture on the board that is shown", teal, screen, 50000)
	p.keep("second-start-file")
	if p.program.Ended() {
		t.Error("the first program is gone")
	}
}

func TestAddWhileRunningShowsTheCard(t *testing.T) {
	p := newPerson(t)
	p.open()
	out, _, err := p.run("add", write(t, "Teal.png", pngOf(t, plain(teal, 400, 300))))
	p.must(err)
	if out != "Added 1 card.\n" {
		t.Errorf("it says %q", out)
	}
	p.awaitCards(2)
	p.sees("the picture", teal, screen, 80000)
	p.keep("added")
}
