package ui

import (
	"strings"

	"corkboard/cards"
	"corkboard/share"
	"corkboard/ui/lang"
)

// linkOffers is what the palette lists while a link stands in its entry: to open it.
type linkOffers struct {
	p    *palette
	link string
	tall float32
}

func (o *linkOffers) hint() string    { return "" }
func (o *linkOffers) height() float32 { return o.tall }
func (o *linkOffers) count() int      { return 1 }
func (o *linkOffers) ask(string)      {}
func (o *linkOffers) close()          {}

func (o *linkOffers) fill(r *rowView, _ int) {
	l, err := share.Parse(o.link)
	words := lang.T("Open this link")
	switch {
	case err != nil:
		words = lang.T("Open this link, which is not whole")
	case l.Kind == share.KindStorage:
		words = lang.T("Use the storage peer that this link leads to")
	case l.Kind == share.KindPerson:
		words = lang.T("Show the person whom this link names")
	case l.Kind == share.KindDevice:
		words = lang.T("Become another device of the person whose link this is")
	case l.Invites() && !o.p.w.knows(l):
		words = lang.T("Join the board that this link invites to")
	}
	r.title.words = marked{before: words}
}

func (o *linkOffers) perform(int) bool {
	o.p.w.closeModal()
	o.p.w.openLink(o.link)
	return false
}

func (o *linkOffers) words() string { return lang.T("Enter opens it   Esc closes") }

// offer lists what belongs to what is typed: the usual, a link or a web address.
func (p *palette) offer(query string) {
	if query = strings.TrimSpace(query); share.Is(query) {
		p.usual.ask("")
		p.offers = &linkOffers{p: p, link: query, tall: p.usual.height()}
		return
	}
	if address, ok := cards.WebAddress(query); ok {
		p.usual.ask("")
		p.offers = &webOffers{p: p, address: address, tall: p.usual.height()}
		return
	}
	p.offers = p.usual
	p.offers.ask(query)
}
