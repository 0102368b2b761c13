package board

// lasso is what a marquee has caught.
type lasso struct {
	caught, before, fresh []*entry // reused
	stamp                 uint64   // of what is in caught
}

// reset makes everything that is caught next count as new.
func (m *lasso) reset() { m.stamp, m.caught = 0, m.caught[:0] }

// marqueeRect is the marquee in board units.
func (s *Session) marqueeRect() Rect {
	return RectBetween(s.gesture.from, s.Camera.ToBoard(s.gesture.at))
}

// dragMarquee selects what the marquee meets, beside what was selected. The
// selection is touched only where what is caught changed.
func (s *Session) dragMarquee(l *Layout) {
	m := &s.lasso
	m.before, m.caught = m.caught, m.before[:0]
	l.catch(s.marqueeRect(), m)
	for _, e := range m.before {
		if e.caught != m.stamp { // something was lost: one walk for all
			s.Selection.drop(func(id CardID) bool {
				e := l.entries[id]
				return (e == nil || e.caught != m.stamp) && !s.gesture.base.Has(id)
			})
			break
		}
	}
	for _, e := range m.fresh {
		s.Selection.add(e.card.ID)
	}
	s.emit(Repaint{})
}

// catch finds what an area means for a marquee: cards that are not locked, frames
// only as a whole, and all such cards of the groups that they are in.
func (l *Layout) catch(r Rect, m *lasso) {
	l.catches++
	was, now := m.stamp, l.catches
	m.stamp, m.fresh = now, m.fresh[:0]
	take := func(e *entry) {
		if e.caught == now || e.card.Locked {
			return
		}
		if e.caught != was || was == 0 {
			m.fresh = append(m.fresh, e)
		}
		e.caught = now
		m.caught = append(m.caught, e)
	}
	found, _ := l.meeting(r)
	for _, e := range found {
		if OnGround(e.card.kind()) && r.Union(e.rect) != r {
			continue // an area in a frame means what lies there
		}
		take(e)
		if g := e.group; g != nil && g.stamp != now && !e.card.Locked {
			g.stamp = now
			for _, o := range g.members {
				take(o)
			}
		}
	}
}
