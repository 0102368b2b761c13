package hand

import (
	"strings"

	"corkboard/cards"
)

// clipboard copies, cuts and pastes in the free room.
func clipboard(h *hand) {
	note := h.card("Note 33")
	h.choose(note.ID)
	h.leaves("copying", func() { h.Key("Ctrl+c") })
	h.Point(h.room(180, 1000))
	h.gesture("paste a double", linked(note, false), func() {
		h.shows("paste", func() { h.Key("Ctrl+v") })
		h.Key("Down")
		h.Key("Return")
	})
	h.Point(h.room(440, 1000))
	h.gesture("paste plain", func(was, now state) verdict {
		v := more(1, cards.KindText)(was, now)
		if v == "" {
			if c, _ := find(now.home, added(was.home, now.home)[0]); !strings.Contains(string(c.Document), note.Link) {
				return wrong("it says %s, want the link as text", c.Document)
			}
		}
		return v
	}, func() { h.Key("Ctrl+Shift+v") })
	h.shot("pasted")
	h.choose(note.ID)
	h.gesture("cut", func(was, now state) verdict {
		if _, there := find(now.home, note.ID); there {
			return wrong("it is still there")
		}
		return gone(1)(was, now)
	}, func() { h.Key("Ctrl+x") })
	h.Point(h.room(800, 1000))
	// What was cut is the same card again, without a question.
	h.gesture("paste what was cut", linked(note, true), func() { h.Key("Ctrl+v") })
}

// linked wants one more card, of the document of another or of a new one.
func linked(to card, same bool) wants {
	return func(was, now state) verdict {
		v := more(1, cards.KindText)(was, now)
		if v != "" {
			return v
		}
		c, _ := find(now.home, added(was.home, now.home)[0])
		if (c.Link == to.Link) != same {
			return wrong("it shows %s, copied was %s", c.Link, to.Link)
		}
		return ""
	}
}
