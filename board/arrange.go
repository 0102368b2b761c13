package board

import (
	"fmt"
	"slices"
)

// lookStep is how far an arrow moves the view when nothing is selected, in
// screen pixels.
const lookStep = 80

// nudge moves by some steps; nudges that follow each other are one gesture.
// Where nothing is selected it moves the view.
func nudge(steps float64) func(Direction) action {
	return func(d Direction) action {
		return func(s *Session, l *Layout, to Camera) {
			way := d.Vector().Scale(steps)
			if s.Selection.Len() == 0 {
				s.glideTo(to.Pan(way.Scale(-lookStep)))
				return
			}
			s.nudge(way, l)
		}
	}
}

func (s *Session) nudge(steps Point, l *Layout) {
	gesture := s.stepped("nudge")
	by := steps.Scale(s.step())
	loose, rest := l.loose(s.Selection.IDs())
	if len(rest) == 0 {
		s.nudgeLoose(loose, steps, l, gesture)
		return
	}
	s.moved(by)
	s.emit(Do{MoveCards{IDs: l.alongIDs(rest), By: by, Gesture: gesture}})
}

// step is how far a key moves: a cell of the grid, or one unit without it.
func (s *Session) step() float64 {
	if s.Snap {
		return Grid
	}
	return 1
}

// stepped names the gesture of a step with the keys. Steps of one sort that
// follow each other on the same cards are one gesture.
func (s *Session) stepped(sort string) string {
	if s.again != sort || s.nudgedAt != s.Selection.rev {
		s.nudges++
	}
	s.nudging, s.nudgedAt = sort, s.Selection.rev
	return fmt.Sprintf("%s/%s/%d", s.name, sort, s.nudges)
}

func restack(to Level) action {
	return func(s *Session, l *Layout, _ Camera) {
		if s.Selection.Len() == 0 {
			return
		}
		c := Restack{IDs: s.Selection.IDs(), To: to}
		if to == OneUp || to == OneDown {
			c.Past = s.nextStacked(l, to == OneUp)
		}
		s.emit(Do{c})
	}
}

// nextStacked is the closest card above or below the selected ones that
// covers a part of them: the step that can be seen. "" if there is none.
func (s *Session) nextStacked(l *Layout, up bool) CardID {
	var edge uint64 // ranks begin above 0
	for _, id := range s.Selection.ids {
		if e := l.entries[id]; e != nil && !e.card.Locked && (edge == 0 || up == (e.rank > edge)) {
			edge = e.rank
		}
	}
	var best *entry
	for _, id := range s.Selection.ids {
		me := l.entries[id]
		if me == nil || me.card.Locked {
			continue
		}
		for _, e := range l.query(me.rect) {
			if s.Selection.Has(e.card.ID) || up != (e.rank > edge) {
				continue
			}
			if best == nil || up && e.rank < best.rank || !up && e.rank > best.rank {
				best = e
			}
		}
	}
	if best == nil {
		return ""
	}
	return best.card.ID
}

// groups puts a group around the selected cards.
func groups(s *Session, _ *Layout, _ Camera) {
	if s.Selection.Len() > 1 {
		s.grouped++
		s.emit(Do{GroupCards{IDs: s.Selection.IDs(), Group: GroupID(s.name, s.grouped)}})
	}
}

func ungroups(s *Session, _ *Layout, _ Camera) {
	if s.Selection.Len() > 0 {
		s.emit(Do{UngroupCards{IDs: s.Selection.IDs()}})
	}
}

// locks locks the selected cards, or frees them when all are locked.
func locks(s *Session, l *Layout, _ Camera) {
	if s.Selection.Len() == 0 {
		return
	}
	open := slices.ContainsFunc(s.Selection.ids, func(id CardID) bool { c := l.Card(id); return c != nil && !c.Locked })
	s.emit(Do{LockCards{IDs: s.Selection.IDs(), Locked: open}})
}

// freeSize gives the selected cards the size of their content.
func freeSize(s *Session, _ *Layout, _ Camera) {
	if s.Selection.Len() > 0 {
		s.emit(Do{FreeSize{IDs: s.Selection.IDs()}})
	}
}

// aligns lines the selected cards up.
func aligns(a axis, e end) action {
	return func(s *Session, l *Layout, _ Camera) {
		s.rearrange(l, "Align ", 2, func(units []unit) { align(units, a, e) })
	}
}

// distributes makes the gaps between the selected cards equal.
func distributes(a axis) action {
	return func(s *Session, l *Layout, _ Camera) {
		s.rearrange(l, "Distribute ", 3, func(units []unit) { distribute(units, a) })
	}
}

// tidies lays the selected cards out in a grid.
func tidies(s *Session, l *Layout, _ Camera) { s.rearrange(l, "Tidy up ", 2, tidy) }

// rearrange moves the units of the selection as f says: one command, or none
// when there are fewer than least.
func (s *Session) rearrange(l *Layout, label string, least int, f func([]unit)) {
	if s.Selection.Len() == 0 {
		return
	}
	units := l.units(slices.DeleteFunc(s.freeIDs(l), func(id CardID) bool { return l.entries[id].inColumn() }))
	if len(units) < least {
		return
	}
	f(units)
	var places []Placement
	for _, u := range units {
		for _, e := range u.entries {
			places = append(places, Placement{ID: e.card.ID, At: e.rect.Min().Add(u.by)})
		}
	}
	s.emit(Do{PlaceCards{Places: l.placesAlong(places), Label: label + count(len(places))}})
}
