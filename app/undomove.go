package app

import (
	"context"
	"errors"
	"fmt"

	"corkboard/board"
	"corkboard/doc"
)

// ErrHalfMove says that a move cannot be done again because the other board
// has changed since it was undone.
var ErrHalfMove = errors.New("the other half of the move cannot be done again")

// half is one of the two boards of a move.
type half struct {
	id   doc.ID
	live *doc.Live[*board.Board]
	here bool // the document is on this device
	next bool // its next step is that of the move
}

// openHalf opens a board of a move; the caller closes it.
func (a *App) openHalf(ctx context.Context, id doc.ID, m move, redo bool) *half {
	h := &half{id: id, live: a.openBoard(id)}
	_, err := loaded(ctx, h.live)
	h.here = err == nil
	done, undone, canUndo, canRedo := h.live.Steps()
	if redo {
		done, canUndo = undone, canRedo
	}
	h.next = h.here && canUndo && done.Of() == m.gesture()
	return h
}

func (h *half) take(redo bool) doc.Receipt {
	if redo {
		return h.live.Redo()
	}
	return h.live.Undo()
}

// stepMove undoes a move or does it again, on both boards: first where cards
// come back, then where they go, so that none is ever nowhere. A half that is
// buried under later steps is made good by hand.
func (a *App) stepMove(ctx context.Context, m move, redo bool) error {
	from, to := a.openHalf(ctx, m.from, m, redo), a.openHalf(ctx, m.to, m, redo)
	defer from.live.Close()
	defer to.live.Close()
	gains, loses := from, to
	if redo {
		gains, loses = to, from
	}
	switch {
	case gains.next:
	case redo:
		return fmt.Errorf("doing a move again: %w", ErrHalfMove)
	default:
		if err := a.bringBack(ctx, m, from, to); err != nil {
			return fmt.Errorf("taking a move back: %w", err)
		}
	}
	if gains.next {
		if err := a.ordered(ctx, gains.take(redo)); err != nil {
			return err
		}
	}
	switch {
	case loses.next:
		return loses.take(redo).Applied(ctx)
	case redo, !loses.here:
		return nil // the cards are on both boards: better than on none
	}
	return a.takeAway(ctx, m, to)
}

// bringBack pins cards that a move has taken off a board there once more: at a
// free place, since the board has changed and the old places are not known.
func (a *App) bringBack(ctx context.Context, m move, from, to *half) error {
	if !from.here {
		return ErrAbsent
	}
	pins := pinsOf(to.live.Snapshot().Value, m.arrived(to.live.Snapshot().Value))
	if len(pins) == 0 {
		return nil
	}
	by := freePlace(from.live.Snapshot().Value).Sub(cornerOf(pins))
	pins = a.regrouped(pins)
	for i := range pins {
		pins[i].ID = a.NewCardID()
		pins[i].At = pins[i].At.Add(by)
	}
	return a.ordered(ctx, from.live.Do(silent{board.AddCards{Cards: pins}}))
}

// takeAway removes what a move has put on a board.
func (a *App) takeAway(ctx context.Context, m move, to *half) error {
	err := to.live.Do(silent{board.RemoveCards{IDs: m.arrived(to.live.Snapshot().Value)}}).Applied(ctx)
	if errors.Is(err, doc.ErrGone) || errors.Is(err, board.ErrLocked) {
		return nil // somebody was faster, or wants to keep them
	}
	return err
}

// silent is a command without an undo step of its own.
type silent struct{ doc.Command[*board.Board] }

// Plan implements doc.Command.
func (s silent) Plan(b *board.Board) (doc.Plan, error) {
	p, err := s.Command.Plan(b)
	p.Silent = true
	return p, err
}
