package ui

import (
	"context"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/search"
	"corkboard/ui/lang"
)

// placeOffers lists the boards on which a document is; to choose one flies to the card.
type placeOffers struct {
	p     *palette
	what  place
	list  *indexed[search.Place]
	shown []placeRow
}

type placeRow struct {
	search.Place
	title marked
	here  bool // it is the shown board
}

// showPlaces lists where else a document is.
func (w *Window) showPlaces(what place) {
	w.openPalette(func(p *palette) offers { return newPlaceOffers(p, what) }, false, "")
}

func newPlaceOffers(p *palette, what place) offers {
	o := &placeOffers{p: p, what: what}
	o.list = followIndex(p.w, func(ctx context.Context) ([]search.Place, error) {
		return p.w.app.WhereIs(ctx, what.id)
	}, func(first bool) {
		o.ask(p.entry.Text)
		p.listed(first)
	})
	return o
}

func (o *placeOffers) hint() string    { return lang.T("The boards that this is on") }
func (o *placeOffers) height() float32 { return foundHeight }
func (o *placeOffers) count() int      { return len(o.shown) }
func (o *placeOffers) close()          { o.list.close() }

func (o *placeOffers) ask(query string) {
	var on doc.ID
	if o.p.w.board != nil {
		on = o.p.w.board.Live.ID()
	}
	o.shown = o.shown[:0]
	for _, at := range o.list.all {
		if m, ok := markTyped(pick(at.Title == "", lang.T("Untitled board"), at.Title), query); ok {
			o.shown = append(o.shown, placeRow{at, m, at.Board == on})
		}
	}
}

func (o *placeOffers) fill(v *rowView, i int) {
	r := &o.shown[i]
	v.setIcon(o.p.w.iconOf(cards.KindBoard))
	v.title.words = r.title
	switch {
	case r.here:
		v.detail.words = marked{before: lang.T("The shown board")}
	case r.Loose:
		v.detail.words = marked{before: lang.T("No way leads to it from Home")}
	}
}

// perform flies to the card.
func (o *placeOffers) perform(i int) (again bool) {
	at := o.shown[i].Place
	o.p.w.closeModal()
	o.p.w.goTo(volume{place: place{id: o.what.id}, on: at.Board, card: at.Card})
	return false
}

func (o *placeOffers) words() string {
	switch {
	case o.list.failed != nil:
		return sentence(o.list.failed)
	case !o.list.whole:
		return lang.T("Looking…")
	case len(o.list.all) == 1:
		return lang.T("It is on this board alone.")
	case len(o.shown) == 0:
		return lang.T("No board with these words has it.")
	}
	return lang.N(len(o.list.all), "On 1 board. Enter goes there.", "On %d boards. Enter goes there.")
}
