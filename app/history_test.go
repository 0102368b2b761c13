package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
)

// watch is a clock that tests set.
type watch struct {
	mu  sync.Mutex
	now time.Time
}

func (w *watch) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(10 * time.Millisecond)
	return w.now
}

func (w *watch) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func openWatched(t *testing.T) (*App, *watch) {
	t.Helper()
	w := &watch{now: time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)}
	return openWith(t, Options{Profile: t.TempDir(), Now: w.Now}), w
}

// filled is a board of text cards.
func filled(t *testing.T, a *App, n int) (doc.ID, []board.CardID) {
	t.Helper()
	id := newBoard(t, a, "Garden")
	var ids []board.CardID
	for i := range n {
		ids = append(ids, newText(t, a, id, board.Point{X: float64(i%10) * 300, Y: float64(i/10) * 200}, fmt.Sprint("card ", i)))
	}
	return id, ids
}

// canonical is a board and what its cards say, as JSON.
func canonical(t *testing.T, a *App, id doc.ID) string {
	t.Helper()
	root, err := a.readWhole(testContext(t), id)
	must(t, err)
	all := map[string]string{"board": doctest.Show(root)}
	for _, l := range board.Links(root) {
		m, err := a.readWhole(testContext(t), l.Document)
		must(t, err)
		all[string(l.Document)] = doctest.Show(m)
	}
	b, err := json.MarshalIndent(all, "", " ")
	must(t, err)
	return string(b)
}

// openPast opens the past of a board; all that was asked for is on disk before.
func openPast(t *testing.T, a *App, id doc.ID) *Past {
	t.Helper()
	must(t, a.Flush(testContext(t)))
	p, err := a.OpenPast(testContext(t), id)
	must(t, err)
	t.Cleanup(p.Close)
	return p
}

func TestAWipedBoardIsRestored(t *testing.T) {
	a, clock := openWatched(t)
	id, ids := filled(t, a, 100)
	c := readTest(t, a, id).Card(ids[7])
	text := openText(a, c.Link.Document)
	must(t, text.Do(cards.EditText{Was: "card 7", Now: "card seven"}).Wait(testContext(t)))
	clock.pass(time.Hour)
	before := canonical(t, a, id)
	since := clock.Now()
	clock.pass(time.Second)
	must(t, text.Do(cards.EditText{Was: "card seven", Now: "spoilt"}).Wait(testContext(t)))
	must(t, a.do(id, board.MoveCards{IDs: ids[90:], By: board.Point{X: 33}}).Applied(testContext(t)))
	must(t, a.do(id, board.RemoveCards{IDs: ids[:90]}).Wait(testContext(t)))
	late := newText(t, a, id, board.Point{X: -500}, "made later")
	wiped := canonical(t, a, id)

	w, ok, err := a.LastWipe(testContext(t), id, since)
	must(t, err)
	if !ok || w.Cards != 90 || !w.Who.Me || !w.Before.After(since) {
		t.Errorf("wiped: %v, %+v", ok, w)
	}
	if _, ok, err := a.LastWipe(testContext(t), id, clock.Now()); ok || err != nil {
		t.Errorf("it is told again: %v", err)
	}

	p := openPast(t, a, id)
	if len(p.Wipes) != 1 || p.Wipes[0].Cards != 90 {
		t.Errorf("%+v", p.Wipes)
	}
	moment := -1
	for i, m := range p.Moments {
		if !m.Time.After(since) {
			moment = i
		}
	}
	got, err := p.RestoreBoard(testContext(t), moment)
	must(t, err)
	if got != (Restored{Cards: 101, Texts: 1}) {
		t.Errorf("restored %+v", got)
	}
	if now := canonical(t, a, id); now != before {
		t.Errorf("restored:\n%s\nwas:\n%s", now, before)
	}
	if _, err := p.RestoreBoard(testContext(t), moment); !NothingLeft(err) {
		t.Errorf("once more: %v", err)
	}

	label, err := a.Undo(id)
	must(t, err)
	if now := canonical(t, a, id); now != wiped || label != "Restore board" {
		t.Errorf("undone (%s):\n%s\nwas:\n%s", label, now, wiped)
	}
	if got := textOn(t, a, id, late); got != "made later" {
		t.Errorf("what was made later says %q", got)
	}
	_, err = a.Redo(id)
	must(t, err)
	if now := canonical(t, a, id); now != before {
		t.Errorf("done again:\n%s\nwas:\n%s", now, before)
	}
}

func TestWhatSomebodyTookAwayIsPutBack(t *testing.T) {
	a, clock := openWatched(t)
	id, ids := filled(t, a, 30)
	since := clock.Now()
	clock.pass(time.Second)
	was := readTest(t, a, id).Card(ids[3])
	must(t, a.do(id, board.RemoveCards{IDs: ids}).Wait(testContext(t)))
	late := newText(t, a, id, board.Point{X: -500}, "made later")
	w, ok, err := a.LastWipe(testContext(t), id, since)
	if !ok || err != nil {
		t.Fatalf("%v, %v", ok, err)
	}
	got, err := a.RestoreWipe(testContext(t), id, w)
	must(t, err)
	b := readTest(t, a, id)
	if got.Cards != 30 || len(b.Cards) != 31 || b.Card(late) == nil || *b.Card(ids[3]) != *was {
		t.Errorf("%+v, %d cards, %+v instead of %+v", got, len(b.Cards), b.Card(ids[3]), was)
	}
	if _, err := a.RestoreWipe(testContext(t), id, w); !NothingLeft(err) {
		t.Errorf("again: %v", err)
	}
	_, err = a.Undo(id)
	must(t, err)
	if n := len(readTest(t, a, id).Cards); n != 1 {
		t.Errorf("%d cards after undo", n)
	}
}

func TestOneCardIsRestored(t *testing.T) {
	a, clock := openWatched(t)
	id, ids := filled(t, a, 3)
	clock.pass(time.Hour)
	text := openText(a, readTest(t, a, id).Card(ids[1]).Link.Document)
	must(t, text.Do(cards.EditText{Was: "card 1", Now: "card one and more"}).Wait(testContext(t)))
	must(t, a.do(id, board.RemoveCards{IDs: ids[1:2]}).Wait(testContext(t)))
	must(t, a.do(id, board.MoveCards{IDs: ids[:1], By: board.Point{X: 11}}).Wait(testContext(t)))
	p := openPast(t, a, id)
	i := slices.IndexFunc(p.Moments, func(m Moment) bool { return m.What == "typing" }) - 1
	_, err := p.RestoreCards(testContext(t), i, ids[1:2])
	must(t, err)
	b := readTest(t, a, id)
	if got := textOn(t, a, id, ids[1]); got != "card 1" || b.Card(ids[0]).At.X != 11 {
		t.Errorf("it says %q, and its neighbour is at %v", got, b.Card(ids[0]).At)
	}
	if _, err := p.RestoreCards(testContext(t), i, []board.CardID{"nobody"}); !errors.Is(err, doc.ErrGone) {
		t.Errorf("a card that was not there: %v", err)
	}
	label, err := a.Undo(id)
	must(t, err)
	if b := readTest(t, a, id); b.Card(ids[1]) != nil || label != "Restore card" {
		t.Errorf("undone as %q", label)
	}
	if got := text.Snapshot().Value.Text; got != "card one and more" {
		t.Errorf("the text says %q after undo", got)
	}
}

func TestThePastShowsTheBoardAndItsCards(t *testing.T) {
	a, clock := openWatched(t)
	id, ids := filled(t, a, 2)
	clock.pass(time.Hour)
	link := readTest(t, a, id).Card(ids[0]).Link
	text := openText(a, link.Document)
	must(t, text.Do(cards.EditText{Was: "card 0", Now: "card zero"}).Wait(testContext(t)))
	must(t, a.do(id, board.RemoveCards{IDs: ids[:1]}).Wait(testContext(t)))
	p := openPast(t, a, id)
	if len(p.Stretches) != 2 || !strings.HasPrefix(p.Stretches[0].Words, "Add card ×2") {
		t.Errorf("%+v", p.Stretches)
	}
	live := doc.Open[*board.Board](p.Docs(), id, cards.KindBoard, board.Codec{})
	old := openTextIn(p.Docs(), link.Document)
	for i, want := range map[int]struct {
		cards int
		text  string
	}{p.Stretches[0].To: {2, "card 0"}, p.Stretches[1].From: {2, "card zero"}, len(p.Moments) - 1: {1, "card zero"}} {
		p.Go(i)
		doctest.Await(t, live, func(s doc.Snapshot[*board.Board]) bool {
			return s.State == doc.Ready && len(s.Value.Cards) == want.cards
		})
		doctest.Await(t, old, func(s doc.Snapshot[cards.Text]) bool { return s.Value.Text == want.text })
	}
}

func TestThePastGoesBackBeyondSharing(t *testing.T) {
	a, clock := openWatched(t)
	id, ids := filled(t, a, 3)
	clock.pass(time.Hour)
	shared, err := a.Share(testContext(t), id)
	must(t, err)
	clock.pass(time.Hour)
	text := openText(a, readTest(t, a, shared).Card(ids[0]).Link.Document)
	must(t, text.Do(cards.EditText{Was: "card 0", Now: "together"}).Wait(testContext(t)))
	must(t, a.do(shared, board.RemoveCards{IDs: ids[1:]}).Wait(testContext(t)))
	p := openPast(t, a, shared)
	if p.Shared == 0 || p.Moments[p.Shared].Time.Sub(p.Moments[p.Shared-1].Time) < time.Hour {
		t.Fatalf("shared at %d of %+v", p.Shared, p.Moments)
	}
	live := doc.Open[*board.Board](p.Docs(), shared, cards.KindBoard, board.Codec{})
	p.Go(p.Shared - 1)
	then := doctest.Await(t, live, func(s doc.Snapshot[*board.Board]) bool { return s.State == doc.Ready && len(s.Value.Cards) == 3 })
	old := openTextIn(p.Docs(), then.Value.Card(ids[0]).Link.Document)
	doctest.Await(t, old, func(s doc.Snapshot[cards.Text]) bool { return s.Value.Text == "card 0" })
	_, err = p.RestoreBoard(testContext(t), p.Shared-1)
	must(t, err)
	for i, card := range ids {
		if got := textOn(t, a, shared, card); got != fmt.Sprint("card ", i) {
			t.Errorf("card %d says %q", i, got)
		}
		c := readTest(t, a, shared).Card(card)
		if of, others, err := a.collectionOf(c.Link.Document); err != nil || !others {
			t.Errorf("card %d is in %v, %v", i, of, err)
		}
	}
}

func openText(a *App, id doc.ID) *doc.Live[cards.Text] { return openTextIn(a.store, id) }

func openTextIn(s doc.Store, id doc.ID) *doc.Live[cards.Text] {
	return doc.Open[cards.Text](s, id, cards.KindText, cards.TextCodec{})
}
