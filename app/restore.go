package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/share"
)

// Restored is what has become of a restore.
type Restored struct {
	Cards  int // that are on the board, off it, or elsewhere on it again
	Texts  int // cards whose content is as it was again
	Missed int // cards whose content could not be brought back
}

// standing are slots that no restore turns back: what people have said to each other, who
// works here, and how others fetch a file.
var standing = map[string]bool{"comments": true, "messages": true, "authorIds": true, "key": true, "pieces": true}

func turnedBack(slot string) bool { return !standing[slot] }

// restoring is what is to be brought back.
type restoring struct {
	all    bool           // the whole board, and nothing that came later
	cards  []board.CardID // else these
	absent bool           // only those that are not there any more, with what they say now
	label  string
}

// RestoreBoard makes a board what it was at a time: its cards, their places, and what
// they said. Boards on it keep what is in them. Each document gets one new change; Undo
// takes all of them back together. It blocks. Errors: doc.ErrNothing if it is so already,
// docstore.ErrNotAllowed, ErrAbsent, those of docstore.
func (p *Past) RestoreBoard(ctx context.Context, moment int) (Restored, error) {
	return p.restore(ctx, p.Moments[moment].Time, restoring{all: true, label: "Restore board"})
}

// RestoreCards makes cards what they were at a time, and puts back those that are not
// there any more; otherwise as RestoreBoard. Errors also: doc.ErrGone if none of them was
// there then.
func (p *Past) RestoreCards(ctx context.Context, moment int, ids []board.CardID) (Restored, error) {
	label := "Restore card"
	if len(ids) > 1 {
		label = fmt.Sprintf("Restore %d cards", len(ids))
	}
	return p.restore(ctx, p.Moments[moment].Time, restoring{cards: ids, label: label})
}

func (p *Past) restore(ctx context.Context, t time.Time, what restoring) (out Restored, err error) {
	ctx, cancel := p.a.within(ctx)
	defer cancel()
	then, err := p.at(ctx, p.Board, t)
	if err != nil {
		return out, err
	}
	now, err := p.a.readWhole(ctx, p.Board)
	if err != nil {
		return out, fmt.Errorf("reading the board: %w", err)
	}
	then, _ = doc.Clone(then).(doc.Map)
	wanted := p.wanted(now, then, what)
	if len(wanted) == 0 && !what.all {
		if what.absent {
			return out, doc.ErrNothing
		}
		return out, fmt.Errorf("restoring a card: %w", doc.ErrGone)
	}
	if err := p.settle(ctx, now, then, wanted); err != nil {
		return out, fmt.Errorf("restoring: %w", err)
	}
	r := restore{name: string(p.a.NewCardID()), board: p.Board}
	done, err := p.restorePlaces(ctx, r, then, wanted, what)
	if err != nil && !NothingLeft(err) {
		return out, fmt.Errorf("restoring: %w", err)
	}
	out.Cards = done
	if !what.absent {
		p.restoreContents(ctx, r, t, then, wanted, what.label, &out)
	}
	if out == (Restored{}) {
		return out, doc.ErrNothing
	}
	return out, nil
}

// wanted is the cards of then that are to be brought back.
func (p *Past) wanted(now, then doc.Map, what restoring) []string {
	var out []string
	here := board.CardsIn(now)
	for id := range board.CardsIn(then) {
		_, present := here[id]
		if what.all || slices.Contains(what.cards, board.CardID(id)) && !(what.absent && present) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// settle makes the links of cards that are put back lead where their documents are now,
// and brings along what a shared board does not have yet.
func (p *Past) settle(ctx context.Context, now, then doc.Map, wanted []string) error {
	_, slot := board.CardSlots()
	var pins []board.Pin
	var cards []doc.Map
	here := board.CardsIn(now)
	for _, id := range wanted {
		card, ok := board.CardsIn(then)[id].(doc.Map)
		if !ok {
			continue
		}
		if l, ok := linkIn(card); ok {
			if there, ok := here[id].(doc.Map); ok && doc.Equal(there[slot], card[slot]) {
				continue
			}
			pins, cards = append(pins, board.Pin{Link: l}), append(cards, card)
		}
	}
	if len(pins) == 0 {
		return nil
	}
	found, err := p.a.settled(ctx, p.Board, pins)
	if err != nil {
		return err
	}
	for n, card := range cards {
		if found[n].Link != pins[n].Link {
			card[slot] = share.Format(found[n].Link)
		}
	}
	return nil
}

// linkIn is what a card of a whole board document leads to.
func linkIn(card doc.Map) (share.Link, bool) {
	_, slot := board.CardSlots()
	var words string
	switch v := card[slot].(type) {
	case string:
		words = v
	case doc.Text:
		words = string(v)
	}
	l, err := share.Parse(words)
	return l.Bare(), err == nil
}

// restorePlaces changes the board and tells how many of its cards.
func (p *Past) restorePlaces(ctx context.Context, r restore, then doc.Map, wanted []string, what restoring) (n int, err error) {
	in, _ := board.CardSlots()
	plan := func(v any) (doc.Plan, error) {
		now, _ := v.(doc.Map)
		to := then
		if !what.all {
			to, _ = doc.Clone(now).(doc.Map)
			if board.CardsIn(to) == nil {
				to[in[0]] = doc.Map{}
			}
			for _, id := range wanted {
				board.CardsIn(to)[id] = board.CardsIn(then)[id]
			}
		}
		edits := doc.EditsTo(now, to, turnedBack)
		touched := map[string]bool{}
		for _, e := range edits {
			if at := e.At(); len(at) > 1 && at.Has(in) {
				touched[at[1]] = true
			}
		}
		n = len(touched)
		return r.plan(edits, what.label)
	}
	return n, p.a.change(ctx, p.Board, plan)
}

// restoreContents changes what cards say.
func (p *Past) restoreContents(ctx context.Context, r restore, t time.Time, then doc.Map, wanted []string, label string, out *Restored) {
	seen := map[doc.ID]bool{p.Board: true}
	for _, id := range wanted {
		card, _ := board.CardsIn(then)[id].(doc.Map)
		l, ok := linkIn(card)
		if !ok || l.Kind == cards.KindBoard || seen[l.Document] {
			continue
		}
		seen[l.Document] = true
		switch err := p.restoreContent(ctx, r, t, l.Document, label); {
		case err == nil:
			out.Texts++
		case !NothingLeft(err):
			p.a.opts.Log.Warn("a card could not be restored", "document", string(l.Document), "err", err)
			out.Missed++
		}
	}
}

func (p *Past) restoreContent(ctx context.Context, r restore, t time.Time, id doc.ID, label string) error {
	list, err := p.versions(ctx, id)
	i := docstore.VersionAt(list, t)
	if err != nil || i < 0 { // or it was pinned before it was made here
		return cmp.Or(err, doc.ErrNothing)
	}
	if same, err := p.a.isAt(ctx, id, list[i].Heads); err != nil || same {
		return cmp.Or(err, doc.ErrNothing)
	}
	root, err := p.read.At(list[i].Of, list[i].Heads)
	if err != nil {
		return err
	}
	return p.a.change(ctx, id, func(v any) (doc.Plan, error) {
		now, _ := v.(doc.Map)
		return r.plan(doc.EditsTo(now, root, turnedBack), label)
	})
}

// change plans edits of a whole document once it is loaded.
func (a *App) change(ctx context.Context, id doc.ID, plan func(any) (doc.Plan, error)) error {
	h := a.store.Open(id, whole)
	defer h.Close()
	if _, err := loaded(ctx, h); err != nil {
		return err
	}
	return h.Do(plan).Applied(ctx)
}

// isAt reports whether a version of a document is its present one.
func (a *App) isAt(ctx context.Context, id doc.ID, heads doc.Heads) (bool, error) {
	h := a.store.Open(id, pinned)
	defer h.Close()
	if _, err := loaded(ctx, h); err != nil {
		return false, err
	}
	return slices.Equal(h.Snapshot().Heads, heads), nil
}

// restore is one gesture that turns a board and cards on it back. All of its documents
// keep its name as the gesture of their step.
type restore struct {
	name  string // letters and digits
	board doc.ID
}

const restorePrefix = "restore "

func (r restore) gesture() string { return restorePrefix + r.name + " " + string(r.board) }

// restoreOf reads what gesture writes.
func restoreOf(gesture string) (restore, bool) {
	rest, ok := strings.CutPrefix(gesture, restorePrefix)
	name, id, both := strings.Cut(rest, " ")
	if !ok || !both || name == "" {
		return restore{}, false
	}
	at, err := doc.ParseID(id)
	return restore{name, at}, err == nil
}

func (r restore) plan(edits []doc.Edit, label string) (doc.Plan, error) {
	if len(edits) == 0 {
		return doc.Plan{}, doc.ErrNothing
	}
	return doc.Plan{Label: label, Gesture: r.gesture(), Edits: edits}, nil
}

// stepRestore undoes a restore or does it again: what cards say while they are on the
// board, and the board itself. A part that is buried under later steps stays.
func (a *App) stepRestore(ctx context.Context, r restore, redo bool) error {
	n := 0
	step := func(h doc.Handle) error {
		done, undone, _, canRedo := h.Steps()
		top, take := done, h.Undo
		if redo {
			top, take = undone, h.Redo
		}
		if top.Of() != r.gesture() || redo && !canRedo {
			return nil
		}
		err := take().Applied(ctx)
		if err == nil {
			n++
		} else if NothingLeft(err) {
			return nil
		}
		return err
	}
	places := func() error {
		h := a.store.Open(r.board, pinned)
		defer h.Close()
		if _, err := loaded(ctx, h); err != nil {
			return err
		}
		return step(h)
	}
	contents := func() error {
		open, ids, err := a.openPinned(ctx, r.board)
		defer func() {
			for _, h := range open {
				h.Close()
			}
		}()
		for _, id := range ids {
			if id != r.board {
				err = errors.Join(err, step(open[id]))
			}
		}
		return err
	}
	parts := []func() error{contents, places}
	if redo {
		slices.Reverse(parts)
	}
	for _, part := range parts {
		if err := part(); err != nil {
			return fmt.Errorf("taking a restore back: %w", err)
		}
	}
	if n == 0 {
		return doc.ErrNothing
	}
	return nil
}
