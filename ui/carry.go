package ui

import (
	"context"
	"slices"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// hoverOpen opens the board on which a drag lingers; the drag goes on there.
// The toolkit goes on telling the old view, which hands on what it is told.
func (w *Window) hoverOpen(v *renderers.BoardView, e board.HoverOpen) {
	c := v.Live.Snapshot().Value.Card(e.Board)
	if c == nil || c.LinkErr != nil || c.Link.Kind != cards.KindBoard || !w.app.Exists(c.Link.Document) {
		return
	}
	carried, ok := v.Session.Release()
	if !ok {
		return
	}
	if carried.From == "" {
		carried.From = v.Live.ID()
	}
	w.Open(c.Link.Document, cards.KindBoard)
	v.HandOn(w.board)
	w.board.Session.Carry(carried, e.At, w.board.Layout)
	w.board.On(board.PointerMove{At: e.At, Millis: w.env.Now().UnixMilli()})
	w.board.Sync()
}

// carryBack gives a carried drag up: the window goes back to the board that it
// came from.
func (w *Window) carryBack(from doc.ID) {
	w.board.On(board.Cancel{})
	for range maxTrail {
		if w.trail.here().id == from || !w.trail.back() {
			break
		}
	}
	w.show()
}

// dropCarried moves cards from another board to the one that is shown.
func (w *Window) dropCarried(v *renderers.BoardView, e board.DropCarried) {
	if len(e.Places) == 0 {
		return
	}
	ids, corner := make([]board.CardID, len(e.Places)), e.Places[0].At
	for i, p := range e.Places {
		ids[i] = p.ID
		corner.X, corner.Y = min(corner.X, p.At.X), min(corner.Y, p.At.Y)
	}
	to := v.Live.ID()
	w.selectLater(v, func(context.Context) ([]board.CardID, error) {
		return w.app.MoveToColumn(e.From, ids, to, corner, e.Into)
	})
}

// dropElsewhere moves cards to the board whose name they were dropped on.
func (w *Window) dropElsewhere(v *renderers.BoardView, e board.DropElsewhere) {
	c := w.bar.crumbAt(v, e.At)
	w.bar.light(nil)
	if c == nil {
		return
	}
	from := e.From
	if from == "" {
		from = v.Live.ID()
	}
	if from == c.place.id { // carried from there: they stay where they were
		return
	}
	into, ids := c.place.id, slices.Clone(e.Cards)
	w.work(func(context.Context) error {
		if err := w.app.MoveInto(from, ids, into); err != nil {
			return err
		}
		w.frames.Add(func() {
			w.notices.status(lang.N(len(ids), "Moved 1 card to “%s”.", "Moved %d cards to “%s”.", short(w.titleOf(into), 40)))
		})
		return nil
	})
}

// dropInto moves cards into the board of a card.
func (w *Window) dropInto(v *renderers.BoardView, e board.DropInto) {
	c := v.Live.Snapshot().Value.Card(e.Board)
	if c == nil || c.LinkErr != nil {
		return
	}
	from, into := e.From, c.Link.Document
	if from == "" {
		from = v.Live.ID()
	}
	w.work(func(context.Context) error { return w.app.MoveInto(from, e.Cards, into) })
}

// countWords is a number of cards in words.
func countWords(n int) string {
	return lang.N(n, "1 card", "%d cards")
}
