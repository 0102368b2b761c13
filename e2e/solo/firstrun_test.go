package solo

import (
	"testing"

	"corkboard/e2e/person"
)

// TestFirstRunAsANewUserWould goes from an empty profile to a board that can be shared,
// with nothing but what the screen says.
func TestFirstRunAsANewUserWould(t *testing.T) {
	p := person.Newcomer(t, "first")
	p.Open()
	p.AwaitCards(1)
	p.Keep("01-welcome")
	p.Type("Ada Lovelace") // over what the system calls them
	p.Keep("02-name")
	p.Changes(func() { p.Key("Return") })
	p.Keep("03-what-first")

	p.Changes(func() { p.Key("Return") }) // Share is what Enter does
	p.AwaitCards(2)
	p.Keep("04-share")
	p.Changes(func() { p.Key("Return") }) // and so is making a link
	p.Until("the board is shared", func() bool { return len(p.Status().Shared) == 1 })
	p.Keep("05-shared")
	p.Changes(func() { p.Key("Escape") })
	p.Quit()

	p.Open()
	p.AwaitCards(2)
	p.Changes(func() { p.Key("?") }) // nothing lies over the board and takes the key
	p.Keep("06-second-start")
}

// TestWelcomeIsNoObstacle closes it with Esc and writes a note.
func TestWelcomeIsNoObstacle(t *testing.T) {
	p := person.Newcomer(t, "first")
	p.Open()
	p.Changes(func() { p.Key("Escape") })
	p.Begins(2, func() { p.DoubleClick(1263, 103) })
	p.Type("Milk")
	p.Key("Escape")
	p.AwaitSaved()
	if text := p.Exported()["Milk.md"]; text != "Milk" {
		t.Errorf("the note says %q", text)
	}
	p.Keep("07-closed-and-written")
}
