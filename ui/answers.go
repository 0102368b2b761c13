package ui

import (
	"corkboard/app"
	"corkboard/doc"
	"corkboard/ui/lang"
)

// asked is somebody who was invited to a board.
type asked struct {
	person app.Person
	board  doc.ID
}

// followAnswers says who has taken up an invitation that waited when it was looked last.
func (w *Window) followAnswers() {
	waits := map[asked]bool{}
	for _, c := range w.together.Contacts() {
		for _, b := range c.Boards {
			a := asked{c.Person, b.Board}
			switch {
			case b.Invited:
				waits[a] = true
			case w.asked[a]:
				w.notices.say(lang.Tf("%s has accepted and is on “%s” now.", short(c.Name, 40), short(w.titleOf(b.Board), 40)))
			}
		}
	}
	w.asked = waits
}
