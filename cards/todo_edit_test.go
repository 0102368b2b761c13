package cards

import (
	"errors"
	"testing"

	"corkboard/doc"
)

type todoCommand = doc.Command[Todo]

func TestTodoCommands(t *testing.T) {
	for name, c := range map[string]struct {
		cmd  todoCommand
		want string
	}{
		"add on top":          {AddItem{ID: "n"}, "n a b c"},
		"add behind":          {AddItem{ID: "n", After: "a"}, "a n b c"},
		"add at the end":      {AddItem{ID: "n", After: "c"}, "a b c n"},
		"add behind the gone": {AddItem{ID: "n", After: "gone"}, "a b c n"},
		"add several":         {AddItems{After: "b", Items: []NewItem{{ID: "z", Done: true}, {ID: "y"}, {ID: "x"}}}, "a b z+ y x c"},
		"add several on top":  {AddItems{Items: []NewItem{{ID: "z"}, {ID: "y"}}}, "z y a b c"},
		"tick":                {TickItem{ID: "b", Done: true}, "a b+ c"},
		"remove":              {RemoveItem{ID: "a"}, "b c"},
		"move to the top":     {MoveItem{ID: "c"}, "c a b"},
		"move down":           {MoveItem{ID: "a", After: "b"}, "b a c"},
		"move to the end":     {MoveItem{ID: "a", After: "c"}, "b c a"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := listing(do(t, TodoCodec{}, todoOf(t, "a b c"), c.cmd)); got != c.want {
				t.Fatalf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestTodoCommandsThatMakeNoSense(t *testing.T) {
	for name, c := range map[string]struct {
		cmd  todoCommand
		want error
	}{
		"id taken":           {AddItem{ID: "a"}, ErrItemID},
		"no id":              {AddItem{}, ErrItemID},
		"id twice":           {AddItems{Items: []NewItem{{ID: "n"}, {ID: "n"}}}, ErrItemID},
		"no items":           {AddItems{After: "a"}, doc.ErrNothing},
		"too many":           {AddItems{Items: make([]NewItem, MaxItems)}, ErrFull},
		"edit the gone":      {EditItem{ID: "x", Now: "y"}, doc.ErrGone},
		"edit nothing":       {EditItem{ID: "a", Was: "y", Now: "y"}, doc.ErrNothing},
		"tick the gone":      {TickItem{ID: "x", Done: true}, doc.ErrGone},
		"untick the open":    {TickItem{ID: "a"}, doc.ErrNothing},
		"remove the gone":    {RemoveItem{ID: "x"}, doc.ErrGone},
		"move the gone":      {MoveItem{ID: "x"}, doc.ErrGone},
		"move to the gone":   {MoveItem{ID: "a", After: "x"}, doc.ErrGone},
		"move behind itself": {MoveItem{ID: "b", After: "b"}, doc.ErrNothing},
		"move to its place":  {MoveItem{ID: "b", After: "a"}, doc.ErrNothing},
		"top to the top":     {MoveItem{ID: "a"}, doc.ErrNothing},
		"no such day":        {SetDue{ID: "a", Due: "2023-02-29"}, ErrDate},
		"due of the gone":    {SetDue{ID: "x", Due: "2024-01-01"}, doc.ErrGone},
		"no due to take":     {SetDue{ID: "a"}, doc.ErrNothing},
		"same title":         {SetTodoTitle{Was: "List", Now: "List"}, doc.ErrNothing},
	} {
		t.Run(name, func(t *testing.T) {
			if err := refused(t, TodoCodec{}, todoOf(t, "a b c"), c.cmd); !errors.Is(err, c.want) {
				t.Fatalf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestDueDates(t *testing.T) {
	tree := todoOf(t, "a")
	if got := do(t, TodoCodec{}, tree, todoCommand(SetDue{ID: "a", Due: "2024-02-29"})); got.Items[0].Due != "2024-02-29" {
		t.Fatalf("%+v", got.Items)
	}
	if got := do(t, TodoCodec{}, tree, todoCommand(SetDue{ID: "a"})); got.Items[0].Due != "" {
		t.Fatalf("%+v", got.Items)
	}
}

func TestTodoTitleKeepsItsType(t *testing.T) {
	for name, c := range map[string]struct{ title, want doc.Value }{
		"register": {"Trip!", "A trip!"},
		"text":     {doc.Text("Trip!"), doc.Text("A trip!")},
		"missing":  {int64(1), "A "},
	} {
		t.Run(name, func(t *testing.T) {
			tree := doc.NewTree(doc.Map{"title": c.title})
			cmd := SetTodoTitle{Was: "Trip", Now: "A trip"}
			if c.want == "A " {
				cmd = SetTodoTitle{Now: "A "}
			}
			do(t, TodoCodec{}, tree, todoCommand(cmd))
			if got := valueAt(tree, doc.At("title")); got != c.want {
				t.Fatalf("%T %v, want %v", got, got, c.want)
			}
		})
	}
}

func TestFirstItemWhereNoListWas(t *testing.T) {
	tree := doc.NewTree(doc.Map{"title": "old"})
	got := do(t, TodoCodec{}, tree, todoCommand(AddItems{Items: []NewItem{{ID: "b"}, {ID: "a"}}}))
	if listing(got) != "b a" || got.Title != "old" {
		t.Fatalf("%+v", got)
	}
}

func TestUnknownSlotsOfItemsStay(t *testing.T) {
	tree := todoOf(t, "a b")
	mine := doc.At("items", "a", "colour")
	if _, err := tree.Apply([]doc.Edit{doc.Put{Path: mine, Value: "red"}}); err != nil {
		t.Fatal(err)
	}
	for _, cmd := range []todoCommand{
		TickItem{ID: "a", Done: true}, EditItem{ID: "a", Was: "text", Now: "test"}, MoveItem{ID: "a", After: "b"},
		SetDue{ID: "a", Due: "2024-01-01"}, AddItem{ID: "c"}, RemoveItem{ID: "b"}, SetTodoTitle{Now: "x"},
	} {
		do(t, TodoCodec{}, tree, cmd)
		if got := valueAt(tree, mine); got != "red" {
			t.Fatalf("after %T%+v: %v", cmd, cmd, got)
		}
	}
}

// Two people plan against the same value; both plans are carried out.
func TestTwoPeopleAtOneList(t *testing.T) {
	for name, c := range map[string]struct {
		one, two todoCommand
		want     string
	}{
		"both add at the end":      {AddItem{ID: "n", After: "c"}, AddItem{ID: "m", After: "c"}, ""},
		"tick and move":            {TickItem{ID: "a", Done: true}, MoveItem{ID: "a", After: "c"}, "b c a+"},
		"tick and edit":            {TickItem{ID: "a", Done: true}, EditItem{ID: "a", Was: "", Now: "x"}, "a+ b c"},
		"move two":                 {MoveItem{ID: "a", After: "b"}, MoveItem{ID: "c"}, "c b a"},
		"add behind what is moved": {AddItem{ID: "n", After: "a"}, MoveItem{ID: "a", After: "c"}, "n b c a"},
	} {
		t.Run(name, func(t *testing.T) {
			tree := todoOf(t, "a b c")
			stale := TodoCodec{}.Decode(tree)
			for _, cmd := range []todoCommand{c.one, c.two} {
				plan, err := cmd.Plan(stale)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := tree.Apply(plan.Edits); err != nil {
					t.Fatal(err)
				}
			}
			got := TodoCodec{}.Decode(tree)
			if c.want != "" && listing(got) != c.want || c.want == "" && len(got.Items) != 5 {
				t.Fatalf("got %s, want %s", listing(got), c.want)
			}
			// There is room everywhere, whatever came together.
			for _, it := range got.Items {
				plan, err := AddItem{ID: "between", After: it.ID}.Plan(got)
				if err != nil || len(plan.Edits) != 1 {
					t.Fatalf("no room behind %s: %+v, %v", it.ID, plan.Edits, err)
				}
			}
		})
	}
}

func TestTwoPeopleTypeInOneItem(t *testing.T) {
	tree := todoOf(t, "a")
	do(t, TodoCodec{}, tree, todoCommand(EditItem{ID: "a", Was: "text of a", Now: "text of a!"}))
	got := do(t, TodoCodec{}, tree, todoCommand(EditItem{ID: "a", Was: "text of a", Now: "the text of a"}))
	if got.Items[0].Text != "the text of a!" {
		t.Fatalf("%q", got.Items[0].Text)
	}
}
