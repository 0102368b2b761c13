package board

import "slices"

// Selection is a set of cards in the order in which they were selected. It
// may name cards that are not on the board yet.
type Selection struct {
	ids []CardID
	set map[CardID]struct{}
	rev uint64
}

// Len is the number of selected cards.
func (s *Selection) Len() int { return len(s.ids) }

// Has reports whether a card is selected.
func (s *Selection) Has(id CardID) bool {
	_, ok := s.set[id]
	return ok
}

// exactly reports whether these cards are selected and no others.
func (s *Selection) exactly(ids []CardID) bool {
	return len(ids) == len(s.ids) && !slices.ContainsFunc(ids, func(id CardID) bool { return !s.Has(id) })
}

// IDs is a copy of the selected ids, in the order of selection.
func (s *Selection) IDs() []CardID { return slices.Clone(s.ids) }

// First is a copy of the ids that were selected first, at most n.
func (s *Selection) First(n int) []CardID { return slices.Clone(s.ids[:min(n, len(s.ids))]) }

// Last is the card that was selected last, or "".
func (s *Selection) Last() CardID {
	if len(s.ids) == 0 {
		return ""
	}
	return s.ids[len(s.ids)-1]
}

func (s *Selection) add(id CardID) {
	if id == "" || s.Has(id) {
		return
	}
	if s.set == nil {
		s.set = map[CardID]struct{}{}
	}
	s.set[id] = struct{}{}
	s.ids = append(s.ids, id)
	s.rev++
}

func (s *Selection) remove(id CardID) {
	if s.Has(id) {
		delete(s.set, id)
		s.ids = slices.DeleteFunc(s.ids, func(x CardID) bool { return x == id })
		s.rev++
	}
}

func (s *Selection) only(ids ...CardID) {
	if slices.Equal(s.ids, ids) {
		return
	}
	if len(ids) > 2*cap(s.ids) {
		s.ids, s.set = make([]CardID, 0, len(ids)), make(map[CardID]struct{}, len(ids))
	}
	s.ids = s.ids[:0]
	clear(s.set)
	s.rev++
	for _, id := range ids {
		s.add(id)
	}
}

// drop removes the cards of which gone is true.
func (s *Selection) drop(gone func(CardID) bool) {
	if len(s.ids) == 0 {
		return
	}
	before := len(s.ids)
	s.ids = slices.DeleteFunc(s.ids, func(id CardID) bool {
		if !gone(id) {
			return false
		}
		delete(s.set, id)
		return true
	})
	if len(s.ids) != before {
		s.rev++
	}
}
