package cards

import (
	"slices"
	"testing"

	"corkboard/doc"
)

func TestOpenItemsOfSeveralCards(t *testing.T) {
	a, b := doc.ID("a"), doc.ID("b")
	item := func(id, text, due string, done bool) TodoItem {
		return TodoItem{ID: id, Text: text, Due: due, Done: done, Order: id}
	}
	list := slices.Concat(
		OpenItems(a, Todo{Title: "House", Items: []TodoItem{
			item("1", "whenever", "", false), item("2", "gone by", "2026-02-27", false), item("3", "done", "2026-02-28", true),
			item("4", "   ", "2026-02-28", false), item("5", "far", "2026-03-09", false), item("6", "no day", "2026-02-30", false),
		}}, "2026-03-01"),
		OpenItems(b, Todo{Title: "Garden", Items: []TodoItem{
			item("1", "today", "2026-03-01", false), item("2", "a week", "2026-03-08", false), item("3", "also whenever", "", false),
		}}, "2026-03-01"),
	)
	slices.SortFunc(list, CompareOpen)
	want := []struct {
		text string
		when When
	}{{"gone by", PastDue}, {"today", DueToday}, {"a week", DueSoon}, {"far", DueLater}, {"also whenever", NoDate}, {"whenever", NoDate}, {"no day", NoDate}}
	if len(list) != len(want) {
		t.Fatalf("%d items: %+v", len(list), list)
	}
	for i, w := range want {
		if list[i].Text != w.text || list[i].When != w.when {
			t.Errorf("item %d is %q (%d), want %q (%d)", i, list[i].Text, list[i].When, w.text, w.when)
		}
	}
	if list[0].Document != a || list[0].List != "House" || list[1].Document != b {
		t.Errorf("the first two are of %q and %q", list[0].Document, list[1].Document)
	}
}

func TestMentions(t *testing.T) {
	for _, c := range []struct {
		text, name string
		want       bool
	}{
		{"call @ada today", "Ada Lovelace", true},
		{"@ADA", "ada", true},
		{"(@Ada)", "Ada", true},
		{"@adam and @ada", "Ada", true},
		{"@adam", "Ada", false},
		{"mail x@ada.org", "Ada", false},
		{"ask Ada", "Ada", false},
		{"@", "", false},
		{"@José!", "José", true},
	} {
		if got := Mentions(c.text, c.name); got != c.want {
			t.Errorf("%q mentions %q: %v", c.text, c.name, got)
		}
	}
}
