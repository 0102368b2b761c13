package ui

import (
	"context"
	"fmt"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/renderers"
	"corkboard/share"
)

// library is a store in memory with boards that hold texts.
type library struct {
	t     *testing.T
	env   *renderers.Env
	store *doctest.Store
	made  byte
}

func newLibrary(t *testing.T) *library {
	s := doctest.NewStore()
	return &library{t: t, store: s, env: &renderers.Env{Docs: s, Registry: renderers.NewRegistry()}}
}

func (l *library) create(edits []doc.Edit) doc.ID {
	l.t.Helper()
	l.made++
	id := doc.NewID([32]byte{l.made, 7})
	if err := l.store.Create(id, edits).Applied(context.Background()); err != nil {
		l.t.Fatal(err)
	}
	return id
}

// pin puts documents on a board and gives the cards.
func (l *library) pin(on doc.ID, kind string, ids ...doc.ID) []*board.Card {
	l.t.Helper()
	live := doc.Open(l.store, on, cards.KindBoard, board.Codec{})
	defer live.Close()
	var pins []board.Pin
	for i, id := range ids {
		pins = append(pins, board.Pin{ID: board.CardID(fmt.Sprintf("c%s%d", id[:6], i)), Link: share.Link{Document: id, Kind: kind}})
	}
	if err := live.Do(board.AddCards{Cards: pins}).Applied(context.Background()); err != nil {
		l.t.Fatal(err)
	}
	return live.Snapshot().Value.Cards
}

func seekAll(s *shelf, query string) (f found) {
	seek(context.Background(), s, query, func(now found) { f = now })
	return f
}

func titles(f found) (out []string) {
	for _, h := range f.hits {
		out = append(out, h.title)
	}
	return out
}

func TestSeekFindsOnABoardInItsOrder(t *testing.T) {
	l := newLibrary(t)
	on := l.create(board.Create("Here", ""))
	pinned := l.pin(on, cards.KindText, l.create(cards.NewText("Harbour\n\nAt six")), l.create(cards.NewText("Bread")),
		l.create(cards.NewText("Walk\n\nto the HÁRBOUR and back")))
	pinned = append(pinned, l.pin(on, cards.KindTodo, l.create(cards.NewTodo("Trip", cards.NewItem{ID: "a", Text: "harbour tax"})))[3])
	s := newShelf(l.env)
	s.readBoard(context.Background(), on, pinned)
	f := seekAll(s, " harbour ")
	if got := fmt.Sprint(titles(f)); got != "[Harbour Walk Trip]" || !f.whole || f.all != 3 {
		t.Errorf("%s, %+v", got, f)
	}
	if m := f.hits[1].inText; m.hit != "HÁRBOUR" {
		t.Errorf("marked %+v", m)
	}
	if f := seekAll(s, ""); f.all != 0 {
		t.Error("an empty query finds something")
	}
}

func TestSeekIsHonestAboutWhatItCuts(t *testing.T) {
	s := newShelf(newLibrary(t).env)
	for i := range maxFound + 30 {
		s.list = append(s.list, volume{title: "same", foldedTitle: "same", card: board.CardID(fmt.Sprint(i))})
	}
	s.whole = true
	f := seekAll(s, "same")
	if len(f.hits) != maxFound || f.all != maxFound+30 {
		t.Errorf("%d of %d", len(f.hits), f.all)
	}
	for _, c := range []struct {
		f      found
		unread int
		cut    bool
		want   string
	}{
		{found{all: 230, hits: f.hits, whole: true}, 0, false, "The first 200 of 230."},
		{found{whole: true}, 0, false, "Nothing found."},
		{found{}, 0, false, "Looking…"},
		{found{all: 1, hits: f.hits[:1]}, 0, false, "1 found. Still looking…"},
		{found{all: 2, hits: f.hits[:2], whole: true}, 3, false, "2 found. 3 could not be read."},
		{found{all: 2, hits: f.hits[:2], whole: true}, 0, true, "2 found. There is more than a search can read."},
	} {
		s.unread, s.cut = c.unread, c.cut
		if got := foundWords(c.f, s); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestSeekEndsWhenItIsGivenUp(t *testing.T) {
	s := newShelf(newLibrary(t).env) // nothing is ever read
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		seek(ctx, s, "x", func(found) {})
		close(ended)
	}()
	cancel()
	<-ended
}

func TestShelfSkipsWhatIsNotThere(t *testing.T) {
	l := newLibrary(t)
	here := l.create(cards.NewText("Here"))
	gone := doc.NewID([32]byte{99})
	s := newShelf(l.env)
	s.readBoard(context.Background(), "", []*board.Card{
		{ID: "a", Link: share.Link{Document: gone, Kind: cards.KindText}},
		{ID: "b", Link: share.Link{Document: here, Kind: cards.KindText}},
	})
	if unread, _ := s.state(); unread != 1 || len(s.list) != 1 {
		t.Errorf("%d unread, %d read", unread, len(s.list))
	}
}
