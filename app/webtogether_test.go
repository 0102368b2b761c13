package app

import (
	"strings"
	"testing"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

// openBesideTogether is openTogether with a site that may be fetched from.
func openBesideTogether(t *testing.T, s *site) *App {
	t.Helper()
	if testing.Short() {
		t.Skip("compiling the engine takes minutes under the race detector")
	}
	return openWith(t, Options{
		Profile: t.TempDir(), WebAllow: s.address(t), Network: Network{On: true, Listen: []string{"127.0.0.1:0"}, NoLAN: true},
	})
}

// partsOf is the blobs of all pages on a board; nil if one is not captured yet.
func partsOf(t *testing.T, a *App, on doc.ID) (list []blobs.ID) {
	t.Helper()
	b, err := a.readBoard(testContext(t), on)
	must(t, err)
	for _, c := range b.Cards {
		root, err := a.readWhole(testContext(t), c.Link.Document)
		if err != nil {
			return nil
		}
		for _, s := range cards.StoredIn(doc.NewTree(root)) {
			list = append(list, blobs.ID(s.Blob))
			if _, ok := fileOf(s); !ok {
				return nil // nobody else can fetch it yet
			}
		}
	}
	return list
}

// Pages come to others from the one who added them, with all that was kept; the site
// hears nothing of it.
func TestWhoReceivesAPageFetchesNothingFromItsSite(t *testing.T) {
	s := newSite(t)
	a, b := openBesideTogether(t, s), openBesideTogether(t, s)
	ctx := testContext(t)
	old := newBoard(t, a, "Links")
	_, err := a.pinLinks(ctx, a.home, board.Point{}, []share.Link{{Document: old, Kind: cards.KindBoard}})
	must(t, err)
	before, err := a.AddPages(ctx, old, board.Point{}, []string{s.URL})
	must(t, err)
	eventually(t, a, "the first page", func() bool { return pageOn(t, a, old, before[0]).Captured > 0 })
	id, err := a.Share(ctx, old)
	must(t, err)
	after, err := a.AddPages(ctx, id, board.Point{X: 400}, []string{s.URL + "/?again"})
	must(t, err)
	eventually(t, a, "the second page", func() bool { return pageOn(t, a, id, after[0]).Captured > 0 })
	link, err := a.CopyLink(ctx, id, share.Write)
	must(t, err)
	served := s.served.Load()
	_, err = b.Join(ctx, link)
	must(t, err)
	meetTest(t, a, b)
	want := partsOf(t, a, id)
	if len(want) != 8 {
		t.Fatalf("%d files can be fetched, want 4 of each page", len(want))
	}
	eventually(t, b, "all files of the pages", func() bool {
		if x, err := b.readBoard(ctx, id); err != nil || len(x.Cards) != 2 || len(partsOf(t, b, id)) != len(want) {
			return false
		}
		for _, blob := range want {
			if !b.blobs.Has(blob) {
				return false
			}
		}
		return true
	})
	u := pageOn(t, b, id, after[0])
	if text := storedText(t, b, u.Article.Blob); !strings.Contains(text, articleWords) || u.Title != "Ferry & bridge" {
		t.Errorf("%+v says %q", u, text)
	}
	if n := s.served.Load(); n != served || b.Capturing(u.Address) {
		t.Errorf("the site was asked %d times more", n-served)
	}
}
