package board

import (
	"cmp"
	"slices"
)

// unit is cards that move as one: a whole group, or a card alone.
type unit struct {
	entries []*entry
	rect    Rect  // around them
	by      Point // the way that they go
}

// units sorts cards into units. A group is one when all of it that could move
// is there; of what is one group only, the groups or cards inside are the units.
func (l *Layout) units(ids []CardID) []unit {
	entries := make([]*entry, 0, len(ids))
	for _, id := range ids {
		if e := l.entries[id]; e != nil {
			entries = append(entries, e)
		}
	}
	part := partial(entries)
	for depth := 1; ; depth++ {
		units := unitsAt(entries, depth, part)
		if len(units) != 1 || depth == maxDepth+1 {
			return units
		}
	}
}

// partial counts, for each group, its free cards that are not among entries.
func partial(entries []*entry) map[*group]int {
	left := map[*group]int{}
	for _, e := range entries {
		g := e.group
		if g == nil {
			continue
		}
		if _, counted := left[g]; !counted {
			for _, m := range g.members {
				if !m.card.Locked {
					left[g]++
				}
			}
		}
		if !e.card.Locked {
			left[g]--
		}
	}
	return left
}

// unitsAt is the units when groups down to a depth hold together.
func unitsAt(entries []*entry, depth int, part map[*group]int) []unit {
	var out []unit
	index := map[string]int{}
	for _, e := range entries {
		path := head(e.card.Group, depth)
		at, there := index[path]
		if path == "" || part[e.group] > 0 || !there {
			at = len(out)
			out = append(out, unit{rect: e.rect})
			if path != "" && part[e.group] == 0 {
				index[path] = at
			}
		}
		u := &out[at]
		u.entries, u.rect = append(u.entries, e), u.rect.Union(e.rect)
	}
	return out
}

// head is the first groups of a path; "" when the path has fewer, which is a
// card beside them.
func head(path string, groups int) string {
	for i := 0; i < len(path); i++ {
		if path[i] == '/' {
			if groups--; groups == 0 {
				return path[:i]
			}
		}
	}
	if groups == 1 {
		return path
	}
	return ""
}

// end says which part of things is brought in line.
type end uint8

const (
	atStart end = iota
	atMiddle
	atEnd
)

// align moves units so that their starts, middles or ends are where those of
// all of them are.
func align(units []unit, a axis, e end) {
	all := a.of(aroundUnits(units))
	for i := range units {
		u := a.of(units[i].rect)
		d := all.from - u.from
		switch e {
		case atMiddle:
			d = all.mid() - u.mid()
		case atEnd:
			d = all.to - u.to
		}
		units[i].by = a.point(d, 0)
	}
}

// distribute makes the gaps between units equal; all of them stay where they
// are together. What does not fit overlaps equally.
func distribute(units []unit, a axis) {
	all := a.of(aroundUnits(units))
	free := all.to - all.from
	order := make([]*unit, len(units))
	for i := range units {
		u := a.of(units[i].rect)
		free -= u.to - u.from
		order[i] = &units[i]
	}
	slices.SortStableFunc(order, func(x, y *unit) int { return cmp.Compare(a.of(x.rect).from, a.of(y.rect).from) })
	gap, at := free/float64(len(units)-1), all.from
	for _, u := range order {
		s := a.of(u.rect)
		u.by = a.point(at-s.from, 0)
		at += s.to - s.from + gap
	}
}

func aroundUnits(units []unit) Rect {
	var r Rect
	for _, u := range units {
		r = r.Union(u.rect)
	}
	return r
}
