package jsoncanvas

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/exchange"
)

// maxEdges bounds the lines that are kept of a canvas.
const maxEdges = 50_000

// slotEdge keeps, in a connector, what only others know of an edge, as JSON.
const slotEdge = "canvasEdge"

// ends of an edge as the fields of JSON Canvas say them.
const (
	withHead    = "arrow"
	withoutHead = "none"
)

// edgesOf is the connectors of a board, and the lines of others that are none, as far as
// both ends are there. ids are those of the cards as nodes; nodes are the ids of all nodes.
func edgesOf(b *exchange.Board, ids []string, nodes map[string]bool) []fields {
	taken := map[string]bool{}
	edges := []fields{}
	at := map[board.CardID]string{}
	for i, c := range b.Cards {
		if _, twice := at[c.ID]; !twice {
			at[c.ID] = ids[i]
		}
	}
	for _, slot := range slices.Sorted(maps.Keys(b.Slots)) {
		c := board.ConnectorIn(slot, b.Slots[slot])
		if c == nil || at[c.From] == "" || at[c.To] == "" {
			continue
		}
		e := edgeOf(c, b.Slots[slot])
		e.put("id", fresh(string(c.ID), taken))
		e.put("fromNode", at[c.From])
		e.put("toNode", at[c.To])
		edges = append(edges, e)
	}
	kept, _ := b.Slots[slotEdges].(doc.Map)
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		e := objectOf(kept[id])
		if e == nil || !nodes[e.text("fromNode")] || !nodes[e.text("toNode")] {
			continue
		}
		e.clean()
		e.put("id", fresh(e.text("id"), taken))
		edges = append(edges, e)
	}
	return edges
}

// edgeOf is what a connector says besides its ends, with what is kept for others.
func edgeOf(c *board.Connector, slot doc.Value) fields {
	m, _ := slot.(doc.Map)
	e := objectOf(m[slotEdge])
	if e == nil {
		e = fields{}
	}
	e.clean()
	if label := board.PlainLabel(e.text("label")); label != c.Label || label == "" { // else a longer one is kept
		delete(e, "label")
		if c.Label != "" {
			e.put("label", c.Label)
		}
	}
	e.putColour(c.Colour)
	for end, head := range map[string]board.Heads{"fromEnd": board.HeadFrom, "toEnd": board.HeadTo} {
		e.put(end, withoutHead)
		if c.Heads&head != 0 {
			e.put(end, withHead)
		}
	}
	return e
}

// takeEdges puts edges between cards into slots as connectors, and keeps the others.
func takeEdges(list []fields, b *exchange.Board, slots doc.Map, left *exchange.Left) {
	here, taken := map[board.CardID]bool{}, map[string]bool{}
	for _, c := range b.Cards {
		here[c.ID] = true
	}
	kept := doc.Map{}
	for _, e := range list {
		e.clean()
		id, from, to := e.text("id"), board.CardID(e.text("fromNode")), board.CardID(e.text("toNode"))
		whole := e.rest()
		switch {
		case id == "" || whole == "" || from == "" || to == "" || len(kept)+len(taken) >= maxEdges:
			left.Note(exchange.BadCard)
		case here[from] && here[to] && from != to && len(id) <= maxID && len(taken) < board.MaxConnectors:
			c := board.Connector{From: from, To: to, Label: board.PlainLabel(e.text("label")), Heads: headsOf(e), Colour: e.colour()}
			v := c.Value()
			named := []string{"id", "fromNode", "toNode", "fromEnd", "toEnd"}
			if c.Label == e.text("label") {
				named = append(named, "label")
			}
			if board.ValidColor(e.text("color")) { // a number of the six is kept as it is
				named = append(named, "color")
			}
			if rest := e.rest(named...); rest != "" {
				v[slotEdge] = rest
			}
			slots[board.ConnectorSlot(board.ConnectorID(fresh(id, taken)))] = v
		default:
			left.Note(exchange.Lines)
			kept[id] = whole
		}
	}
	if len(kept) > 0 {
		slots[slotEdges] = kept
	}
}

// headsOf is the arrowheads of an edge; where it does not say, there is one at the end.
func headsOf(e fields) board.Heads {
	heads := board.HeadTo
	if e.text("toEnd") == withoutHead {
		heads = 0
	}
	if e.text("fromEnd") == withHead {
		heads |= board.HeadFrom
	}
	return heads
}

// withoutConnectors is slots without those of connectors.
func withoutConnectors(slots doc.Map) doc.Map {
	maps.DeleteFunc(slots, func(slot string, _ doc.Value) bool { return isConnector(slot) })
	return slots
}

func isConnector(slot string) bool { return strings.HasPrefix(slot, board.ConnectorSlot("")) }

// Renamed is the slots of a board whose cards and groups get other ids, which were taken.
func Renamed(slots doc.Map, ids map[board.CardID]board.CardID, groups map[string]string) doc.Map {
	out := maps.Clone(slots)
	for slot, v := range slots {
		c := board.ConnectorIn(slot, v)
		if c == nil {
			continue
		}
		m, _ := doc.Clone(v).(doc.Map)
		now := *c
		now.From, now.To = cmp.Or(ids[c.From], c.From), cmp.Or(ids[c.To], c.To)
		maps.Copy(m, now.Value())
		out[slot] = m
	}
	if edges, ok := slots[slotEdges].(doc.Map); ok {
		now := doc.Map{}
		for id, v := range edges {
			e := objectOf(v)
			if e == nil {
				continue
			}
			for _, end := range []string{"fromNode", "toNode"} {
				if to, ok := ids[board.CardID(e.text(end))]; ok {
					e.put(end, string(to))
				}
			}
			now[id] = e.rest()
		}
		out[slotEdges] = now
	}
	if frames, ok := slots[slotGroups].(doc.Map); ok {
		now := doc.Map{}
		for id, v := range frames {
			if to, ok := groups[id]; ok {
				id = to
			}
			now[id] = v
		}
		out[slotGroups] = now
	}
	return out
}

// Merge is the edits that bring slots of a canvas to a board that holds now, and that had
// cards before or not: lines and frames join those that are there, anything else comes only
// to a board that had none and does not hold it.
func Merge(now, slots doc.Map, had bool) []doc.Edit {
	var edits []doc.Edit
	for _, slot := range slices.Sorted(maps.Keys(slots)) {
		there, holds := now[slot]
		more, isMap := slots[slot].(doc.Map)
		joins := isMap && (slot == slotEdges || slot == slotGroups)
		old, wasMap := there.(doc.Map)
		switch {
		case isConnector(slot):
			at := slot
			for n := 2; now[at] != nil || at != slot && slots[at] != nil; n++ {
				at = fmt.Sprintf("%s-%d", slot, n)
			}
			edits = append(edits, doc.Put{Path: doc.At(at), Value: slots[slot]})
		case joins && wasMap:
			for _, id := range slices.Sorted(maps.Keys(more)) {
				at := id
				for n := 2; old[at] != nil; n++ {
					at = fmt.Sprintf("%s-%d", id, n)
				}
				edits = append(edits, doc.Put{Path: doc.At(slot, at), Value: more[id]})
			}
		case !holds && (joins || !had):
			edits = append(edits, doc.Put{Path: doc.At(slot), Value: slots[slot]})
		}
	}
	return edits
}
