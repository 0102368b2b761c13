package ledger

import (
	"fmt"
	"maps"
	"slices"

	"corkboard/doc"
)

// Ledger is all that the editors of one profile have said.
type Ledger struct {
	pages map[doc.ID]*page
	Acked int // facts but those that only announce
}

// page is what was said of one document.
type page struct {
	signs   map[mark]byte
	moves   map[string]int // acknowledged steps of each card
	changes int            // acknowledged edits
}

// mark names a token of a document.
type mark struct{ what, token string }

// sight is what a document really holds. moves counts steps of each card.
type sight struct {
	marks   map[mark]bool
	moves   map[string]int
	changes int // in its history
}

// New is an empty ledger.
func New() *Ledger { return &Ledger{pages: map[doc.ID]*page{}} }

// Note takes over what an editor said.
func (l *Ledger) Note(f Fact) {
	p := l.pages[f.Doc]
	if p == nil {
		p = &page{signs: map[mark]byte{}, moves: map[string]int{}}
		l.pages[f.Doc] = p
	}
	if f.Sign != Maybe {
		l.Acked++
		p.changes++
	}
	if f.What == IsMove {
		p.moves[f.Token]++
		return
	}
	p.signs[mark{f.What, f.Token}] = f.Sign
}

// lost lists what was acknowledged and is not so. A nil sight is a document
// that cannot be read.
func (l *Ledger) lost(id doc.ID, s *sight) (out []string) {
	p := l.pages[id]
	if s == nil {
		for range p.changes {
			out = append(out, fmt.Sprintf("%s: an edit of a document that cannot be read", id))
		}
		return out
	}
	for m, sign := range p.signs {
		if sign == There && !s.marks[m] {
			out = append(out, fmt.Sprintf("%s: %s %s is not there", id, m.what, m.token))
		}
		if sign == Gone && s.marks[m] {
			out = append(out, fmt.Sprintf("%s: %s %s came back", id, m.what, m.token))
		}
	}
	for card, n := range p.moves {
		for i := s.moves[card]; i < n; i++ {
			out = append(out, fmt.Sprintf("%s: a move of card %s", id, card))
		}
	}
	for i := s.changes + len(out); i < p.changes; i++ {
		out = append(out, fmt.Sprintf("%s: a change of its history", id))
	}
	slices.Sort(out)
	return out
}

// Documents lists those of which something was said.
func (l *Ledger) Documents() []doc.ID { return slices.Sorted(maps.Keys(l.pages)) }

// holds is the type of token that a document is about.
func (p *page) holds(what string) bool {
	for m := range p.signs {
		if m.what == what {
			return true
		}
	}
	return what == IsCard && len(p.moves) > 0
}
