package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/share"
)

func sourceOf(t testing.TB, edits []doc.Edit) doc.Source {
	t.Helper()
	tree := doc.NewTree(nil)
	_, err := tree.Apply(edits)
	must(t, err)
	return tree
}

func TestReadKnowsEveryKind(t *testing.T) {
	for kind, c := range map[cards.Kind]struct {
		edits       []doc.Edit
		title, text string
	}{
		cards.KindText:  {cards.NewText("# A note\nand more"), "A note", "and more"},
		cards.KindTodo:  {cards.NewTodo("To buy", cards.NewItem{ID: "a", Text: "bread"}), "To buy", "bread\n"},
		cards.KindPDF:   {cards.NewFile(cards.File{Title: "paper", Extension: "pdf", MIME: "application/pdf", Blob: strings.Repeat("a", 64), Caption: "read"}), "paper", "read\npaper.pdf"},
		cards.KindImage: {cards.NewFile(cards.File{Title: "photo", Extension: "png", MIME: "image/png"}), "photo", "\nphoto.png"},
		cards.KindFile:  {cards.NewFile(cards.File{Title: "data", MIME: "application/zip"}), "data", "\ndata"},
		cards.KindBoard: {board.Create("Plans", ""), "Plans", ""},
		"": {[]doc.Edit{doc.Put{Path: doc.At("title"), Value: "New"}, doc.Put{Path: doc.At("secret"), Value: "hidden"},
			doc.Put{Path: doc.At("said"), Value: doc.Map{"a": doc.Map{"body": doc.Text("hello")}}}}, "New", "hello\n"},
	} {
		e := Read(sourceOf(t, c.edits))
		if e.Kind != kind || e.Title != c.title || e.Text != c.text {
			t.Errorf("%q: %+v", kind, e)
		}
		if (e.Blob != "") != (kind == cards.KindPDF) {
			t.Errorf("%q has the text of a file %q", kind, e.Blob)
		}
	}
	for _, empty := range []cards.Kind{cards.KindText, cards.KindTodo} {
		edits, _ := cards.Empty(empty)
		if got := Read(sourceOf(t, edits)).Kind; got != empty {
			t.Errorf("an empty %s is taken for %q", empty, got)
		}
	}
	if e := Read(doc.NewTree(nil)); e.Kind != "" || e.Title != "" {
		t.Errorf("nothing is %+v", e)
	}
	plan, err := board.AddCards{Cards: []board.Pin{{ID: "c", Link: share.Link{Document: testID(3), Kind: cards.KindText}, At: board.Point{X: 20, Y: 40}, Size: board.Size{W: 200}}}}.Plan(nil)
	must(t, err)
	e := Read(sourceOf(t, append(board.Create("B", ""), plan.Edits...)))
	if len(e.Pins) != 1 || e.Pins[0] != (Pin{"c", testID(3), cards.KindText, board.Rect{X: 20, Y: 40, W: 200}}) {
		t.Errorf("pins: %+v", e.Pins)
	}
}

func TestFilesAreReadOnce(t *testing.T) {
	x := openTest(t)
	pdf := func(n int) Entry {
		e := entry(n, fmt.Sprint("paper ", n), "caption")
		e.Kind, e.Blob, e.MIME = cards.KindPDF, "b10b", "application/pdf"
		return e
	}
	put(t, x, pdf(1), pdf(2), entry(3, "no file", ""))
	list, err := x.Unread(t.Context(), "", 10)
	if err != nil || len(list) != 1 || list[0] != (File{"b10b", "application/pdf"}) {
		t.Fatalf("%v %v", list, err)
	}
	must(t, x.PutFile(t.Context(), "b10b", "the Serendipity\fof pages"))
	put(t, x, pdf(4))
	r := find(t, x, Query{Text: "caption serendip"}).Shown
	if r.Total != 3 || r.Hits[0].Snippet.Text != "caption" {
		t.Errorf("%+v", r)
	}
	h := find(t, x, Query{Text: "serendipity"}).Shown.Hits[0]
	if h.Snippet.Text != "the Serendipity of pages" || !slices.Equal(h.Snippet.Marks, []Span{{4, 15}}) {
		t.Errorf("%+v", h.Snippet)
	}
	bad := pdf(5)
	bad.Blob = "bad"
	put(t, x, bad)
	for n := range maxTries {
		if list, err = x.Unread(t.Context(), "", 10); err != nil || len(list) != 1 {
			t.Fatalf("after %d tries: %v %v", n, list, err)
		}
		must(t, x.Tried(t.Context(), "bad"))
	}
	if list, err = x.Unread(t.Context(), "", 10); err != nil || len(list) != 0 {
		t.Errorf("after all tries: %v %v", list, err)
	}
}

func TestReadKnowsWhomACardStandsFor(t *testing.T) {
	for kind, c := range map[cards.Kind]struct {
		edits []doc.Edit
		title string
	}{
		cards.KindContact: {cards.NewContact(cards.Contact{Person: string(testID(8)), Name: "Ada"}), "Ada"},
		cards.KindDevice:  {cards.NewDevice(cards.Device{Device: string(testID(9)), Person: string(testID(8)), Name: "Laptop"}), "Laptop"},
		cards.KindStorage: {cards.NewStoragePeer(cards.StoragePeer{Device: string(testID(9)), Name: "attic:4100"}), "attic:4100"},
	} {
		if e := Read(sourceOf(t, c.edits)); e.Kind != kind || e.Title != c.title || e.Text != "" {
			t.Errorf("%q: %+v", kind, e)
		}
	}
}
