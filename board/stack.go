package board

import "slices"

// rankGap is the distance between neighbours after a renumbering: room for
// many cards to be put between two others.
const rankGap = 1 << 20

// stack keeps all entries from the bottom of the board to its top. The ranks
// grow along it, so that a few entries are sorted without comparing keys.
type stack struct{ order []*entry }

func byStack(a, b *entry) int { return below(a.card, b.card) }

// add puts an entry where its card's order key says.
func (s *stack) add(e *entry) {
	i, _ := slices.BinarySearchFunc(s.order, e, byStack)
	s.order = slices.Insert(s.order, i, e)
	s.rank(i)
}

// addAll adds many entries at the cost of one sort.
func (s *stack) addAll(entries []*entry) {
	if len(entries) < 8 {
		for _, e := range entries {
			s.add(e)
		}
		return
	}
	s.order = append(s.order, entries...)
	slices.SortFunc(s.order, byStack)
	s.renumber()
}

// remove takes an entry out; its card is still the one it was added with.
func (s *stack) remove(e *entry) {
	if i, ok := slices.BinarySearchFunc(s.order, e, byStack); ok {
		s.order = slices.Delete(s.order, i, i+1)
	}
}

// removeAll takes many entries out in one walk.
func (s *stack) removeAll(entries []*entry) {
	if len(entries) < 8 {
		for _, e := range entries {
			s.remove(e)
		}
		return
	}
	for _, e := range entries {
		e.rank = 0 // no entry of the stack has it
	}
	s.order = slices.DeleteFunc(s.order, func(e *entry) bool { return e.rank == 0 })
}

// rank numbers the entry at i between its neighbours.
func (s *stack) rank(i int) {
	var lo uint64
	if i > 0 {
		lo = s.order[i-1].rank
	}
	if i == len(s.order)-1 {
		s.order[i].rank = lo + rankGap
		return
	}
	hi := s.order[i+1].rank
	if hi-lo < 2 {
		s.renumber()
		return
	}
	s.order[i].rank = lo + (hi-lo)/2
}

func (s *stack) renumber() {
	for i, e := range s.order {
		e.rank = uint64(i+1) * rankGap
	}
}
