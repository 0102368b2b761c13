package app

import (
	"fmt"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/share"
)

func TestSomebodyElseTakesABoardApart(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	must(t, b.SetProfile(ctx, "Bob", [3]byte{3, 2, 1}))
	old := newBoard(t, a, "Plans")
	var ids []board.CardID
	for i := range 40 {
		ids = append(ids, newText(t, a, old, board.Point{Y: float64(i) * 100}, fmt.Sprint("card ", i)))
	}
	id, err := a.Share(ctx, old)
	must(t, err)
	link, err := a.CopyLink(ctx, id, share.Write)
	must(t, err)
	_, err = b.Join(ctx, link)
	must(t, err)
	meetTest(t, a, b)
	cards := func(a *App) int {
		b, err := a.readBoard(ctx, id)
		if err != nil {
			return -1
		}
		return len(b.Cards)
	}
	eventually(t, b, "the board has come", func() bool { return cards(b) == 40 })
	before := canonical(t, a, id)
	since := time.Now().Add(-time.Hour)
	must(t, b.do(id, board.RemoveCards{IDs: ids[:35]}).Wait(ctx))
	eventually(t, a, "they are gone here", func() bool { return cards(a) == 5 })
	w, ok, err := a.LastWipe(ctx, id, since)
	if err != nil || !ok || w.Who.Name != "Bob" || w.Who.Me || w.Cards != 35 {
		t.Fatalf("%v, %+v, %v", ok, w, err)
	}
	_, err = a.RestoreWipe(ctx, id, w)
	must(t, err)
	if now := canonical(t, a, id); now != before {
		t.Errorf("restored:\n%s\nwas:\n%s", now, before)
	}
	eventually(t, b, "they are back there", func() bool { return cards(b) == 40 })
	p := openPast(t, b, id)
	if len(p.Wipes) != 1 || !p.Wipes[0].Who.Me || p.Shared != 0 {
		t.Errorf("there the history says %+v", p.Wipes)
	}
	p = openPast(t, a, id)
	if p.Shared == 0 {
		t.Error("here it does not reach back beyond sharing")
	}
}
