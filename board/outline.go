package board

// outline is what is around the selection, kept until the layout or the
// selection changes.
type outline struct {
	asOf   [2]uint64    // revisions of layout and selection
	all    Rect         // around all selected cards
	free   Rect         // around those that are neither locked nor in a column
	some   bool         // there are selected cards,
	loose  bool         // also some of those
	groups []groupFrame // that are selected as a whole
	counts map[*group]int
}

type groupFrame struct {
	group *group
	rigid bool // it has locked cards: a drag does not take all of it
}

// outline looks at what is around the selection.
func (s *Session) outline(l *Layout) *outline {
	o := &s.around
	if asOf := [2]uint64{l.revision, s.Selection.rev}; o.asOf != asOf {
		o.asOf = asOf
		o.look(&s.Selection, l)
	}
	return o
}

func (o *outline) look(sel *Selection, l *Layout) {
	o.all, o.free, o.some, o.loose, o.groups = Rect{}, Rect{}, false, false, o.groups[:0]
	if o.counts == nil {
		o.counts = map[*group]int{}
	}
	clear(o.counts)
	for _, id := range sel.ids {
		e := l.entries[id]
		if e == nil {
			continue
		}
		o.all, o.some = o.all.Union(e.rect), true
		if !e.card.Locked && !e.inColumn() {
			o.free, o.loose = o.free.Union(e.rect), true
		}
		if e.group == nil {
			continue
		}
		if o.counts[e.group]++; o.counts[e.group] == len(e.group.members) && len(e.group.members) > 1 {
			o.groups = append(o.groups, groupFrame{group: e.group, rigid: hasLocked(e.group.members)})
		}
	}
}

func hasLocked(entries []*entry) bool {
	for _, e := range entries {
		if e.card.Locked {
			return true
		}
	}
	return false
}

// frame is the area around the selected cards that are not locked, as the
// document has them.
func (s *Session) frame(l *Layout) (Rect, bool) {
	o := s.outline(l)
	return o.free, o.loose
}

// projectGroups adds the frames of groups that are selected or hovered.
func (s *Session) projectGroups(l *Layout, out *View) {
	hand := s.hand(l)
	var hovered *group
	if e := l.entries[s.Hover]; e != nil && e.group != nil && len(e.group.members) > 1 && s.gesture.kind == idle {
		hovered = e.group
	}
	for _, f := range s.outline(l).groups {
		r := l.groupRect(f.group)
		if hand != nil && !hand.carried {
			if f.rigid {
				continue
			}
			r = hand.now(r)
		}
		if f.group == hovered {
			hovered = nil
		}
		out.Groups = append(out.Groups, GroupFrame{Rect: out.Camera.RectToScreen(r), Selected: true})
	}
	if hovered != nil {
		out.Groups = append(out.Groups, GroupFrame{Rect: out.Camera.RectToScreen(l.groupRect(hovered))})
	}
}
