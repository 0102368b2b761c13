package board

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
	Put, Gone []string // slots of cards that it filled and emptied
}

// Wipe is that one person took more than 20 cards and more than a fifth of all off a
// board within a minute.
type Wipe struct {
	Who   string
	First int // the turn with which it began; what was before it is the restore point
	Last  int // the last turn of it
	Cards int // that it took away
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
		before, gone := len(here), 0
		for _, id := range t.Gone {
			if here[id] {
				delete(here, id)
				gone++
			}
		}
		for _, id := range t.Put {
			here[id] = true
		}
		if gone == 0 {
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
			out[n].Last, out[n].Cards = i, out[n].Cards+gone
			continue
		}
		all := 0
		for _, x := range list {
			all += x.gone
		}
		if all > wipeCards && all*wipePart > list[0].before {
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
	gone   int
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
