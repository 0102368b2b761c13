package jsoncanvas

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/exchange"
)

// groupPad is the room between a group's frame and its cards, in board units.
const groupPad = board.Grid

// pathsOf is the paths to each group of a path, outermost first.
func pathsOf(group string) []string {
	var out []string
	for i := range group {
		if group[i] == '/' {
			out = append(out, group[:i])
		}
	}
	if group != "" {
		out = append(out, group)
	}
	return out
}

func lastOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

func depthOf(path string) int { return strings.Count(path, "/") }

// groupNodes is a frame for each group of a board, outer ones first, and what earlier
// versions kept of frames of others. taken are the ids of other nodes.
func groupNodes(b *exchange.Board, taken map[string]bool) []fields {
	areas, inner := map[string]board.Rect{}, map[string]int{}
	for _, c := range b.Cards {
		paths := pathsOf(c.Group)
		for _, p := range paths {
			if r, ok := areas[p]; ok {
				areas[p] = r.Union(c.Drawn)
			} else {
				areas[p] = c.Drawn
			}
			inner[p] = max(inner[p], len(paths)-1-depthOf(p))
		}
	}
	kept, _ := b.Slots[slotGroups].(doc.Map)
	used := map[string]bool{}
	nodes := []fields{}
	for _, p := range slices.SortedFunc(maps.Keys(areas), func(x, y string) int {
		return cmp.Or(cmp.Compare(depthOf(x), depthOf(y)), cmp.Compare(x, y))
	}) {
		id := lastOf(p)
		used[id] = true
		node := objectOf(kept[id])
		if node == nil {
			node = fields{}
			node.put("id", "group-"+id)
		}
		r := areas[p].Inset(-groupPad * float64(1+inner[p]))
		node.frame(r, taken)
		node.put(key, ownNode{Around: p})
		nodes = append(nodes, node)
	}
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		if node := objectOf(kept[id]); node != nil && !used[id] {
			r, _ := node.rect()
			node.frame(r, taken)
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// frame makes a group node of what is kept of one.
func (f fields) frame(r board.Rect, taken map[string]bool) {
	f.clean()
	f.put("id", fresh(f.text("id"), taken))
	f.put("type", "group")
	f.put("x", int(math.Floor(r.X)))
	f.put("y", int(math.Floor(r.Y)))
	f.put("width", int(max(1, math.Ceil(r.W))))
	f.put("height", int(max(1, math.Ceil(r.H))))
}

// maxGroupID bounds ids of groups, so that sixteen fit into a path.
const maxGroupID = 28

// groupID makes a group's id of a node's.
func groupID(id string) string {
	ok := id != "" && len(id) <= maxGroupID && !strings.ContainsFunc(id, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '_' && r != '-'
	})
	if ok {
		return id
	}
	return "g" + sum(id)
}

// maxGroups is how many groups a card may be in.
const maxGroups = 16
