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

// ErrKind says that nobody can make an empty document of that kind.
var ErrKind = errors.New("not a kind of document that can be made empty")

// NewDocument makes a document; nil edits make an empty one of the kind (else
// ErrKind). It returns at once.
func (a *App) NewDocument(kind string, edits []doc.Edit) (doc.ID, doc.Receipt) {
	return a.newDocument(a.NewID(), kind, edits)
}

// newDocumentOn is NewDocument for one that will lie on a board: whoever shares the
// board shares it.
func (a *App) newDocumentOn(boardID doc.ID, kind string, edits []doc.Edit) (doc.ID, doc.Receipt) {
	id := doc.ID("")
	c, err := a.store.CollectionOf(boardID)
	if err == nil {
		id, err = a.store.NewIDIn(c)
	}
	if err != nil {
		return "", failed{fmt.Errorf("making a document: %w", err)}
	}
	return a.newDocument(id, kind, edits)
}

func (a *App) newDocument(id doc.ID, kind string, edits []doc.Edit) (doc.ID, doc.Receipt) {
	if edits == nil {
		var ok bool
		if edits, ok = cards.Empty(kind); kind == cards.KindBoard {
			edits = board.Create("", "")
		} else if !ok {
			return "", failed{fmt.Errorf("making a document of kind %q: %w", kind, ErrKind)}
		}
	}
	return id, a.store.Create(id, edits)
}

// NewCard makes an empty document of a kind and pins it, the document before
// the card. It returns at once; the card may still be on its way.
func (a *App) NewCard(boardID doc.ID, kind string, at board.Point) (board.CardID, share.Link, doc.Receipt) {
	return a.NewCardAs(boardID, board.NewCard{Kind: kind, At: at})
}

// NewCardAs is NewCard as a hand wants it.
func (a *App) NewCardAs(boardID doc.ID, e board.NewCard) (board.CardID, share.Link, doc.Receipt) {
	id, created := a.newDocumentOn(boardID, e.Kind, nil)
	pin := board.Pin{ID: a.NewCardID(), Link: share.Link{Document: id, Kind: e.Kind}, At: e.At, Size: e.Size, Into: e.Into}
	r := a.after(
		func() doc.Receipt { return created },
		func() doc.Receipt { return a.do(boardID, board.AddCards{Cards: []board.Pin{pin}, Takes: e.Takes}) },
	)
	return pin.ID, pin.Link, r
}

// NewInk makes a card of a stroke, as NewCard does.
func (a *App) NewInk(boardID doc.ID, e board.NewInk) (board.CardID, doc.Receipt) {
	k := cards.Ink{W: e.Size.W, H: e.Size.H, Colour: e.Pen.Colour, Pen: e.Pen.Width}
	for _, p := range e.Points {
		k.Points = append(k.Points, cards.InkPoint{X: p.X, Y: p.Y})
	}
	id, created := a.newDocumentOn(boardID, cards.KindInk, cards.NewInk(k))
	pin := board.Pin{ID: a.NewCardID(), Link: share.Link{Document: id, Kind: cards.KindInk}, At: e.At, Size: e.Size, On: e.On}
	return pin.ID, a.after(
		func() doc.Receipt { return created },
		func() doc.Receipt { return a.do(boardID, board.AddCards{Cards: []board.Pin{pin}}) },
	)
}

// do queues a command on a board.
func (a *App) do(boardID doc.ID, c doc.Command[*board.Board]) doc.Receipt {
	live := a.openBoard(boardID)
	defer live.Close()
	return live.Do(c)
}

// put makes a document that will lie on a board; whatever is queued next is saved
// after it. On a shared board others can fetch its file.
func (a *App) put(ctx context.Context, boardID doc.ID, kind string, edits []doc.Edit) (share.Link, error) {
	edits, err := a.withFile(boardID, edits)
	if err != nil {
		return share.Link{}, err
	}
	defer a.files.poke() // before others ask for it
	id, created := a.newDocumentOn(boardID, kind, edits)
	if err := a.ordered(ctx, created); err != nil {
		return share.Link{}, fmt.Errorf("making a document: %w", err)
	}
	return share.Link{Document: id, Kind: kind}, nil
}

// withFile is the first edits of a document that will lie on a board, with what lets
// others fetch its file where there are others.
func (a *App) withFile(boardID doc.ID, edits []doc.Edit) ([]doc.Edit, error) {
	_, shared, err := a.collectionOf(boardID)
	if err != nil {
		return nil, fmt.Errorf("making a document: %w", err)
	}
	if !shared && !a.several() {
		return edits, nil
	}
	t := doc.NewTree(nil)
	if _, err := t.Apply(edits); err != nil {
		return nil, fmt.Errorf("making a document: %w", err)
	}
	more, err := a.fetchable(t.Root())
	return slices.Concat(edits, more), err
}

// pin pins cards under new ids. Pins of one gesture are one undo step.
func (a *App) pin(ctx context.Context, boardID doc.ID, gesture string, pins ...board.Pin) ([]board.CardID, error) {
	return a.pinAlike(ctx, boardID, gesture, alike{pins: pins})
}

// pinAlike is pin for cards that were somewhere together; their ids are those they had
// there, or "".
func (a *App) pinAlike(ctx context.Context, boardID doc.ID, gesture string, like alike) ([]board.CardID, error) {
	if len(like.pins) == 0 {
		return nil, nil
	}
	pins, err := a.settled(ctx, boardID, like.pins)
	if err != nil {
		return nil, err
	}
	ids, to := make([]board.CardID, len(pins)), map[board.CardID]board.CardID{}
	for i := range pins {
		ids[i] = a.NewCardID()
		if pins[i].ID == "" {
			pins[i].ID = ids[i]
		}
		to[pins[i].ID] = ids[i]
	}
	add := board.AddCards{Cards: board.Alike(pins, to), Connectors: board.ConnectAlike(like.lines, to, a.newLineID)}
	if err := a.do(boardID, joined{Command: add, gesture: gesture}).Applied(ctx); err != nil {
		return nil, fmt.Errorf("pinning to the board: %w", err)
	}
	return ids, nil
}

func (a *App) newLineID() string { return string(a.NewCardID()) }

// joined is a command that belongs to a gesture.
type joined struct {
	doc.Command[*board.Board]
	gesture string
	label   string // "" leaves the command's
}

// Plan implements doc.Command.
func (j joined) Plan(b *board.Board) (doc.Plan, error) {
	p, err := j.Command.Plan(b)
	p.Gesture = j.gesture
	if j.label != "" {
		p.Label = j.label
	}
	return p, err
}

// snapped puts a place on the grid if this device wants that.
func (a *App) snapped(at board.Point) board.Point {
	if a.Device().Snap {
		return at.Snap(board.Grid)
	}
	return at
}
