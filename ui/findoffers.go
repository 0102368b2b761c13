package ui

import (
	"context"
	"strings"

	"corkboard/board"
	"corkboard/ui/lang"
)

// findOffers lists the documents on the shown board that hold what is typed. Reading
// and looking happen on goroutines of their own.
type findOffers struct {
	p      *palette
	shelf  *shelf
	stop   func() // ends reading
	cancel func() // ends looking
	query  string
	found  found
	went   board.CardID // the hit that was gone to
}

// newFindOffers searches the shown board.
func newFindOffers(p *palette) offers {
	o := &findOffers{p: p, shelf: newShelf(p.w.env), cancel: func() {}}
	v := p.w.board
	cards := append([]*board.Card{}, v.Layout.Reading()...)
	on := v.Live.ID()
	o.read(func(ctx context.Context) { o.shelf.readBoard(ctx, on, cards) })
	return o
}

func (o *findOffers) read(f func(ctx context.Context)) {
	ctx, stop := context.WithCancel(context.Background())
	o.stop = stop
	go f(ctx)
}

func (o *findOffers) hint() string { return lang.T("Find on this board") }

// ask begins another search and gives up the one before.
func (o *findOffers) ask(query string) {
	o.cancel()
	o.query, o.found, o.went = strings.TrimSpace(query), found{}, ""
	o.p.w.sought = query
	ctx, cancel := context.WithCancel(context.Background())
	o.cancel = cancel
	if o.query == "" {
		return
	}
	go seek(ctx, o.shelf, query, func(f found) {
		o.p.w.frames.Add(func() {
			if ctx.Err() == nil {
				first := len(o.found.hits) == 0
				o.found = f
				o.p.listed(first)
			}
		})
	})
}

func (o *findOffers) count() int      { return len(o.found.hits) }
func (o *findOffers) height() float32 { return foundHeight }

func (o *findOffers) close() {
	o.cancel()
	o.stop()
}

func (o *findOffers) fill(r *rowView, i int) {
	h := o.found.hits[i]
	r.setIcon(h.icon)
	r.title.words, r.detail.words = h.inTitle, h.inText
	if h.inText.hit == "" {
		r.detail.words = marked{before: head(h.text)}
	}
}

// perform goes to a hit; the same again goes on to the next one on the board.
func (o *findOffers) perform(i int) (again bool) {
	h := o.found.hits[i]
	w := o.p.w
	if h.card == o.went {
		o.p.list.walk(1)
		h = o.found.hits[o.p.list.chosen]
	}
	o.went = h.card
	w.flyTo(h.card)
	return true
}

// words says what was found, and honestly what was not looked at.
func (o *findOffers) words() string {
	if o.query == "" {
		return lang.T("Titles and texts of the cards here. Enter goes to a card.")
	}
	return foundWords(o.found, o.shelf)
}

// foundWords is the line below the list.
func foundWords(f found, s *shelf) string {
	words := ""
	switch {
	case f.all == 0 && !f.whole:
		return lang.T("Looking…")
	case f.all == 0:
		words = lang.T("Nothing found.")
	case f.all > len(f.hits):
		words = lang.Tf("The first %d of %d.", len(f.hits), f.all)
	default:
		words = lang.N(f.all, "1 found.", "%d found.")
	}
	unread, cut := s.state()
	switch {
	case !f.whole:
		words += " " + lang.T("Still looking…")
	case cut:
		words += " " + lang.T("There is more than a search can read.")
	case unread > 0:
		words += " " + lang.Tf("%d could not be read.", unread)
	}
	return words
}
