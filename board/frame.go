package board

// KindFrame is the kind of cards that are frames: a titled area behind all other
// cards. What lies in it goes with it when it is moved.
const KindFrame = "frame"

// What of a frame answers the pointer, in board units: its title, and a border.
// The rest of it is the board.
const (
	FrameTitle  = 36
	frameBorder = 10
	frameRoom   = 2 * Grid // around cards that are framed
)

func (c *Card) isFrame() bool { return c.kind() == KindFrame }

// takes reports whether a card answers the pointer at a place.
func (e *entry) takes(p Point, touch func(*Card, Point, Size) bool) bool {
	if !e.rect.Contains(p) {
		return false
	}
	if e.card.kind() == KindInk && touch != nil {
		return touch(e.card, p.Sub(e.rect.Min()), e.rect.Size())
	}
	return !e.card.isFrame() || p.Y < e.rect.Y+FrameTitle || !e.rect.Inset(frameBorder).Contains(p)
}

// along is cards with all that goes with them when they are moved: what is in a column,
// what lies in a frame, by its middle, what lies in frames in it, and ink on any of them.
// Locked cards stay.
func (l *Layout) along(entries []*entry) []*entry {
	seen := make(map[*entry]bool, len(entries))
	for _, e := range entries {
		seen[e] = true
	}
	for i := 0; i < len(entries); i++ {
		frame := entries[i]
		if c := frame.self; c != nil && c.entry == frame { // what is in a column is moved by it
			for _, e := range c.members {
				if !seen[e] {
					seen[e] = true
					entries = append(entries, e)
				}
			}
		}
		if !frame.card.isFrame() {
			continue
		}
		found, _ := l.meeting(frame.rect)
		for _, e := range found {
			inner := !e.card.isFrame() || e.rect.W*e.rect.H < frame.rect.W*frame.rect.H
			if !seen[e] && !e.card.Locked && inner && !e.inColumn() && frame.rect.Contains(e.rect.Center()) {
				seen[e] = true
				entries = append(entries, e)
			}
		}
	}
	for _, e := range l.stack.order {
		if e.card.On != "" && !seen[e] && !e.card.Locked && seen[l.entries[e.card.On]] {
			entries = append(entries, e)
		}
	}
	return entries
}

// alongIDs is along for ids. Ids that are not here stay in.
func (l *Layout) alongIDs(ids []CardID) []CardID {
	var entries []*entry
	here := make(map[CardID]bool, len(ids))
	for _, id := range ids {
		here[id] = true
		if e := l.entries[id]; e != nil && !e.card.Locked {
			entries = append(entries, e)
		}
	}
	for _, e := range l.along(entries)[len(entries):] {
		if !here[e.card.ID] {
			ids = append(ids, e.card.ID)
		}
	}
	return ids
}

// withInk is cards with the ink on them.
func (l *Layout) withInk(ids []CardID) []CardID {
	here := make(map[CardID]bool, len(ids))
	for _, id := range ids {
		if e := l.entries[id]; e != nil && !e.card.Locked {
			here[id] = true
		}
	}
	for _, e := range l.stack.order {
		if on := e.card.On; on != "" && here[on] && !here[e.card.ID] {
			ids = append(ids, e.card.ID)
		}
	}
	return ids
}

// placesAlong adds where things go that go with cards which are put somewhere.
func (l *Layout) placesAlong(places []Placement) []Placement {
	put := make(map[CardID]bool, len(places))
	for _, p := range places {
		put[p.ID] = true
	}
	for _, p := range places {
		e := l.entries[p.ID]
		if e == nil || e.card.Locked {
			continue
		}
		by := p.At.Sub(e.rect.Min())
		for _, x := range l.along([]*entry{e})[1:] {
			if !put[x.card.ID] {
				put[x.card.ID] = true
				places = append(places, Placement{ID: x.card.ID, At: x.stored(x.rect.Min()).Add(by)})
			}
		}
	}
	return places
}

// newFrame makes a frame around the selected cards, or an empty one.
func newFrame(s *Session, l *Layout, _ Camera) {
	around, some := Rect{}, false
	for _, id := range s.Selection.ids {
		if e := l.entries[id]; e != nil {
			around, some = around.Union(e.rect), true
		}
	}
	if !some {
		s.emit(NewCard{Kind: KindFrame, At: s.spot(l)})
		return
	}
	around = around.Inset(-frameRoom)
	around.Y, around.H = around.Y-FrameTitle, around.H+FrameTitle
	s.emit(NewCard{Kind: KindFrame, At: around.Min(), Size: around.Size()})
}
