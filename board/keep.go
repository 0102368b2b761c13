package board

// keeps keeps the card that was walked to selected while the walk goes on, or
// lets it go again: so a hand without a pointer selects several cards, also
// some that do not lie side by side.
func keeps(s *Session, l *Layout, _ Camera) {
	last := s.Selection.Last()
	if last == "" {
		s.goTo(l.Next("", false), l)
		return
	}
	if s.keptCards() == s.Selection.Len() {
		s.kept--
	} else {
		s.kept = s.Selection.Len()
	}
	s.keptAt = s.Selection.rev
	s.emit(Repaint{})
}

// keptCards is how many of the selected cards a walk leaves selected.
func (s *Session) keptCards() int {
	if s.keptAt != s.Selection.rev {
		return 0
	}
	return s.kept
}

// walkTo selects a card that was walked to, beside those that are kept. A kept
// card that the walk comes by becomes the last one again, and stays kept.
func (s *Session) walkTo(id CardID) {
	n := s.keptCards()
	ids := s.Selection.First(n)
	for i, was := range ids {
		if was == id {
			ids = append(ids[:i], ids[i+1:]...)
			break
		}
	}
	s.pick(append(ids, id)...)
	s.kept, s.keptAt = n, s.Selection.rev
}
