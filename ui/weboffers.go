package ui

import (
	"corkboard/cards"
	"corkboard/ui/lang"
)

// webOffers is what the palette lists while a web address stands in its entry: to put
// its page on the board.
type webOffers struct {
	p       *palette
	address string
	tall    float32
}

func (o *webOffers) hint() string    { return "" }
func (o *webOffers) height() float32 { return o.tall }
func (o *webOffers) count() int      { return 2 }
func (o *webOffers) ask(string)      {}
func (o *webOffers) close()          {}

func (o *webOffers) fill(r *rowView, i int) {
	words := lang.T("Put this page on the board")
	if i == 1 {
		words = lang.T("Open it in the browser")
	}
	r.title.words = marked{before: words}
	r.detail.words = marked{before: cards.HostOf(o.address)}
}

func (o *webOffers) perform(i int) bool {
	w := o.p.w
	w.closeModal()
	if i == 1 {
		w.env.OpenURL(o.address)
		return false
	}
	w.addPages(w.middle(), []string{o.address})
	return false
}

func (o *webOffers) words() string {
	return lang.T("It is fetched once, by this device, and kept offline.   Esc closes")
}
