package app

import (
	"context"
	"errors"

	"corkboard/access"
	"corkboard/board"
	"corkboard/doc"
	"corkboard/search"
	"corkboard/share"
)

// PutBack pins a document that was taken off its last board: where it lay, or, if that
// board is not here or may not be written, on Home. It tells where. It blocks. Errors:
// those of docstore.
func (a *App) PutBack(ctx context.Context, t search.Taken) (on doc.ID, card board.CardID, err error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	pin := board.Pin{
		Link: share.Link{Document: t.ID, Kind: t.Item.Kind}, At: board.Point{X: t.Area.X, Y: t.Area.Y},
		Size: board.Size{W: t.Area.W, H: t.Area.H},
	}
	on = t.Board
	if on == "" || !a.mayWrite(on) {
		on = a.home
		if pin.At, err = a.FreePlace(ctx, on); err != nil {
			return "", "", err
		}
	}
	ids, err := a.pin(ctx, on, "", pin)
	if err != nil {
		return "", "", err
	}
	return on, ids[0], nil
}

// mayWrite reports whether a board is here and this person may change it.
func (a *App) mayWrite(id doc.ID) bool {
	if !a.Exists(id) {
		return false
	}
	c, err := a.circle(id)
	return errors.Is(err, ErrNotShared) || err == nil && c.State.Role(a.store.Person()) >= access.Write
}
