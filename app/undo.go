package app

import (
	"context"
	"fmt"

	"corkboard/doc"
)

// maxDropped bounds how many steps in a row may turn out to change nothing.
const maxDropped = 100

// Undo takes back the newest step on a board and in the documents pinned to
// it, and tells what it was ("Move card"). A move between two boards is taken
// back on both, whichever is asked. NothingLeft(err) when there is none;
// ErrHalfMove. It blocks.
func (a *App) Undo(boardID doc.ID) (label string, err error) { return a.step(boardID, false) }

// Redo does the newest undone step again; otherwise as Undo.
func (a *App) Redo(boardID doc.ID) (label string, err error) { return a.step(boardID, true) }

func (a *App) step(boardID doc.ID, redo bool) (string, error) {
	ctx, cancel := a.briefly()
	defer cancel()
	open, ids, err := a.openPinned(ctx, boardID)
	defer func() {
		for _, h := range open {
			h.Close()
		}
	}()
	if err != nil {
		return "", err
	}
	// A step that would change nothing any more is dropped by its document;
	// the next one is older and may be in another document.
	for range maxDropped {
		id, ok := a.store.NewestStep(ids, redo)
		if !ok {
			return "", doc.ErrNothing
		}
		h := open[id]
		done, undone, _, _ := h.Steps()
		next, take := done, h.Undo
		if redo {
			next, take = undone, h.Redo
		}
		if m, ok := moveOf(next.Of()); ok {
			err = a.stepMove(ctx, m, redo)
		} else if r, ok := restoreOf(next.Of()); ok {
			err = a.stepRestore(ctx, r, redo)
		} else {
			err = take().Applied(ctx)
		}
		if !NothingLeft(err) {
			return next.Label, err
		}
	}
	return "", doc.ErrNothing
}

// pinned is a view for who needs a document open and nothing of what it says.
var pinned = doc.View{
	Name:   "pinned",
	Decode: func(doc.Source) any { return nil },
	Update: func(any, []doc.Path, doc.Source) any { return nil },
}

// openPinned opens a board and all that is pinned to it: undo remembers only
// the steps of open documents. The caller closes them, also after an error.
func (a *App) openPinned(ctx context.Context, boardID doc.ID) (map[doc.ID]doc.Handle, []doc.ID, error) {
	open := map[doc.ID]doc.Handle{boardID: a.store.Open(boardID, pinned)}
	ids := []doc.ID{boardID}
	b, err := a.readBoard(ctx, boardID)
	if err != nil {
		return open, nil, fmt.Errorf("reading the board: %w", err)
	}
	for _, c := range b.Cards {
		if id := c.Link.Document; c.LinkErr == nil && open[id] == nil {
			open[id] = a.store.Open(id, pinned)
			ids = append(ids, id)
		}
	}
	for _, h := range open {
		// A document that is not here has no steps.
		if _, err := loaded(ctx, h); err != nil && ctx.Err() != nil {
			return open, nil, err
		}
	}
	return open, ids, nil
}
