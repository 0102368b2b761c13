package ui

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/app"
	"corkboard/board"
	"corkboard/docstore/past"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// pastFrame is how wide the frame around the past is.
const pastFrame = 4

// pastView is a look at the past of a board: a board of its own, drawn from documents as
// they were, with a bar below it. The present is closed meanwhile and untouched.
type pastView struct {
	w        *Window
	past     *app.Past
	board    *renderers.BoardView
	painters *renderers.Painters
	frame    *canvas.Rectangle
	bar      *pastBar
	at       int // the moment that is shown
	busy     bool
}

// openHistory shows the past of the board that is shown, or returns from it.
func (w *Window) openHistory() {
	if w.past != nil {
		w.leavePast()
		return
	}
	if w.board == nil {
		return
	}
	id := w.board.Live.ID()
	done := w.notices.progress(lang.T("Reading the history…"))
	w.work(func(ctx context.Context) error {
		p, err := w.app.OpenPast(ctx, id)
		w.frames.Add(func() {
			done("")
			switch {
			case err != nil:
			case w.past != nil || w.board == nil || w.board.Live.ID() != id:
				go p.Close() // the person has gone elsewhere
			default:
				w.showPast(p)
			}
		})
		return err
	})
}

// showPast puts a past in the place of the present; it closes it when it is left.
func (w *Window) showPast(p *app.Past) {
	w.closeModal()
	w.shrinks.endOffer()
	camera := w.board.Session.Camera
	w.leave()
	w.inView = nil // what is seen of the past counts for nothing
	env := *w.env
	env.Docs, env.ReadOnly, env.Room, env.Unseen = p.Docs(), true, nil, nil
	h := &pastView{w: w, past: p, painters: renderers.NewPainters(), at: len(p.Moments) - 1}
	h.board = renderers.NewBoardView(&env, w, h.painters, p.Board)
	h.frame = canvas.NewRectangle(color.Transparent)
	h.frame.StrokeWidth = pastFrame
	h.bar = newPastBar(h)
	w.past, w.board = h, h.board
	w.applySettings(h.board)
	h.board.OnKey, h.board.OnShortcut = w.boardKey, w.boardShortcut
	h.board.Session.Camera = camera
	w.body.Objects = []fyne.CanvasObject{h.board, h.frame}
	w.pastRow.Objects = []fyne.CanvasObject{h.bar.object}
	w.pastRow.Show()
	h.colors()
	w.frame.Refresh()
	w.corner.attach()
	w.win.Canvas().Focus(h.board)
	h.board.Sync()
}

// leavePast returns to the present.
func (w *Window) leavePast() {
	if w.past == nil {
		return
	}
	s := w.past.board.Session
	camera, chosen := s.Camera, s.Selection.First(maxChosen)
	w.show()
	w.board.Session.Camera, w.chosen = camera, chosen
	w.board.Sync()
}

// endPast gives back what a look at the past has held; its board is closed already.
func (w *Window) endPast() {
	h := w.past
	if h == nil {
		return
	}
	w.past = nil
	w.pastRow.Objects = nil
	w.pastRow.Hide()
	w.frame.Refresh()
	go func() { // both wait for what has been begun
		h.painters.Close()
		h.past.Close()
	}()
}

// elsewhen is why nothing can be made where the past is shown; nil in the present.
func (w *Window) elsewhen() error {
	if w.past != nil {
		return past.ErrPast
	}
	return nil
}

// takes reports whether the window may carry out what a hand on the past asks for.
func (h *pastView) takes(e board.Effect) bool {
	switch e := e.(type) {
	case board.Menu:
		h.menu(e)
		return false
	case board.Back, board.Forward, board.Find, board.Everywhere, board.Commands, board.Help, board.History, board.Toggle:
		return true
	case board.CarryBack, board.HoverOpen:
		return false
	}
	h.w.tell(past.ErrPast)
	return false
}

// menu offers what can be done with the past.
func (h *pastView) menu(e board.Menu) {
	w := h.w
	if e.Card != "" && !h.board.Session.Selection.Has(e.Card) {
		h.board.Session.Select(e.Card)
		h.board.Sync()
	}
	chosen := h.board.Session.Selection.Len()
	m := fyne.NewMenu("",
		when(chosen > 0 && !h.newest(), fyne.NewMenuItem(restoreWords(chosen), h.restoreCards)),
		when(!h.newest(), fyne.NewMenuItem(lang.T("Restore this board"), h.restoreBoard)),
		fyne.NewMenuItemSeparator(),
		w.viewItem(h.board),
		w.rowItem(h.board, "find", lang.T("Find…")),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.T("Back to the present"), w.leavePast),
	)
	w.popUp(m, h.board, e.At)
}

// key takes the keys that move through time.
func (h *pastView) key(e *fyne.KeyEvent) bool {
	s := h.board.Session
	single := heldMods().Has(board.Shift)
	switch e.Name {
	case fyne.KeyLeft:
		h.step(-1, single)
	case fyne.KeyRight:
		h.step(1, single)
	case fyne.KeyHome:
		h.goTo(0)
	case fyne.KeyEnd:
		h.goTo(len(h.past.Moments) - 1)
	case fyne.KeyEscape:
		if s.Dragging() || s.Selection.Len() > 0 {
			return false
		}
		h.w.leavePast()
	default:
		return false
	}
	return true
}

// newest reports whether what is shown is the present.
func (h *pastView) newest() bool { return h.at == len(h.past.Moments)-1 }

// stretch is the one that a moment is in.
func (h *pastView) stretch(at int) int {
	low, high := 0, len(h.past.Stretches)-1
	for low < high {
		if mid := (low + high) / 2; h.past.Stretches[mid].To < at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// step goes on by a stretch, or by a single change.
func (h *pastView) step(by int, single bool) {
	if single {
		h.goTo(h.at + by)
		return
	}
	n := h.stretch(h.at)
	if by > 0 && h.at == h.past.Stretches[n].To || by < 0 {
		n += by
	}
	if n < 0 {
		h.goTo(0)
		return
	}
	h.goTo(h.past.Stretches[min(n, len(h.past.Stretches)-1)].To)
}

// goTo shows a moment; what is outside is the nearest there is.
func (h *pastView) goTo(at int) {
	at = max(0, min(at, len(h.past.Moments)-1))
	if at == h.at {
		return
	}
	h.at = at
	h.past.Go(at)
	h.bar.follow()
}

// follow is called at the end of every frame of the board.
func (h *pastView) follow() { h.bar.followSelection() }

// colors follows the theme.
func (h *pastView) colors() {
	h.frame.StrokeColor = h.w.env.Palette().Warning
	canvas.Refresh(h.frame)
	h.bar.colors()
}

func (h *pastView) restoreBoard() {
	at := h.at
	h.restore(lang.Tf("The board is as it was %s.", h.when(at)), func(ctx context.Context) (app.Restored, error) { return h.past.RestoreBoard(ctx, at) })
}

func (h *pastView) restoreCards() {
	at, ids := h.at, h.board.Session.Selection.IDs()
	if len(ids) == 0 {
		return
	}
	words := lang.N(len(ids), "The card is as it was %s.", "%d cards are as they were %s.", h.when(at))
	h.restore(words, func(ctx context.Context) (app.Restored, error) { return h.past.RestoreCards(ctx, at, ids) })
}

// restore runs beside the UI goroutine; then the present is shown.
func (h *pastView) restore(words string, f func(context.Context) (app.Restored, error)) {
	if h.busy || h.newest() {
		return
	}
	w := h.w
	if why := w.refusal(); why != nil {
		w.tell(why)
		return
	}
	h.busy = true
	h.bar.follow()
	w.work(func(ctx context.Context) error {
		done, err := f(ctx)
		nothing := app.NothingLeft(err)
		w.frames.Add(func() {
			h.busy = false
			if w.past == h {
				h.bar.follow()
			}
			if err != nil && !nothing {
				return
			}
			if w.past == h {
				w.leavePast()
			}
			if nothing {
				words = lang.T("Nothing was different.")
			}
			if done.Missed > 0 {
				words += " " + lang.N(done.Missed, "What one card said could not be read.", "What %d cards said could not be read.")
			}
			w.notices.status(words + w.undoHint(!nothing))
		})
		if nothing {
			return nil
		}
		return err
	})
}

// undoHint says how something is taken back.
func (w *Window) undoHint(say bool) string {
	if key := firstChord(w.keys, "undo"); say && key != "" {
		return " " + lang.Tf("%s takes that back.", key)
	}
	return ""
}
