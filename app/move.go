package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corkboard/board"
	"corkboard/doc"
)

// ErrIntoItself says that a board cannot be put on itself.
var ErrIntoItself = errors.New("a board cannot be moved into itself")

// move is one gesture that takes cards from a board to another. Both boards
// keep its name as the gesture of their step, so that undo, also after a
// restart, finds the other half.
type move struct {
	name     string // letters and digits
	from, to doc.ID
}

const movePrefix = "move "

func (m move) gesture() string {
	return movePrefix + m.name + " " + string(m.from) + " " + string(m.to)
}

// moveOf reads what gesture writes.
func moveOf(gesture string) (move, bool) {
	rest, ok := strings.CutPrefix(gesture, movePrefix)
	part := strings.Split(rest, " ")
	if !ok || len(part) != 3 || part[0] == "" {
		return move{}, false
	}
	from, errFrom := doc.ParseID(part[1])
	to, errTo := doc.ParseID(part[2])
	return move{part[0], from, to}, errFrom == nil && errTo == nil
}

// card is the id of a card that the move has put on its target.
func (m move) card(i int) board.CardID {
	return board.CardID(m.name + "-" + strconv.Itoa(i))
}

// arrived is the cards of the target that the move has put there.
func (m move) arrived(b *board.Board) []board.CardID {
	var ids []board.CardID
	for _, c := range b.Cards {
		if strings.HasPrefix(string(c.ID), m.name+"-") {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// MoveInto moves cards to a free place of another board, laid out as they
// were; see MoveTo. It blocks.
func (a *App) MoveInto(from doc.ID, ids []board.CardID, into doc.ID) error {
	_, err := a.moveTo(from, ids, into, board.Slot{}, func(target *board.Board, _, pins []board.Pin) board.Point {
		return freePlace(target).Sub(cornerOf(pins))
	})
	return err
}

// MoveTo moves cards to another board, laid out as they were, the left top
// corner of them all at a place in board units, and gives their ids there.
// Undo on either board takes all of it back. They are added there before they
// are removed here: whatever happens, they are on one of the two. Locked cards
// stay. On the same board it is a move like others. Errors: ErrIntoItself,
// board.ErrLocked, doc.ErrGone, ErrAbsent, docstore.ErrNotSaved. It blocks.
func (a *App) MoveTo(from doc.ID, ids []board.CardID, to doc.ID, at board.Point) ([]board.CardID, error) {
	return a.MoveToColumn(from, ids, to, at, board.Slot{})
}

// MoveToColumn is MoveTo into a place in a column, if there is one.
func (a *App) MoveToColumn(from doc.ID, ids []board.CardID, to doc.ID, at board.Point, into board.Slot) ([]board.CardID, error) {
	if from == to {
		return ids, a.moveHere(from, ids, at, into)
	}
	return a.moveTo(from, ids, to, into, func(_ *board.Board, all, _ []board.Pin) board.Point { return at.Sub(cornerOf(all)) })
}

// moveTo moves cards by a way that is found out for the target, all cards that
// are meant, and those that can be put there.
func (a *App) moveTo(from doc.ID, ids []board.CardID, to doc.ID, into board.Slot, way func(target *board.Board, all, pins []board.Pin) board.Point) ([]board.CardID, error) {
	ctx, cancel := a.briefly()
	defer cancel()
	if from == to {
		return nil, ErrIntoItself
	}
	b, err := a.readBoard(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("reading the board: %w", err)
	}
	target, err := a.readBoard(ctx, to)
	if err != nil {
		return nil, fmt.Errorf("reading the other board: %w", err)
	}
	all, err := movable(b, ids)
	if err != nil {
		return nil, err
	}
	pins := slices.DeleteFunc(slices.Clone(all), func(p board.Pin) bool { return p.Link.Document == to })
	if len(pins) == 0 {
		return nil, ErrIntoItself
	}
	like := alike{intoColumn(pins, into), linesOf(b, pins)}
	return a.carryOver(ctx, move{string(a.NewCardID()), from, to}, like, way(target, all, pins))
}

// movable is the cards of ids that are not locked, as pins.
func movable(b *board.Board, ids []board.CardID) ([]board.Pin, error) {
	pins := pinsOf(b, ids)
	if len(pins) == 0 {
		return nil, fmt.Errorf("moving cards: %w", doc.ErrGone)
	}
	pins = slices.DeleteFunc(pins, func(p board.Pin) bool { return b.Card(p.ID).Locked })
	if len(pins) == 0 {
		return nil, fmt.Errorf("moving cards: %w", board.ErrLocked)
	}
	return pins, nil
}

// carryOver adds there, waits until that is on disk, and removes here.
func (a *App) carryOver(ctx context.Context, m move, like alike, by board.Point) ([]board.CardID, error) {
	pins, err := a.settled(ctx, m.to, like.pins)
	if err != nil {
		return nil, err
	}
	leaving := make([]board.CardID, len(pins))
	arriving := make([]board.CardID, len(pins))
	pins = a.regrouped(pins)
	ids := map[board.CardID]board.CardID{}
	for i := range pins {
		leaving[i], arriving[i] = pins[i].ID, m.card(i)
		ids[leaving[i]] = arriving[i]
		pins[i].At = pins[i].At.Add(by)
	}
	pins = board.Alike(pins, ids)
	lines := board.ConnectAlike(like.lines, ids, a.newLineID)
	label := "Move card"
	if len(pins) > 1 {
		label = fmt.Sprintf("Move %d cards", len(pins))
	}
	half := func(c doc.Command[*board.Board]) doc.Command[*board.Board] {
		return joined{Command: c, gesture: m.gesture(), label: label}
	}
	if err := a.saved(ctx, a.do(m.to, half(board.AddCards{Cards: pins, Connectors: lines}))); err != nil {
		return nil, fmt.Errorf("pinning to the other board: %w", err)
	}
	if err := a.do(m.from, half(board.RemoveCards{IDs: leaving})).Applied(ctx); err != nil {
		return nil, fmt.Errorf("taking off the board: %w", err)
	}
	return arriving, nil
}

// moveHere moves cards so that the corner of them all is at a place.
func (a *App) moveHere(on doc.ID, ids []board.CardID, at board.Point, into board.Slot) error {
	ctx, cancel := a.briefly()
	defer cancel()
	b, err := a.readBoard(ctx, on)
	if err != nil {
		return fmt.Errorf("reading the board: %w", err)
	}
	pins, err := movable(b, ids)
	if err != nil {
		return err
	}
	err = a.do(on, hereAgain(b, ids, pins, at.Sub(cornerOf(pins)), into)).Applied(ctx)
	if NothingLeft(err) {
		return nil // dropped where they were
	}
	return err
}

// hereAgain is the command for cards that were carried away and come back to their own board.
func hereAgain(b *board.Board, ids []board.CardID, pins []board.Pin, by board.Point, into board.Slot) doc.Command[*board.Board] {
	if into != (board.Slot{}) {
		return board.FillColumn{IDs: ids, Slot: into}
	}
	here := map[board.CardID]bool{}
	for _, p := range pins {
		here[p.ID] = true
	}
	var c board.TakeOut
	for _, p := range pins {
		if b.Column(b.Card(p.ID)) != nil && !here[p.In] {
			c.Places = append(c.Places, board.Placement{ID: p.ID, At: p.At.Add(by)})
		} else {
			c.By.IDs = append(c.By.IDs, p.ID)
		}
	}
	c.By.By = by
	if len(c.Places) == 0 {
		return board.MoveCards{IDs: ids, By: by}
	}
	return c
}
