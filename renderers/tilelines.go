package renderers

import (
	"hash/maphash"

	"corkboard/board"
)

// tileLines is what the tiles know of connectors. UI goroutine only.
type tileLines struct {
	seed  maphash.Seed
	seen  [3]uint64                  // revisions of the layout, of its connectors, and of what is held
	held  uint64                     // counts changes of what the hand holds
	loose map[board.ConnectorID]bool // were in the hand: drawn above until the tiles have them
}

// drawnLine is a connector as a tile shows it.
type drawnLine struct {
	connector *board.Connector
	from, to  board.Point
}

// linesOn is the connectors that reach into an area and are not in the hand, and
// a number that tells them from others.
func (t *tiling) linesOn(area board.Rect, out []board.Line) (on []board.Line, sum uint64) {
	for _, l := range t.v.Layout.Lines() {
		if l.Meets(area) && !t.held[l.Connector.From] && !t.held[l.Connector.To] {
			out = append(out, l)
			sum += maphash.Comparable(t.lines.seed, drawnLine{l.Connector, l.From, l.To})
		}
	}
	return out, sum
}

// reline makes the tiles stale that show connectors where they are not any more.
func (t *tiling) reline() {
	l := t.v.Layout
	now := [3]uint64{l.Revision(), l.LineRevision(), t.lines.held}
	if now == t.lines.seen {
		return
	}
	t.lines.seen = now
	var room []board.Line
	for _, x := range t.tiles {
		if x.asked || x.stale {
			continue // looked at when it arrives, or when it is asked for
		}
		on, sum := t.linesOn(x.area, room[:0])
		room, x.stale = on, sum != x.lineSum
	}
}

// overLines lays connectors over the tiles that these do not show.
func (t *tiling) overLines(waiting int) {
	for i := range t.v.view.Lines {
		if l := &t.v.view.Lines[i]; l.Held {
			t.lines.loose[l.Connector.ID] = true
		}
	}
	if len(t.held) == 0 && waiting == 0 {
		clear(t.lines.loose)
	}
	t.v.layLines(func(l *board.Line) bool { return l.Held || t.lines.loose[l.Connector.ID] })
}
