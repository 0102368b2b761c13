package board

import (
	"testing"

	"corkboard/doc"
	"corkboard/share"
)

func TestRelinkLeadsElsewhereAndKeepsTheRest(t *testing.T) {
	old, now, lost := doc.NewID([32]byte{1}), doc.NewID([32]byte{2}), "nowhere"
	root := doc.Map{"title": doc.Text("T"), "more": int64(3), "cards": doc.Map{
		"a": doc.Map{"url": share.Format(share.Link{Document: old, Kind: "text"}), "at": "1 2"},
		"b": doc.Map{"url": lost},
		"c": "no card",
	}}
	if l := Links(root); len(l) != 1 || l[0].Document != old {
		t.Fatalf("links %v", l)
	}
	got := Relink(root, func(l share.Link) share.Link { l.Document = now; return l })
	if l := Links(got); len(l) != 1 || l[0].Document != now || l[0].Kind != "text" {
		t.Errorf("links %v", l)
	}
	if l := Links(root); l[0].Document != old {
		t.Error("the original has changed")
	}
	cards := got["cards"].(doc.Map)
	if got["more"] != int64(3) || cards["a"].(doc.Map)["at"] != "1 2" || cards["b"].(doc.Map)["url"] != lost || cards["c"] != "no card" {
		t.Errorf("the rest is %v", doc.Value(got))
	}
}
