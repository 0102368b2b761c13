package hand

import (
	"encoding/json"
	"image"
	"strings"

	"corkboard/board"
)

var connectSteps = []step{
	{"connect", []string{"connect", "select-connector", "label", "heads", "reconnect"}, func(h *hand) {
		from, to := h.card("Note 20"), h.card("Note 30")
		h.away()
		h.Point(onto(h.middle("Note 20")))
		h.gesture("a dot dragged onto a card", connects("Note 20", "Note 30", "", "end"), func() {
			h.Drag(h.on(board.Point{X: from.X + from.W/2, Y: from.Y + from.H + 18}), h.middle("Note 30"))
		})
		line := h.on(from.rect().Center().Add(to.rect().Center()).Scale(.5))
		h.gesture("a double-click on the line", connects("Note 20", "Note 30", "leads to", "end"), func() {
			h.DoubleClick(line.X, line.Y)
			h.Type("leads to\n")
		})
		h.away()
		h.shot("connected")
		h.Click(line.X, line.Y+2)
		h.gesture("other heads", connects("Note 20", "Note 30", "leads to", "both"), func() { h.Key("Shift+l") })
		h.shot("both-heads")
		h.gesture("the end on another card", connects("Note 20", "List 31", "leads to", "both"), func() {
			h.Drag(h.on(lineEnd(from.rect(), to.rect())), h.middle("List 31"))
		})
		h.shot("reconnected")
	}},
	{"connect-by-keys", []string{"connect", "next-connector"}, func(h *hand) {
		h.choose("Note 20")
		h.Key("Ctrl+l")
		h.gesture("Delete takes a connector away", connects("", "", "", ""), func() { h.Key("Delete") })
		h.choose("Note 23", "Note 20")
		h.gesture("L", connects("Note 23", "Note 20", "", "end"), func() { h.Key("l") })
		h.Key("Ctrl+l")
		h.gesture("Delete again", connects("", "", "", ""), func() { h.Key("Delete") })
	}},
}

func onto(p image.Point) (x, y int) { return p.X, p.Y }

// lineEnd is where a line from the middle of a card to one below it ends.
func lineEnd(from, to board.Rect) board.Point {
	a, b := from.Center(), to.Center()
	part := (to.Y - 4 - a.Y) / (b.Y - a.Y)
	return a.Add(b.Sub(a).Scale(part))
}

// connects wants exactly one connector on Home, or none when from is "".
func connects(from, to, label, heads string) wants {
	return func(_, now state) verdict {
		var whole struct {
			Document map[string]json.RawMessage `json:"document"`
		}
		if err := json.Unmarshal([]byte(now.files[boardFile]), &whole); err != nil {
			return wrong("%v", err)
		}
		n := 0
		for slot, raw := range whole.Document {
			if !strings.HasPrefix(slot, "connector:") {
				continue
			}
			n++
			var c struct{ From, To, Label, Heads string }
			if err := json.Unmarshal(raw, &c); err != nil {
				return wrong("%v", err)
			}
			a, _ := find(now.home, c.From)
			b, _ := find(now.home, c.To)
			if a.Title != from || b.Title != to || c.Label != label || c.Heads != heads {
				return wrong("from %q to %q, %q, heads %q", a.Title, b.Title, c.Label, c.Heads)
			}
		}
		if n != 1 && from != "" || n != 0 && from == "" {
			return wrong("there are %d connectors", n)
		}
		return ""
	}
}
