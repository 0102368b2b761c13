package app

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/share"
)

func TestTextOfCards(t *testing.T) {
	a := openTest(t, t.TempDir())
	ctx := testContext(t)
	on := newBoard(t, a, "Garden")
	newText(t, a, on, board.Point{}, "**Seeds**\n")
	a.Import(ctx, on, board.Point{X: 300}, []string{write(t, "list.bin", make([]byte, 9))}, func(Progress) {})
	links := []share.Link{{Document: on, Kind: cards.KindBoard}}
	list := readTest(t, a, on).Cards
	slices.SortFunc(list, func(x, y *board.Card) int { return cmp.Compare(x.At.X, y.At.X) })
	for _, c := range list {
		links = append(links, c.Link)
	}
	got, err := a.TextOf(ctx, links)
	must(t, err)
	if want := "Garden\n\n**Seeds**\n\nlist"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	got, err = a.TextOf(ctx, append([]share.Link{{Document: a.NewID(), Kind: cards.KindText}}, links[:1]...))
	if got != "Garden" || !errors.Is(err, ErrAbsent) {
		t.Errorf("one that is not here: %q, %v", got, err)
	}
}
