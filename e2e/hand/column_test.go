package hand

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/e2e/x11"
)

var columnSteps = []step{
	{"column", []string{"new-column", "into-column", "out-of-column"}, func(h *hand) {
		before := len(h.states) - 1
		h.choose("Note 20", "Note 30")
		h.edits("K", more(1, cards.KindColumn), func() { h.Changes(func() { h.Key("k") }) }, false)
		h.edits("its title", titled(cards.KindColumn, "Reading"), func() { h.Type("Reading\n") }, true)
		h.Key("Escape")
		h.away()
		h.shot("column")
		column := h.card("Reading")
		in := func(dx, dy float64) board.Point {
			return board.Point{X: column.X + dx, Y: column.Y + board.ColumnTitle + dy}
		}
		h.gesture("a card dropped at its top", held("Reading", "Note 23", "Note 20", "Note 30"), func() {
			from := h.middle("Note 23")
			h.Press(x11.Left, from)
			h.Pull(from, h.on(in(60, 8)))
			h.shot("column-line")
			h.Release(x11.Left)
		})
		h.shot("column-of-three")
		h.gesture("the keys move it down", held("Reading", "Note 20", "Note 23", "Note 30"), func() { h.Key("Down") })
		h.gesture("Shift+K takes it out", held("Reading", "Note 20", "Note 30"), func() { h.Key("Shift+k") })
		h.gesture("a card is dragged out", held("Reading", "Note 30"), func() {
			from := h.on(in(60, 20))
			h.Press(x11.Left, from)
			h.Pull(from, from.Add(pixels(500, 0)))
			h.Release(x11.Left)
		})
		h.Key("Escape")
		title := h.on(board.Point{X: column.X + 60, Y: column.Y + board.ColumnTitle/2})
		h.Click(title.X, title.Y)
		h.gesture("Delete leaves its cards", gone(1), func() { h.Key("Delete") })
		h.undo(len(h.states)-1, before) // what follows wants the cards where they were
		h.states, h.what, h.loose = h.states[:before+1], h.what[:before+1], h.loose[:before+1]
		h.Key("Escape")
	}},
}

// held wants these cards in a column of Home, in this order.
func held(column string, titles ...string) wants {
	return func(_, now state) verdict {
		c, ok := find(now.home, column)
		if !ok {
			return wrong("there is no column %q", column)
		}
		got, err := inColumn(now.files[boardFile], c.ID)
		if err != nil {
			return wrong("%v", err)
		}
		for i, id := range got {
			x, _ := find(now.home, id)
			got[i] = x.Title
		}
		if fmt.Sprint(got) != fmt.Sprint(titles) {
			return wrong("in it are %q, want %q", got, titles)
		}
		return ""
	}
}

// inColumn reads which cards are in a column, in order, from an exported board.
func inColumn(text, column string) ([]string, error) {
	var whole struct {
		Document struct {
			Cards map[string]struct {
				In string `json:"in"`
			} `json:"cards"`
		} `json:"document"`
	}
	if err := json.Unmarshal([]byte(text), &whole); err != nil {
		return nil, err
	}
	order := map[string]string{}
	var out []string
	for id, c := range whole.Document.Cards {
		if key, in, _ := strings.Cut(c.In, " "); in == column {
			order[id] = key
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(order[a], order[b]), cmp.Compare(a, b)) })
	return out, nil
}
