package app

import (
	"testing"

	"corkboard/board"
)

func TestTheArchiveIsKept(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	ctx := testContext(t)
	on := newBoard(t, a, "Old plans")
	card := newText(t, a, on, board.Point{}, "done with")
	id := readTest(t, a, on).Card(card).Link.Document
	must(t, a.Archive(ctx, on))
	must(t, a.Archive(ctx, id))
	must(t, a.Archive(ctx, id)) // once is enough
	if list := a.Archived(); len(list) != 2 || list[on].IsZero() || list[id].IsZero() {
		t.Errorf("archived: %v", list)
	}
	must(t, a.Unarchive(ctx, on))
	closeTest(t, a)

	a = openTest(t, dir)
	_, err := loaded(ctx, a.workspace)
	must(t, err)
	if list := a.Archived(); len(list) != 1 || list[id].IsZero() {
		t.Errorf("archived after a start: %v", list)
	}
}
