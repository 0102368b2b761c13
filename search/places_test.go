package search

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

func boardEntry(n int, title string, pins ...int) Entry {
	e := entry(n, title, "")
	e.Kind = cards.KindBoard
	for i, p := range pins {
		e.Pins = append(e.Pins, Pin{board.CardID(fmt.Sprint("card", i)), testID(p), cards.KindText, board.Rect{X: float64(20 * p), W: 100.5}})
	}
	return e
}

func reach(t testing.TB, x *Index) {
	t.Helper()
	must(t, x.Reach(context.Background()))
}

func TestPlacesAndWhatIsOnNoBoard(t *testing.T) {
	x := openTest(t)
	put(t, x, boardEntry(0, "Home", 1, 2), boardEntry(1, "Inner", 3, 3), boardEntry(4, "Lost", 3, 5),
		entry(2, "word two", ""), entry(3, "word three", ""), entry(5, "word five", ""))
	reach(t, x)
	r := find(t, x, Query{Text: "word"})
	if got := idsOf(r.Shown); len(got) != 2 || len(r.Aside.Hits) != 1 || r.Aside.Hits[0].ID != testID(5) || r.Aside.Hits[0].Aside != Loose || r.Aside.Total != 1 {
		t.Fatalf("shown %v, aside %+v", got, r.Aside)
	}
	places, err := x.Places(t.Context(), testID(3))
	must(t, err)
	if len(places) != 3 || places[0].Title != "Inner" || places[0].Loose || places[2].Title != "Lost" || !places[2].Loose {
		t.Errorf("%+v", places)
	}
	if h := find(t, x, Query{Text: "three"}).Shown.Hits[0]; h.Place.Board != testID(1) || h.Place.Card != "card0" {
		t.Errorf("it is at %+v", h.Place)
	}
	if on := find(t, x, Query{Text: "word", On: testID(1)}); on.Shown.Total != 1 {
		t.Errorf("on a board %d were found", on.Shown.Total)
	}
	moved, err := x.Put(t.Context(), []Entry{boardEntry(1, "Inner renamed", 3, 3)})
	must(t, err)
	if moved {
		t.Error("a new title counts as a move")
	}
	moved, err = x.Put(t.Context(), []Entry{boardEntry(0, "Home", 1, 2, 4), boardEntry(1, "Inner")})
	must(t, err)
	reach(t, x)
	if r := find(t, x, Query{Text: "word"}); !moved || r.Shown.Total != 3 || r.Aside.Total != 0 {
		t.Errorf("after pinning the lost board: %v, %+v", moved, r)
	}
	boards, err := x.List(t.Context(), List{Kind: cards.KindBoard})
	must(t, err)
	if len(boards) != 3 || boards[1].Title != "Inner" && boards[1].Title != "Lost" {
		t.Errorf("%+v", boards)
	}
	must(t, x.Replace(t.Context(), map[doc.ID]doc.ID{testID(2): testID(9)}))
	put(t, x, entry(9, "word two, shared", ""))
	reach(t, x)
	if h := find(t, x, Query{Text: "two"}).Shown.Hits; len(h) != 1 || h[0].ID != testID(9) || h[0].Place.Board != home {
		t.Errorf("what took its place: %+v", h)
	}
}

func TestAsideStaysAside(t *testing.T) {
	x := openTest(t)
	put(t, x, boardEntry(0, "Home", 1, 2), entry(1, "word", ""))
	must(t, x.SetAside(t.Context(), map[doc.ID]Aside{testID(1): Archived, testID(2): Trashed}))
	put(t, x, entry(1, "word again", ""), entry(2, "word", ""))
	r := find(t, x, Query{Text: "word"})
	if r.Shown.Total != 0 || r.Aside.Total != 2 {
		t.Fatalf("%+v", r)
	}
	must(t, x.SetAside(t.Context(), map[doc.ID]Aside{testID(2): Trashed}))
	r = find(t, x, Query{Text: "word"})
	if got := idsOf(r.Shown); !slices.Equal(got, []doc.ID{testID(1)}) || r.Aside.Hits[0].Aside != Trashed {
		t.Fatalf("after restoring: %+v", r)
	}
}

func TestCollectionsLeave(t *testing.T) {
	x := openTest(t)
	a, b := entry(1, "word", ""), entry(2, "word", "")
	a.Collection, b.Collection = "aa", "bb"
	put(t, x, a, b)
	must(t, x.SetGone(t.Context(), []string{"aa"}))
	if got := idsOf(find(t, x, Query{Text: "word"}).Shown); !slices.Equal(got, []doc.ID{testID(2)}) {
		t.Errorf("found %v", got)
	}
	gone, err := x.Gone(t.Context())
	if err != nil || !gone["aa"] || len(gone) != 1 {
		t.Errorf("%v %v", gone, err)
	}
}

func TestUnknownKindIsToldByItsCard(t *testing.T) {
	x := openTest(t)
	e := entry(1, "", "strange words")
	e.Kind = ""
	b := boardEntry(0, "Home", 1)
	b.Pins[0].Kind = "sculpture"
	put(t, x, e, b)
	h := find(t, x, Query{Text: "strange"}).Shown.Hits
	if len(h) != 1 || h[0].Kind != "sculpture" || !h[0].Changed.Equal(time.UnixMilli(1)) {
		t.Errorf("%+v", h)
	}
}

func TestListTellsTitlesAsTheyAre(t *testing.T) {
	x := openTest(t)
	if list, err := x.List(t.Context(), List{}); err != nil || len(list) != 0 {
		t.Fatalf("of nothing: %v %v", list, err)
	}
	put(t, x, entry(3, "tab\there\nand line", ""), entry(1, "", ""), entry(2, "ein Döner, 'quoted' \x1e", ""))
	list, err := x.List(t.Context(), List{})
	must(t, err)
	var got []string
	for _, i := range list {
		got = append(got, i.Title)
	}
	if want := []string{"tab here and line", "", "ein Döner, 'quoted'"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	recent, err := x.List(t.Context(), List{Recent: true, Limit: 2})
	if err != nil || len(recent) != 2 || recent[0].ID != testID(3) || recent[1].ID != testID(2) || !recent[0].Changed.Equal(time.UnixMilli(3)) {
		t.Errorf("%+v %v", recent, err)
	}
}
