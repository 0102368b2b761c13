package ui

import (
	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers/paint"
	"corkboard/search"
)

// goToPlace shows a document: a card on its board, anything else itself.
func (w *Window) goToPlace(p place, at search.Place) {
	w.goTo(volume{place: p, on: at.Board, card: at.Card})
}

// goTo shows what was found: a board itself, a card on its board.
func (w *Window) goTo(v volume) {
	if v.kind == cards.KindBoard || v.on == "" || v.card == "" {
		w.Open(v.id, v.kind)
		return
	}
	if w.board == nil || w.board.Live.ID() != v.on {
		w.Open(v.on, cards.KindBoard)
		w.flew = true // that was the step
	}
	w.flyTo(v.card)
}

// flyTo selects a card of the shown board and brings it to the middle, as soon
// as it is there.
func (w *Window) flyTo(id board.CardID) {
	v := w.board
	if v == nil {
		return
	}
	r, ok := v.Layout.Rect(id)
	if !ok {
		w.awaited = id
		return
	}
	w.awaited = ""
	if !w.flew { // one step back for all the hits of a search
		w.flew = true
		w.keepSight()
		w.trail.step()
		w.bar.steps()
	}
	v.Session.Select(id)
	c := v.Session.Camera
	size := v.Session.Viewport
	zoom := board.Fit(r, size, 1).Zoom // all of the card
	if c.Zoom > zoom || c.Zoom < readable {
		c.Zoom = min(max(zoom, 0), 1)
	}
	w.glide(centred(c, r.Center(), size))
}

// readable is the zoom below which a card that was found is brought closer.
const readable = 0.5

// arrived goes to a card that was not there when it was asked for.
func (w *Window) arrived() {
	if id := w.awaited; id != "" && w.board != nil {
		if _, ok := w.board.Layout.Rect(id); ok {
			w.flyTo(id)
		}
	}
}

// iconOf is the icon of a kind of which nothing else is known.
func (w *Window) iconOf(kind string) paint.Icon {
	switch kind {
	case cards.KindImage:
		return paint.IconImage
	case cards.KindPDF:
		return paint.IconPDF
	}
	return w.env.Registry.Face(kind).Summary(nil).Icon
}
