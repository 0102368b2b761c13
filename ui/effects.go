package ui

import (
	"context"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/docstore/replica"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// Effect implements renderers.BoardHost: what a hand on the board asks of the
// window.
func (w *Window) Effect(v *renderers.BoardView, e board.Effect) {
	if w.past != nil && w.past.board == v && !w.past.takes(e) {
		return
	}
	switch e := e.(type) {
	case board.OpenCard:
		w.openCard(v, e.ID)
	case board.NewCard:
		w.newAs(v, e)
	case board.NewInk:
		w.newInk(v, e)
	case board.Menu:
		w.menu(v, e)
	case board.Comments:
		w.showComments(v, e.Card, cards.Place{})
	case board.Undo:
		w.undo(w.app.Undo, lang.T("Undone"), lang.T("Nothing to undo on this board."))
	case board.Redo:
		w.undo(w.app.Redo, lang.T("Redone"), lang.T("Nothing to redo on this board."))
	case board.Back:
		w.Back()
	case board.Forward:
		w.Forward()
	case board.Copy, board.Cut, board.Paste, board.Duplicate:
		w.clip(v, e)
	case board.DropInto, board.DropElsewhere, board.DropCarried, board.HoverOpen, board.CarryBack:
		w.drop(v, e)
	default:
		w.call(e)
	}
}

// call opens what a key asks for.
func (w *Window) call(e board.Effect) {
	switch e := e.(type) {
	case board.Find:
		w.openPalette(newFindOffers, true, w.sought)
	case board.Everywhere:
		w.openPalette(newOmniOffers, false, w.sought)
	case board.Todos:
		w.openPalette(newTodoOffers, false, "")
	case board.Changed:
		w.openPalette(newUnseenOffers, false, "")
	case board.Trash:
		w.openPalette(newTrashOffers, false, "")
	case board.Commands:
		w.openPalette(newCommandOffers, false, "")
	case board.Share:
		w.showShare()
	case board.History:
		w.openHistory()
	case board.People:
		w.showPeople()
	case board.Help:
		w.showConventions()
	case board.Toggle:
		w.toggle(e.What)
	case board.ToBar:
		w.toBar()
	}
}

// clip works with the clipboard, and with doubles.
func (w *Window) clip(v *renderers.BoardView, e board.Effect) {
	switch e := e.(type) {
	case board.Copy:
		w.copy(v, e.IDs)
	case board.Cut:
		w.cutOut(v, e.IDs)
	case board.Paste:
		w.paste(v, e)
	case board.Duplicate:
		id := v.Live.ID()
		w.selectLater(v, func(context.Context) ([]board.CardID, error) { return w.app.DuplicateAs(id, e) })
	}
}

// drop takes cards to other boards.
func (w *Window) drop(v *renderers.BoardView, e board.Effect) {
	switch e := e.(type) {
	case board.DropInto:
		w.dropInto(v, e)
	case board.DropElsewhere:
		w.dropElsewhere(v, e)
	case board.DropCarried:
		w.dropCarried(v, e)
	case board.HoverOpen:
		w.hoverOpen(v, e)
	case board.CarryBack:
		w.carryBack(e.From)
	}
}

func (w *Window) openCard(v *renderers.BoardView, id board.CardID) {
	c := v.Live.Snapshot().Value.Card(id)
	if c == nil {
		return
	}
	if c.LinkErr != nil {
		w.tell(c.LinkErr)
		return
	}
	w.Open(c.Link.Document, c.Link.Kind)
}

func (w *Window) newCard(v *renderers.BoardView, kind string, at board.Point) {
	w.newAs(v, board.NewCard{Kind: kind, At: at})
}

// newAs makes a card as a hand wants it.
func (w *Window) newAs(v *renderers.BoardView, e board.NewCard) {
	if !w.mayAdd() {
		return
	}
	id, link, _ := w.app.NewCardAs(v.Live.ID(), e)
	if face := w.env.Registry.Face(link.Kind); face.Info.EditsInPlace || face.Named {
		v.Edit(id)
		return
	}
	v.Session.Select(id)
	v.Sync()
}

// newInk puts a stroke on the board.
func (w *Window) newInk(v *renderers.BoardView, e board.NewInk) {
	if !w.mayAdd() {
		v.Session.DropInk()
		v.Sync()
		return
	}
	w.app.NewInk(v.Live.ID(), e)
}

// mayAdd reports whether cards can be added to the board that is shown; if not, it says
// why.
func (w *Window) mayAdd() bool {
	why := w.elsewhen()
	if why == nil {
		why = w.refusal()
	}
	if why == nil && w.reads() {
		why = replica.ErrNotAllowed
	}
	if why != nil {
		w.tell(why)
	}
	return why == nil
}

// newBoard makes a board in the middle of the one that is shown.
func (w *Window) newBoard() {
	if w.board != nil {
		w.focusBody()
		w.newCard(w.board, cards.KindBoard, w.middle())
		return
	}
	id := w.boardID()
	w.work(func(ctx context.Context) error {
		at, err := w.app.FreePlace(ctx, id)
		if err != nil {
			return err
		}
		w.frames.Add(func() {
			w.app.NewCard(id, cards.KindBoard, at)
			w.notices.say(lang.Tf("A new board is on “%s”.", short(w.titleOf(id), 40)))
		})
		return nil
	})
}

// undo runs on a goroutine: it may have to open documents. It says what was
// undone, which may lie out of view or in a nested board.
func (w *Window) undo(f func(id docID) (string, error), did, nothing string) {
	id := w.boardID()
	w.work(func(context.Context) error {
		label, err := f(id)
		switch {
		case app.NothingLeft(err):
			w.frames.Add(func() { w.notices.say(nothing) })
			return nil
		case err == nil && label != "":
			w.frames.Add(func() { w.notices.status(did + ": " + lang.Below(label)) })
		}
		return err
	})
}

// selectLater selects cards that work has made.
func (w *Window) selectLater(v *renderers.BoardView, f func(context.Context) ([]board.CardID, error)) {
	w.work(func(ctx context.Context) error {
		ids, err := f(ctx)
		if len(ids) > 0 {
			w.frames.Add(func() {
				if w.board == v {
					v.Session.Select(ids...)
					v.Sync()
				}
			})
		}
		return err
	})
}
