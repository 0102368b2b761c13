package hand

import (
	"encoding/json"

	"corkboard/board"
	"corkboard/cards"
)

var inkSteps = []step{
	{"ink", []string{"pen", "stroke", "pen-colour", "pen-width"}, func(h *hand) {
		h.away()
		h.Key("p")
		at := func(x, y float64) (to board.Point) { return board.Point{X: x, Y: y} }
		draw := func(way ...board.Point) {
			h.Drag(h.on(way[0]), h.on(way[1]), h.on(way[2]), h.on(way[3]))
		}
		h.gesture("a stroke", more(1, cards.KindInk), func() { draw(at(500, 900), at(560, 1000), at(620, 900), at(700, 1020)) })
		h.Key("Shift+p")
		h.Key("Alt+p")
		h.gesture("a red, wide one", more(1, cards.KindInk), func() { draw(at(800, 900), at(860, 1000), at(920, 900), at(1000, 1020)) })
		h.shot("ink")
		note := h.card("Note 20").rect()
		c := note.Center()
		h.gesture("on a card", more(1, cards.KindInk), func() { draw(c, c.Add(at(20, 20)), c.Add(at(40, 0)), c.Add(at(60, 20))) })
		h.Key("Escape")
		h.away()
		h.shot("ink-on-a-card")
		ink := h.carriedBy("Note 20")
		from := h.on(note.Min().Add(at(20, 100)))
		h.gesture("the card carries it", moved(0, 20, "Note 20", ink), func() { h.Drag(from, from.Add(pixels(0, 20))) })
		h.gesture("and back", moved(0, -20, "Note 20", ink), func() { h.Drag(from.Add(pixels(0, 20)), from) })
		h.Key("Escape")
		// Where the three curves are; nothing is left for the steps that follow.
		for _, p := range []board.Point{at(552, 962), at(852, 962), c.Add(at(17.5, 12.5))} {
			line := h.on(p)
			h.Click(line.X, line.Y)
			h.gesture("a stroke is deleted", gone(1), func() { h.Key("Delete") })
		}
	}},
}

// carriedBy is the id of the only card that another one carries.
func (h *hand) carriedBy(name string) string {
	h.T.Helper()
	var whole struct {
		Document struct {
			Cards map[string]struct {
				On string `json:"on"`
			} `json:"cards"`
		} `json:"document"`
	}
	h.Must(json.Unmarshal([]byte(h.now().files[boardFile]), &whole))
	carrier, found := h.card(name).ID, ""
	for id, c := range whole.Document.Cards {
		if c.On == carrier {
			found = id
		}
	}
	if found == "" {
		h.T.Fatalf("%s carries nothing", name)
	}
	return found
}
