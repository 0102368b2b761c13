package renderers

import (
	"slices"
	"strings"

	"corkboard/cards"
)

// pasted takes several lines that came into the live slot at once: each is an
// item of its own. A title becomes one line.
func (e *todoList) pasted(lines []string) {
	first := lines[0]
	if e.live.title {
		first = strings.Join(lines, " ")
	}
	e.pen.SetText(first)
	if e.live.title {
		e.typing.typed(first)
		e.write(e.live, -1)
		return
	}
	e.typing.end()
	e.typing.bursts++
	g := e.typing.gesture()
	if was := e.typing.sent; was != first {
		e.setText(e.live, was, first, g)
	}
	e.typing.reset(first)
	var fresh []cards.NewItem
	for _, line := range lines[1:] {
		if it, ok := pastedItem(line); ok {
			it.ID = string(e.host.Env.NewID())
			fresh = append(fresh, it)
		}
	}
	if len(fresh) == 0 {
		e.write(e.live, -1)
		return
	}
	at := e.find(e.live.id) + 1
	e.items = slices.Clone(e.items)
	for i, it := range fresh {
		e.items = slices.Insert(e.items, at+i, cards.TodoItem{ID: it.ID, Text: it.Text, Done: it.Done})
	}
	e.do(cards.AddItems{After: e.live.id, Items: fresh, Gesture: g})
	e.write(todoSlot{id: fresh[len(fresh)-1].ID}, -1)
}

// pastedItem reads one line of a list from elsewhere; blank lines are none.
func pastedItem(line string) (it cards.NewItem, ok bool) {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"- ", "* ", "+ ", "• "} {
		line = strings.TrimPrefix(line, mark)
	}
	for mark, done := range map[string]bool{"[ ] ": false, "[x] ": true, "[X] ": true} {
		if rest, found := strings.CutPrefix(line, mark); found {
			line, it.Done = rest, done
			break
		}
	}
	it.Text = strings.TrimSpace(line)
	return it, it.Text != ""
}
