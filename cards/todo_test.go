package cards

import (
	"fmt"
	"strings"
	"testing"

	"corkboard/doc"
)

// listing is the list as a person reads it: "a b+ c" with + for done.
func listing(t Todo) string {
	parts := make([]string, len(t.Items))
	for i, it := range t.Items {
		parts[i] = it.ID
		if it.Done {
			parts[i] += "+"
		}
	}
	return strings.Join(parts, " ")
}

func todoOf(t *testing.T, ids string) *doc.Tree {
	t.Helper()
	var items []NewItem
	for _, id := range strings.Fields(ids) {
		items = append(items, NewItem{ID: id, Text: "text of " + id})
	}
	return made(t, NewTodo("List", items...))
}

func TestNewTodo(t *testing.T) {
	got := TodoCodec{}.Decode(made(t, NewTodo("Trip", NewItem{ID: "b", Text: "pack"}, NewItem{ID: "a", Text: "go", Done: true},
		NewItem{ID: "b", Text: "twice"}, NewItem{Text: "no id"})))
	if got.Title != "Trip" || listing(got) != "b a+" || got.Items[0].Text != "pack" {
		t.Fatalf("%+v", got)
	}
}

func TestNewTodoMerges(t *testing.T) {
	tree := todoOf(t, "a")
	if _, ok := valueAt(tree, doc.At("items", "a", "text")).(doc.Text); !ok {
		t.Error("the text of an item does not merge")
	}
	if !isMap(valueAt(made(t, NewTodo("")), doc.At("items"))) {
		t.Error("an empty list has no items to merge into")
	}
}

func TestDecodeSortsByOrderThenID(t *testing.T) {
	item := func(order string) doc.Map { return doc.Map{"order": order} }
	got := TodoCodec{}.Decode(doc.NewTree(doc.Map{"items": doc.Map{
		"z": item("A"), "y": item("B"), "x": item("B"), "w": doc.Map{}, "broken": int64(1),
		"long": item(strings.Repeat("V", maxOrder+1)),
	}}))
	if listing(got) != "long w z x y" {
		t.Fatalf("%s", listing(got))
	}
}

func TestDecodeIsBounded(t *testing.T) {
	m := doc.Map{}
	for i := range MaxItems + 50 {
		id := fmt.Sprintf("%05d", i)
		m[id] = doc.Map{"order": id}
	}
	tree := doc.NewTree(doc.Map{"items": m})
	got := TodoCodec{}.Decode(tree)
	if len(got.Items) != MaxItems || got.Items[MaxItems-1].ID != "09999" {
		t.Fatalf("%d items, last %+v", len(got.Items), got.Items[len(got.Items)-1])
	}
	gone := doc.At("items", "00000")
	if _, err := tree.Apply([]doc.Edit{doc.Delete{Path: gone}}); err != nil {
		t.Fatal(err)
	}
	if got = (TodoCodec{}).Update(got, []doc.Path{gone}, tree); got.Items[MaxItems-1].ID != "10000" {
		t.Fatalf("what was cut did not move up: %+v", got.Items[MaxItems-1])
	}
}

func TestUpdateKeepsThePreviousValue(t *testing.T) {
	tree := todoOf(t, "a b")
	before := TodoCodec{}.Decode(tree)
	plan, err := TickItem{ID: "a", Done: true}.Plan(before)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Apply(plan.Edits); err != nil {
		t.Fatal(err)
	}
	after := TodoCodec{}.Update(before, doc.Touched(plan.Edits), tree)
	if listing(before) != "a b" || listing(after) != "a+ b" {
		t.Fatalf("before %s, after %s", listing(before), listing(after))
	}
}

func TestProgress(t *testing.T) {
	v := Todo{Items: []TodoItem{{ID: "a", Done: true}, {ID: "b"}}}
	if done, total := v.Progress(); done != 1 || total != 2 {
		t.Fatalf("%d of %d", done, total)
	}
}

func TestOverdue(t *testing.T) {
	for _, c := range []struct {
		due  string
		done bool
		want bool
	}{
		{"2024-03-09", false, true}, {"2024-03-10", false, false}, {"2024-03-11", false, false},
		{"2024-03-09", true, false}, {"", false, false},
	} {
		if got := Overdue(TodoItem{Due: c.due, Done: c.done}, "2024-03-10"); got != c.want {
			t.Errorf("%+v overdue: %v", c, got)
		}
	}
}

func TestIsDate(t *testing.T) {
	for s, want := range map[string]bool{
		"2024-02-29": true, "2023-02-29": false, "2024-2-9": false, "": false, "0000-01-01": true,
		"2024-01-01T00:00": false, "tomorrow": false, "+024-01-01": false,
	} {
		if got := IsDate(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestTodoTitle(t *testing.T) {
	for want, v := range map[string]Todo{
		"Trip":           {Title: " Trip\n", Items: []TodoItem{{Text: "pack"}}},
		"pack":           {Items: []TodoItem{{Text: " "}, {Text: "pack"}}},
		"Untitled to-do": {},
	} {
		if got := TitleOf(KindTodo, v); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A store may name only the deepest slots when a whole container came or went.
func TestUpdateWhenTheListItselfChanged(t *testing.T) {
	list, none := todoOf(t, "a b"), doc.NewTree(doc.Map{"items": "none"})
	touched := []doc.Path{doc.At("items", "a", "done")}
	for name, c := range map[string][2]*doc.Tree{"came": {none, list}, "went": {list, none}} {
		prev, want := TodoCodec{}.Decode(c[0]), TodoCodec{}.Decode(c[1])
		if got := (TodoCodec{}).Update(prev, touched, c[1]); listing(got) != listing(want) || got.hasItems != want.hasItems {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
