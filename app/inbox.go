package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// inbox is the board that takes what comes from outside; the first time it makes it, and it
// sees to it that the board can be found from Home. It blocks. Errors: those of docstore.
func (a *App) inbox(ctx context.Context) (doc.ID, error) {
	id, err := a.inboxDocument(ctx)
	if err != nil {
		return "", fmt.Errorf("making the Inbox: %w", err)
	}
	if err := a.showInbox(ctx, id); err != nil {
		return "", fmt.Errorf("pinning the Inbox: %w", err)
	}
	return id, nil
}

func (a *App) inboxDocument(ctx context.Context) (doc.ID, error) {
	here, err := a.store.Exists(a.workspace.ID())
	if err != nil {
		return "", err
	}
	if here {
		w, err := loaded(ctx, a.workspace)
		if err != nil {
			return "", err
		}
		if id := a.store.Moved(w.Inbox); id != "" && a.mayWrite(id) {
			return id, nil
		}
	}
	id, made := a.NewDocument(cards.KindBoard, board.Create(cards.InboxTitle, ""))
	if err := a.saved(ctx, made); err != nil {
		return "", err
	}
	return id, a.arrange(ctx, cards.SetInbox{ID: id})
}

// showInbox pins the Inbox on Home, unless it lies on some board.
func (a *App) showInbox(ctx context.Context, id doc.ID) error {
	home, err := a.readBoard(ctx, a.home)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(home.Cards, func(c *board.Card) bool { return a.store.Moved(c.Link.Document) == id }) {
		return nil
	}
	if places, err := a.WhereIs(ctx, id); err != nil || len(places) > 0 {
		return nil // the search does without an index, too: then nobody knows
	}
	return a.pinQuietly(ctx, a.home, board.Pin{ID: a.NewCardID(), Link: share.Link{Document: id, Kind: cards.KindBoard}, At: freePlace(home)})
}

// Columns of the Inbox, in board units.
const (
	inboxColumns = 5
	inboxWidth   = 15 * board.Grid
	inboxGap     = board.Grid
	inboxGuess   = 18 * board.Grid // how high a page is, until it is drawn
	inboxHigh    = 30 * board.Grid // at most
)

// inboxPlace is below the shortest of some columns, the first of several.
func inboxPlace(b *board.Board) board.Point {
	bottom := make([]float64, inboxColumns)
	for i := range bottom {
		bottom[i] = arriveAt
	}
	for _, c := range b.Cards {
		info, _ := cards.Lookup(c.Link.Kind)
		w, h := c.Size.W, c.Size.H
		if w == 0 {
			w = info.Size.W
		}
		if h == 0 {
			h = max(info.Size.H, inboxGuess)
		}
		for i := range bottom {
			left := arriveAt + float64(i)*(inboxWidth+inboxGap)
			if c.At.X < left+inboxWidth && left < c.At.X+w {
				bottom[i] = max(bottom[i], c.At.Y+h+inboxGap)
			}
		}
	}
	shortest := slices.Index(bottom, slices.Min(bottom))
	return board.Point{X: arriveAt + float64(shortest)*(inboxWidth+inboxGap), Y: bottom[shortest]}.Snap(board.Grid)
}

// pinQuietly pins a card under its own id; again does nothing. It is no undo step: nobody at
// this window has done it.
func (a *App) pinQuietly(ctx context.Context, boardID doc.ID, pin board.Pin) error {
	pins, err := a.settled(ctx, boardID, []board.Pin{pin})
	if err != nil {
		return err
	}
	err = a.saved(ctx, a.do(boardID, quietly{board.AddCards{Cards: pins}}))
	if errors.Is(err, doc.ErrNothing) {
		return nil
	}
	return err
}

// quietly is a command that is no undo step.
type quietly struct{ doc.Command[*board.Board] }

// Plan implements doc.Command.
func (q quietly) Plan(b *board.Board) (doc.Plan, error) {
	p, err := q.Command.Plan(b)
	p.Silent = true
	return p, err
}
