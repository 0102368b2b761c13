package jsoncanvas

import (
	"fmt"
	"maps"
	"slices"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/exchange"
)

// maxEdges bounds the lines that are kept of a canvas.
const maxEdges = 50_000

// edgesOf is the lines that others have drawn, as far as both ends are there. nodes are
// the ids of all nodes.
func edgesOf(b *exchange.Board, nodes map[string]bool) []fields {
	taken := map[string]bool{}
	edges := []fields{}
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

// keepEdges is the slot that keeps lines; nil for none.
func keepEdges(list []fields, left *exchange.Left) doc.Map {
	out := doc.Map{}
	for _, e := range list {
		e.clean()
		id := e.text("id")
		whole := e.rest()
		if id == "" || whole == "" || e.text("fromNode") == "" || e.text("toNode") == "" || len(out) >= maxEdges {
			left.Note(exchange.BadCard)
			continue
		}
		left.Note(exchange.Lines)
		out[id] = whole
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// Renamed is the slots of a board whose cards and groups get other ids, which were taken.
func Renamed(slots doc.Map, ids map[board.CardID]board.CardID, groups map[string]string) doc.Map {
	out := maps.Clone(slots)
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
