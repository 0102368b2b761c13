package app

import (
	"strings"
	"testing"
)

func TestWhoIsOutFindsNothingOfIt(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	id, link := sharedWithLink(t, a, "Serendipity")
	_, err := b.Join(ctx, link)
	must(t, err)
	eventually(t, b, "the board", func() bool { return strings.Contains(saidOn(t, b, id), "Serendipity") })
	indexed(t, a)
	indexed(t, b)
	count := func(x *App) int { r := searchTest(t, x, "serendipity"); return r.Shown.Total + r.Aside.Total }
	all := count(a)
	if got := count(b); all == 0 || got != all {
		t.Fatalf("%d are found there, %d here", all, got)
	}
	must(t, b.Leave(ctx, id))
	eventually(t, b, "that nothing is found", func() bool { return count(b) == 0 })
	if got := count(a); got != all {
		t.Errorf("%d of %d are left for the other", got, all)
	}
}
