package search

import (
	"testing"
	"time"

	"corkboard/board"
)

func TestWhatWasTakenOffItsLastBoard(t *testing.T) {
	x := openTest(t)
	put(t, x, boardEntry(0, "Home", 1, 2), boardEntry(1, "Inner", 3, 4), entry(2, "two", ""), entry(3, "three", ""), entry(4, "four", ""),
		entry(5, "", ""), entry(6, "", "only a text"))
	reach(t, x)
	later := boardEntry(1, "Inner", 4)
	later.Pins[0].Card, later.Changed = "card1", 700
	moved := boardEntry(0, "Home", 1)
	moved.Pins[0].Area.X, moved.Changed = 999, 800
	put(t, x, later, moved)
	reach(t, x)
	list, err := x.Taken(t.Context())
	must(t, err)
	var titles []string
	for _, k := range list {
		titles = append(titles, k.Item.Title)
	}
	if len(list) != 3 || list[0].ID != testID(2) || list[1].ID != testID(3) || list[2].ID != testID(6) {
		t.Fatalf("taken: %q", titles)
	}
	if k := list[1]; k.Board != testID(1) || k.Title != "Inner" || k.Area != (board.Rect{X: 60, W: 100.5}) || !k.When.Equal(time.UnixMilli(700)) {
		t.Errorf("taken from: %+v", k)
	}
	if k := list[2]; k.Board != "" || !k.When.IsZero() {
		t.Errorf("never on a board: %+v", k)
	}
}
