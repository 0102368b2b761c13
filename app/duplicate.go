package app

import (
	"context"
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
	return a.DuplicateAs(boardID, board.Duplicate{IDs: ids, By: by})
}

// DuplicateAs is Duplicate as a hand wants it.
func (a *App) DuplicateAs(boardID doc.ID, e board.Duplicate) ([]board.CardID, error) {
	ctx, cancel := a.briefly()
	defer cancel()
	b, err := a.readBoard(ctx, boardID)
	if err != nil {
		return nil, fmt.Errorf("reading the board: %w", err)
	}
	pins := pinsOf(b, e.IDs)
	if len(pins) == 0 {
		return nil, fmt.Errorf("duplicating cards: %w", doc.ErrGone)
	}
	for _, place := range e.Places {
		if i := slices.IndexFunc(pins, func(p board.Pin) bool { return p.ID == place.ID }); i >= 0 {
			pins[i].At = place.At.Sub(e.By)
		}
	}
	return a.pinLike(ctx, boardID, alike{pins, linesOf(b, pins)}, e.By, e.Into, PasteDuplicate)
}

// duplicate makes a new document with the content of another, to lie on a board.
func (a *App) duplicate(ctx context.Context, boardID doc.ID, l share.Link) (share.Link, error) {
	root, err := a.readWhole(ctx, l.Document)
	if err != nil {
		return share.Link{}, fmt.Errorf("duplicating a document: %w", err)
	}
	// One key seals one document's file: two documents with the same would tell who
	// keeps both that they hold the same.
	root = cards.WithoutSecrets(root)
	edits := make([]doc.Edit, 0, len(root))
	for _, slot := range slices.Sorted(maps.Keys(root)) {
		edits = append(edits, doc.Put{Path: doc.At(slot), Value: root[slot]})
	}
	return a.put(ctx, boardID, l.Kind, edits)
}
