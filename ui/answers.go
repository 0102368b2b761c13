package ui

import (
	"corkboard/app"
	"corkboard/doc"
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
				w.notices.say(short(c.Name, 40) + " has accepted and is on “" + short(w.titleOf(b.Board), 40) + "” now.")
			}
		}
	}
	w.asked = waits
}
