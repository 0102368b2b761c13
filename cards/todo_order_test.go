package cards

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/internal/racefree"
)

// A list under random inserts and moves reads as a slice would.
func TestOrderFollowsASlice(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 3))
		tree, want := todoOf(t, "a b"), []string{"a", "b"}
		if seed%2 == 0 { // a list from elsewhere: no room anywhere
			want = []string{"a", "b", "c"}
			tree = doc.NewTree(doc.Map{"items": doc.Map{"a": doc.Map{}, "b": doc.Map{"order": "0"}, "c": doc.Map{"order": "0"}}})
		}
		for i := range 100 {
			at := r.IntN(len(want) + 1)
			after := ""
			if at > 0 {
				after = want[at-1]
			}
			if id := fmt.Sprintf("n%d", i); r.IntN(2) == 0 {
				do(t, TodoCodec{}, tree, todoCommand(AddItem{ID: id, After: after}))
				want = slices.Insert(want, at, id)
			} else {
				from := r.IntN(len(want))
				if from == at || from == at-1 {
					continue
				}
				id = want[from]
				do(t, TodoCodec{}, tree, todoCommand(MoveItem{ID: id, After: after}))
				if from < at {
					at--
				}
				want = slices.Insert(slices.Delete(want, from, from+1), at, id)
			}
			if got := (TodoCodec{}).Decode(tree); listing(got) != strings.Join(want, " ") {
				t.Fatalf("seed %d step %d: %s, want %s", seed, i, listing(got), strings.Join(want, " "))
			}
		}
	}
}

func TestOrderKeysStayShort(t *testing.T) {
	racefree.Long(t)
	for name, after := range map[string]func(Todo) string{
		"on top":     func(Todo) string { return "" },
		"at the end": func(v Todo) string { return v.Items[len(v.Items)-1].ID },
		"one place":  func(Todo) string { return "a" },
	} {
		t.Run(name, func(t *testing.T) {
			tree := todoOf(t, "a b")
			v := TodoCodec{}.Decode(tree)
			for i := range 3000 {
				plan, err := AddItem{ID: fmt.Sprintf("n%d", i), After: after(v)}.Plan(v)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := tree.Apply(plan.Edits); err != nil {
					t.Fatal(err)
				}
				v = TodoCodec{}.Update(v, doc.Touched(plan.Edits), tree)
			}
			if len(v.Items) != 3002 {
				t.Fatalf("%d items", len(v.Items))
			}
			for _, it := range v.Items {
				if it.Order == "" || len(it.Order) > maxOrder {
					t.Fatalf("%d bytes of order", len(it.Order))
				}
			}
		})
	}
}

func TestManyAtOnceHaveShortKeys(t *testing.T) {
	var items []NewItem
	for i := range 5000 {
		items = append(items, NewItem{ID: fmt.Sprintf("n%d", i)})
	}
	got := do(t, TodoCodec{}, todoOf(t, "a b"), todoCommand(AddItems{After: "a", Items: items}))
	for i, it := range got.Items[1 : len(got.Items)-1] {
		if it.ID != items[i].ID || len(it.Order) > 20 {
			t.Fatalf("item %d: %+v", i, it)
		}
	}
}

func TestSaltLeavesRoom(t *testing.T) {
	for i := range 2000 {
		if key := doc.Salted("V", fmt.Sprint(i)); len(key) != 3 || strings.Contains(key, "0") {
			t.Fatalf("%q", key)
		}
	}
}
