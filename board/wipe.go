package board

import (
	"maps"
	"slices"
)

// What counts as taking a board apart: so many cards, and such a part of all, within
// such a time.
const (
	wipeCards = 20
	wipePart  = 5 // more than one in five
	wipeTime  = 60_000
)

// Turn is what one change did to the cards of a board.
type Turn struct {
	At        int64    // ms since 1970 UTC
	Who       string   // who made it
	Anew      bool     // it put another container of cards in the place of the one there was
	Put, Gone []string // slots of cards that it filled and emptied
}

// Wipe is that one person took more than 20 cards and more than a fifth of all off a
// board within a minute.
type Wipe struct {
	Who   string
	First int      // the turn with which it began; what was before it is the restore point
	Last  int      // the last turn of it
	Cards []string // that it took away
}

// Wipes finds where a board was taken apart; turns are in the order in which they are
// shown. It goes on for as long as the same person takes more away within a minute.
// What others do meanwhile neither counts nor ends it.
func Wipes(turns []Turn) []Wipe {
	var out []Wipe
	here := map[string]bool{}
	recent := map[string][]taken{} // by person, not older than a minute
	open := map[string]int{}       // by person, in out
	for i, t := range turns {
		before := len(here)
		gone := t.applyTo(here)
		if len(gone) == 0 {
			continue
		}
		list := recent[t.Who]
		if n := len(list); n > 0 && t.At-list[n-1].at > wipeTime {
			delete(open, t.Who)
		}
		for len(list) > 0 && t.At-list[0].at > wipeTime {
			list = list[1:]
		}
		list = append(list, taken{i, t.At, before, gone})
		recent[t.Who] = list
		if n, ok := open[t.Who]; ok {
			out[n].Last, out[n].Cards = i, append(out[n].Cards, gone...)
			continue
		}
		var all []string
		for _, x := range list {
			all = append(all, x.gone...)
		}
		if len(all) > wipeCards && len(all)*wipePart > list[0].before {
			open[t.Who] = len(out)
			out = append(out, Wipe{Who: t.Who, First: list[0].turn, Last: i, Cards: all})
		}
	}
	return out
}

// taken is one turn that took cards away.
type taken struct {
	turn   int
	at     int64
	before int // cards on the board before it
	gone   []string
}

// applyTo does to the cards that are here what the turn did, and tells which are gone.
func (t Turn) applyTo(here map[string]bool) (gone []string) {
	was := t.Gone
	if t.Anew {
		was = slices.Sorted(maps.Keys(here))
	}
	put := make(map[string]bool, len(t.Put))
	for _, id := range t.Put {
		put[id] = true
	}
	for _, id := range was {
		if here[id] && !put[id] {
			delete(here, id)
			gone = append(gone, id)
		}
	}
	for id := range put {
		here[id] = true
	}
	return gone
}

// Shrinking watches how many cards an open board has, and says when so many have gone
// within a minute that it is worth looking who took them away.
type Shrinking struct {
	seen []size // with falling numbers; the first was so within the last minute
}

type size struct {
	at    int64
	cards int
}

// Now notes how many cards there are at a time in ms, and reports whether more than 20
// and more than a fifth have gone. It does so once.
func (s *Shrinking) Now(at int64, cards int) bool {
	for len(s.seen) > 1 && at-s.seen[1].at > wipeTime { // so many there were until the next
		s.seen = s.seen[1:]
	}
	for n := len(s.seen); n > 0 && s.seen[n-1].cards <= cards; n-- {
		s.seen = s.seen[:n-1]
	}
	s.seen = append(s.seen, size{at, cards})
	most := s.seen[0].cards
	if gone := most - cards; gone <= wipeCards || gone*wipePart <= most {
		return false
	}
	s.seen = append(s.seen[:0], size{at, cards})
	return true
}
