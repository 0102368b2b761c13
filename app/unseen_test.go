package app

import (
	"strings"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/share"
)

// What another person writes is marked, on the board and on the boards around it, until
// it was looked at; what this person writes never is, and what was there before neither.
func TestWhatOthersChangeIsMarkedUntilItWasLookedAt(t *testing.T) {
	a, dirB := openTogether(t, t.TempDir()), t.TempDir()
	b := openTogether(t, dirB)
	ctx := testContext(t)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	id := newBoard(t, a, "Plans")
	newText(t, a, id, board.Point{}, "from before")
	id, err := a.Share(ctx, id)
	must(t, err)
	link, err := a.CopyLink(ctx, id, share.Write)
	must(t, err)
	_, err = b.Join(ctx, link)
	must(t, err)
	meetTest(t, a, b)
	eventually(t, b, "what was there before", func() bool { return saidOn(t, b, id) == "from before" })
	newText(t, b, id, board.Point{Y: 500}, "from b")
	if list := b.Unseen(); len(list) != 0 {
		t.Errorf("before anybody wrote: %+v", list)
	}
	eventually(t, a, "what b wrote", func() bool {
		return strings.Contains(saidOn(t, a, id), "from b|") || strings.HasSuffix(saidOn(t, a, id), "from b")
	})

	card := newText(t, a, id, board.Point{X: 500}, "from a")
	written := readTest(t, a, id).Card(card).Link.Document
	eventually(t, b, "the marks", func() bool { return b.Marked()[written] && b.Marked()[id] && b.Marked()[b.home] })
	list := b.Unseen()
	if len(list) != 2 || list[0].By != Person(a.store.Person().String()) || list[0].Count < 1 {
		t.Errorf("unseen: %+v", list)
	}
	must(t, b.Flush(ctx))
	closeTest(t, b)

	b = openTogether(t, dirB)
	eventually(t, b, "the marks after a start", func() bool { return b.Marked()[written] })
	b.Seen([]doc.ID{id, written}, time.UnixMilli(list[1].At.UnixMilli()-1))
	if len(b.Unseen()) != 2 {
		t.Error("what came after the look is taken for seen")
	}
	b.Seen([]doc.ID{id, written}, time.Now())
	eventually(t, b, "no mark", func() bool { return !b.Marked()[written] && !b.Marked()[id] && !b.Marked()[b.home] })
}
