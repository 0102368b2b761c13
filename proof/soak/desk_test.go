//go:build linux

package soak

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/presence"
	"corkboard/search"
)

const (
	longest   = 600 // runes of a text that somebody writes
	fewCards  = 3   // of each sort that somebody keeps
	perText   = 150 // edits of one's own text; then it goes, and there is another
	fileBytes = 30_000
)

// desk is what one person does on a board: the amount of cards and words stays, what is
// removed is made again. One text is theirs alone, and they know what it must say.
type desk struct {
	random *rand.Rand
	edits  int // that are on this device's disk

	app   *app.App
	board *doc.Live[*board.Board]
	own   *doc.Live[cards.Text]
	card  board.CardID
	text  doc.ID
	must  []rune // what own says
	turns int    // edits of own
	cards []board.CardID
	files []board.CardID
}

// sit begins to work on a board.
func (d *desk) sit(ctx context.Context, a *app.App, id doc.ID) error {
	d.app, d.board = a, doc.Open(a.Docs(), id, cards.KindBoard, board.Codec{})
	if _, err := doc.Await(ctx, d.board, ready); err != nil {
		return err
	}
	if d.text == "" {
		return d.another(ctx)
	}
	d.own = doc.Open(a.Docs(), d.text, cards.KindText, cards.TextCodec{})
	_, err := doc.Await(ctx, d.own, ready)
	return err
}

func ready[T any](s doc.Snapshot[T]) bool { return s.State == doc.Ready }

// leave puts the documents away.
func (d *desk) leave() error {
	d.app.Presence(d.board.ID()).Show(presence.State{})
	d.own.Close()
	d.board.Close()
	return nil
}

// says compares the text of one's own with what it must say, on any device.
func (d *desk) says(ctx context.Context, a *app.App) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	live := doc.Open(a.Docs(), d.text, cards.KindText, cards.TextCodec{})
	defer live.Close()
	s, err := doc.Await(ctx, live, ready)
	if err == nil && s.Value.Text != string(d.must) {
		err = fmt.Errorf("a text says %q and must say %q", s.Value.Text, string(d.must))
	}
	return err
}

// another begins a new text of one's own in the place of the one there is.
func (d *desk) another(ctx context.Context) error {
	if d.own != nil {
		d.own.Close()
		if err := d.saved(ctx, d.board.Do(board.RemoveCards{IDs: []board.CardID{d.card}})); err != nil {
			return err
		}
	}
	card, link, made := d.app.NewCardAs(d.board.ID(), board.NewCard{Kind: cards.KindText, At: d.place(), Size: board.Size{W: 180, H: 120}})
	if err := made.Wait(ctx); err != nil {
		return err
	}
	d.edits++
	d.card, d.text, d.must, d.turns = card, link.Document, nil, 0
	d.own = doc.Open(d.app.Docs(), d.text, cards.KindText, cards.TextCodec{})
	_, err := doc.Await(ctx, d.own, ready)
	return err
}

func (d *desk) place() board.Point {
	return board.Point{X: 900 + float64(d.random.IntN(600)), Y: 500 + float64(d.random.IntN(300))}
}

// saved waits until an edit is on disk. What makes no sense any more, because of what
// others did, is no fault.
func (d *desk) saved(ctx context.Context, r doc.Receipt) error {
	err := r.Wait(ctx)
	if errors.Is(err, doc.ErrGone) || errors.Is(err, doc.ErrNothing) {
		return nil
	}
	if err == nil {
		d.edits++
	}
	return err
}

// step is one thing that a person does.
func (d *desk) step(ctx context.Context) error {
	switch n := d.random.IntN(20); {
	case n < 9:
		return d.write(ctx)
	case n < 13:
		return d.writeTogether(ctx)
	case n < 16:
		return d.move(ctx)
	case n == 16:
		return d.makeCard(ctx)
	case n == 17:
		return d.bring(ctx)
	case n == 18:
		return d.look(ctx)
	}
	return d.undo()
}

// browse is one thing that somebody does who changes nothing.
func (d *desk) browse(ctx context.Context) error {
	d.app.Presence(d.board.ID()).Show(presence.State{Board: d.board.ID(), Points: true, Pointer: presence.Point{X: d.random.Float64() * 1000}})
	return d.look(ctx)
}

// words is a word or two, a few letters of each.
func (d *desk) words() string {
	b := make([]byte, 3+d.random.IntN(9))
	for i := range b {
		b[i] = byte('a' + d.random.IntN(26))
	}
	return string(b) + " "
}

// write changes the text of one's own.
func (d *desk) write(ctx context.Context) error {
	if d.turns++; d.turns > perText {
		return d.another(ctx)
	}
	e := doc.Splice{Path: doc.At("text"), From: d.random.IntN(len(d.must) + 1), Insert: d.words()}
	e.Delete = max(0, min(len(d.must)-e.From, len(d.must)-longest))
	must := slices.Concat(d.must[:e.From], []rune(e.Insert), d.must[e.From+e.Delete:])
	if err := d.own.Do(edit{e}).Wait(ctx); err != nil {
		return fmt.Errorf("writing in %s, which must say %q and says %q: %w", d.text, string(d.must), d.own.Snapshot().Value.Text, err)
	}
	d.must = must
	d.edits++
	return nil
}

// edit is one change of a text.
type edit struct{ splice doc.Splice }

// Plan implements doc.Command.
func (e edit) Plan(cards.Text) (doc.Plan, error) {
	return doc.Plan{Label: "write", Edits: []doc.Edit{e.splice}}, nil
}

// common is the size of cards that all write on; nobody else writes on those of one.
var common = board.Size{W: 200, H: 160}

// writeTogether changes a text in which others write at the same time.
func (d *desk) writeTogether(ctx context.Context) error {
	b := d.board.Snapshot().Value
	i := slices.IndexFunc(b.Cards, func(c *board.Card) bool { return c.Link.Kind == cards.KindText && c.Size == common })
	if i < 0 {
		return nil
	}
	live := doc.Open(d.app.Docs(), b.Cards[i].Link.Document, cards.KindText, cards.TextCodec{})
	defer live.Close()
	if !opens(ctx, live) {
		return nil // it has not come yet
	}
	return d.saved(ctx, live.Do(together{d.words()}))
}

// together writes at the end, and takes from the beginning what is too much.
type together struct{ words string }

// Plan implements doc.Command.
func (t together) Plan(now cards.Text) (doc.Plan, error) {
	n := len([]rune(now.Text))
	edits := []doc.Edit{doc.Splice{Path: doc.At("text"), From: n, Insert: t.words}}
	if n > longest {
		edits = append(edits, doc.Splice{Path: doc.At("text"), Delete: n - longest})
	}
	return doc.Plan{Label: "write", Edits: edits}, nil
}

// move drags a card, one step forth or back.
func (d *desk) move(ctx context.Context) error {
	list := d.board.Snapshot().Value.Cards
	if len(list) == 0 {
		return nil
	}
	id := list[d.random.IntN(len(list))].ID
	by := board.Point{X: board.Grid * float64(d.random.IntN(3)-1), Y: board.Grid * float64(d.random.IntN(3)-1)}
	d.app.Presence(d.board.ID()).Show(presence.State{Board: d.board.ID(), Points: true, Pointer: presence.Point(by)})
	return d.saved(ctx, d.board.Do(board.MoveCards{IDs: []board.CardID{id}, By: by}))
}

// makeCard makes a card, and takes the oldest away.
func (d *desk) makeCard(ctx context.Context) error {
	card, _, made := d.app.NewCardAs(d.board.ID(), board.NewCard{Kind: cards.KindText, At: d.place(), Size: board.Size{W: 180, H: 120}})
	d.cards = append(d.cards, card)
	return errors.Join(d.saved(ctx, made), d.oldest(ctx, &d.cards))
}

func (d *desk) oldest(ctx context.Context, list *[]board.CardID) error {
	if len(*list) <= fewCards {
		return nil
	}
	first := (*list)[0]
	*list = (*list)[1:]
	return d.saved(ctx, d.board.Do(board.RemoveCards{IDs: []board.CardID{first}}))
}

// bring imports a file, and takes the oldest away.
func (d *desk) bring(ctx context.Context) error {
	b := make([]byte, fileBytes)
	for i := range b {
		b[i] = byte(d.random.IntN(256))
	}
	card, err := d.app.ImportBytes(ctx, d.board.ID(), d.place(), "noise.bin", b)
	if err != nil {
		return fmt.Errorf("importing: %w", err)
	}
	d.files = append(d.files, card)
	d.edits++
	return d.oldest(ctx, &d.files)
}

// look searches, and opens a document.
func (d *desk) look(ctx context.Context) error {
	if _, err := d.app.Search(ctx, search.Query{Text: d.words()[:3]}); err != nil {
		return fmt.Errorf("searching: %w", err)
	}
	if list := d.board.Snapshot().Value.Cards; len(list) > 0 {
		c := list[d.random.IntN(len(list))]
		live := doc.Open(d.app.Docs(), c.Link.Document, c.Link.Kind, cards.TextCodec{})
		defer live.Close()
		opens(ctx, live)
	}
	return nil
}

// opens waits for a document as long as a person would, and says whether it has come.
func opens[T any](ctx context.Context, live *doc.Live[T]) bool {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_, err := doc.Await(ctx, live, ready[T])
	return err == nil
}

// undo takes the last step on the board back, and does it again.
func (d *desk) undo() error {
	if _, err := d.app.Undo(d.board.ID()); err != nil {
		if app.NothingLeft(err) || errors.Is(err, doc.ErrGone) {
			return nil
		}
		return fmt.Errorf("undo: %w", err)
	}
	_, err := d.app.Redo(d.board.ID())
	if app.NothingLeft(err) || errors.Is(err, doc.ErrGone) { // others have been in between: it stays undone
		d.must, err = []rune(d.own.Snapshot().Value.Text), nil
	}
	if err != nil {
		return fmt.Errorf("redo: %w", err)
	}
	return nil
}
