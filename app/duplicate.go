package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// Duplicate pins doubles of cards, each moved by the same way. The doubles are
// new documents with the same content, also the parts that this version does
// not know. The double of a board is a new board that shows the same cards:
// what is on it is not copied. Errors: doc.ErrGone when none of the cards is
// there, ErrAbsent when a document is not here. It blocks.
func (a *App) Duplicate(boardID doc.ID, ids []board.CardID, by board.Point) ([]board.CardID, error) {
	ctx, cancel := a.briefly()
	defer cancel()
	b, err := a.readBoard(ctx, boardID)
	if err != nil {
		return nil, fmt.Errorf("reading the board: %w", err)
	}
	pins := pinsOf(b, ids)
	if len(pins) == 0 {
		return nil, fmt.Errorf("duplicating cards: %w", doc.ErrGone)
	}
	return a.pinLike(ctx, boardID, pins, by, PasteDuplicate)
}

// duplicate makes a new document with the content of another.
func (a *App) duplicate(ctx context.Context, l share.Link) (share.Link, error) {
	root, err := a.readWhole(ctx, l.Document)
	if err != nil {
		return share.Link{}, fmt.Errorf("duplicating a document: %w", err)
	}
	edits := make([]doc.Edit, 0, len(root))
	for _, slot := range slices.Sorted(maps.Keys(root)) {
		edits = append(edits, doc.Put{Path: doc.At(slot), Value: root[slot]})
	}
	return a.put(ctx, l.Kind, edits)
}

// ErrIntoItself says that a board cannot be put on itself.
var ErrIntoItself = errors.New("a board cannot be moved into itself")

// Where moved cards arrive, in board units: there on an empty board, else below
// everything, as far away as that.
const (
	arriveAt  = 4 * board.Grid
	arriveGap = 2 * board.Grid
)

// MoveInto moves cards to another board, laid out as they were, below what is
// there. They are added there before they are removed here: whatever happens,
// they are on one of the two. Errors: ErrIntoItself, doc.ErrGone, ErrAbsent,
// docstore.ErrNotSaved. It blocks.
func (a *App) MoveInto(from doc.ID, ids []board.CardID, into doc.ID) error {
	ctx, cancel := a.briefly()
	defer cancel()
	if from == into {
		return ErrIntoItself
	}
	b, err := a.readBoard(ctx, from)
	if err != nil {
		return fmt.Errorf("reading the board: %w", err)
	}
	target, err := a.readBoard(ctx, into)
	if err != nil {
		return fmt.Errorf("reading the other board: %w", err)
	}
	pins := pinsOf(b, ids)
	if len(pins) == 0 {
		return fmt.Errorf("moving cards: %w", doc.ErrGone)
	}
	pins = slices.DeleteFunc(pins, func(p board.Pin) bool { return p.Link.Document == into })
	if len(pins) == 0 {
		return ErrIntoItself
	}
	moved := make([]board.CardID, len(pins))
	by := freePlace(target).Sub(cornerOf(pins))
	for i := range pins {
		moved[i] = pins[i].ID
		pins[i].ID = a.NewCardID()
		pins[i].At = pins[i].At.Add(by)
	}
	if err := a.saved(ctx, a.do(into, board.AddCards{Cards: pins})); err != nil {
		return fmt.Errorf("pinning to the other board: %w", err)
	}
	if err := a.do(from, board.RemoveCards{IDs: moved}).Applied(ctx); err != nil {
		return fmt.Errorf("taking off the board: %w", err)
	}
	return nil
}

// freePlace is where new cards lie on no other: to the right of everything.
// Widths are known; the height of a text is not before it is drawn.
func freePlace(b *board.Board) board.Point {
	if b == nil || len(b.Cards) == 0 {
		return board.Point{X: arriveAt, Y: arriveAt}
	}
	var all board.Rect
	for i, c := range b.Cards {
		size := c.Size
		info, _ := cards.Lookup(c.Link.Kind)
		if size.W == 0 {
			size.W = info.Size.W
		}
		if size.H == 0 {
			size.H = info.Size.H
		}
		r := board.RectAt(c.At, size)
		if i == 0 {
			all = r
		}
		all = all.Union(r)
	}
	return board.Point{X: all.Max().X + arriveGap, Y: all.Y}.Snap(board.Grid)
}
