package cards

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/internal/racefree"
)

// strange are values that a slot may hold although no version of the program
// writes them there.
func strange(r *rand.Rand) doc.Value {
	all := []doc.Value{
		nil, true, false, int64(-1), int64(7), int64(math.MaxInt64), 2.0, 2.5, math.NaN(), math.Inf(1), -0.0,
		"", "text", "2024-02-30", "2024-02-29", "#AbCdEf", "\x00\u202e\xff", strings.Repeat("z", 600),
		strings.Repeat("a", 64), []byte{1, 2}, doc.Counter(3), doc.Text("merged"), doc.Text(""),
		doc.Map{}, doc.Map{"text": int64(1)}, doc.Map{"": doc.Map{}}, doc.List{}, doc.List{"a", doc.Map{}},
		doc.Map{"text": doc.Text("x"), "done": true, "order": "V", "due": "2024-01-01"},
		doc.Map{"text": "plain", "done": "yes", "order": int64(4), "due": false},
	}
	return all[r.IntN(len(all))]
}

var someSlots = []string{
	"text", "title", "items", "unknown", "extension", "mime", "blob", "size", "width",
	"height", "pages", "average", "animated", "capturedAt", "caption", "",
}

// someEdit makes an edit somewhere where codecs look, or do not; half of them
// at slots of the example, if there is one.
func someEdit(r *rand.Rand, tree *doc.Tree, example ...doc.Edit) doc.Edit {
	if n := len(example); n > 0 && r.IntN(2) == 0 {
		e := example[r.IntN(n)]
		if r.IntN(2) == 0 {
			return e
		}
		return doc.Put{Path: e.At(), Value: strange(r)}
	}
	p := doc.At(someSlots[r.IntN(len(someSlots))])
	if r.IntN(2) == 0 {
		p = doc.At("items", string(rune('a'+r.IntN(6))))
		if r.IntN(2) == 0 {
			p = append(p, []string{"text", "done", "order", "due", "more"}[r.IntN(5)])
		}
	}
	if text, ok := valueAt(tree, p).(doc.Text); ok && r.IntN(2) == 0 {
		n := len([]rune(string(text)))
		return doc.Splice{Path: p, From: r.IntN(n + 1), Insert: "é\n"}
	}
	switch r.IntN(6) {
	case 0:
		return doc.Delete{Path: p}
	case 1:
		return doc.Put{Path: doc.At("items"), Value: doc.Map{"a": doc.Map{"text": doc.Text("A")}}}
	}
	return doc.Put{Path: p, Value: strange(r)}
}

func valueAt(src doc.Source, p doc.Path) doc.Value {
	v, _ := src.Value(p)
	return v
}

// checkCodec walks random histories and compares Update with Decode after
// each batch of edits. The example is a new document of the kind: its slots
// are visited often, with what it holds and with what is strange there.
func checkCodec[T any](t *testing.T, c doc.Codec[T], example ...doc.Edit) {
	t.Helper()
	distinct := map[string]bool{}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		tree := doc.NewTree(nil)
		value := c.Decode(tree)
		for range 40 {
			var touched []doc.Path
			for range 1 + r.IntN(3) {
				e := someEdit(r, tree, example...)
				if _, err := tree.Apply([]doc.Edit{e}); err == nil {
					touched = append(touched, e.At())
				}
			}
			before := doc.Clone(tree.Root())
			value = c.Update(value, touched, tree)
			whole := c.Decode(tree)
			if !reflect.DeepEqual(value, whole) {
				t.Fatalf("seed %d: after %v\nUpdate %+v\nDecode %+v", seed, touched, value, whole)
			}
			if root := c.Update(value, []doc.Path{{}}, tree); !reflect.DeepEqual(root, whole) {
				t.Fatalf("seed %d: touching the root gave %+v, want %+v", seed, root, whole)
			}
			if !sameDocument(before, tree.Root()) {
				t.Fatalf("seed %d: reading wrote to the document", seed)
			}
			distinct[reflectString(whole)] = true
		}
	}
	if len(distinct) < 20 {
		t.Fatalf("only %d different values: the histories do not reach the codec", len(distinct))
	}
}

// sameDocument is doc.Equal that takes NaN for equal to itself.
func sameDocument(a, b doc.Value) bool {
	x, err := doc.EncodeValue(a)
	y, err2 := doc.EncodeValue(b)
	return err == nil && err2 == nil && string(x) == string(y)
}

func TestCodecsUpdateAsTheyDecode(t *testing.T) {
	racefree.Long(t)
	t.Run("text", func(t *testing.T) { checkCodec(t, TextCodec{}) })
	t.Run("todo", func(t *testing.T) { checkCodec(t, TodoCodec{}) })
	t.Run("file", func(t *testing.T) { checkCodec(t, FileCodec{}, NewFile(wholeFile)...) })
}

// Whatever a document holds, commands plan edits that fit it, that leave other
// slots alone, and that undo takes back.
func checkCommands[T any](t *testing.T, c doc.Codec[T], commands func(*rand.Rand, T) []doc.Command[T], own ...string) {
	t.Helper()
	planned := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		tree := doc.NewTree(nil)
		for range 12 {
			_, _ = tree.Apply([]doc.Edit{someEdit(r, tree)})
		}
		for _, cmd := range commands(r, c.Decode(tree)) {
			before, was := doc.Clone(tree.Root()).(doc.Map), c.Decode(tree)
			plan, err := cmd.Plan(was)
			if err != nil {
				continue
			}
			inverse, err := tree.Apply(plan.Edits)
			if err != nil {
				t.Fatalf("seed %d: %T%+v on %+v: %v", seed, cmd, cmd, was, err)
			}
			planned++
			if got := c.Update(was, doc.Touched(plan.Edits), tree); !reflect.DeepEqual(got, c.Decode(tree)) {
				t.Fatalf("seed %d: %T%+v: Update differs from Decode", seed, cmd, cmd)
			}
			checkForeign(t, before, tree.Root(), own)
			if plan.Label == "" {
				t.Fatalf("%T has no label", cmd)
			}
			if plan.Silent || r.IntN(2) == 0 {
				continue // the next command meets the changed document
			}
			takeBack(t, tree, inverse)
			if !sameDocument(before, tree.Root()) {
				t.Fatalf("seed %d: %T%+v: undo gave\n%+v, want\n%+v", seed, cmd, cmd, tree.Root(), before)
			}
		}
	}
	if planned < 300 {
		t.Fatalf("only %d commands planned anything", planned)
	}
}

func checkForeign(t *testing.T, before, after doc.Map, own []string) {
	t.Helper()
	without := func(m doc.Map) doc.Map {
		m = doc.Clone(m).(doc.Map)
		for _, slot := range own {
			delete(m, slot)
		}
		return m
	}
	if !sameDocument(without(before), without(after)) {
		t.Fatalf("foreign slots changed from %+v to %+v", before, after)
	}
}

// takeBack does what undo does: inverse edits, newest first.
func takeBack(t *testing.T, tree *doc.Tree, inverse []doc.Guarded) {
	t.Helper()
	for _, g := range inverse {
		if _, err := tree.Apply([]doc.Edit{g.Edit}); err != nil {
			t.Fatalf("taking back: %v", err)
		}
	}
}

func TestCommandsFitAnyDocument(t *testing.T) {
	word := func(r *rand.Rand) string { return []string{"", "a", "text", "über\nzwei", "merged x"}[r.IntN(5)] }
	t.Run("text", func(t *testing.T) {
		checkCommands(t, TextCodec{}, func(r *rand.Rand, v Text) []doc.Command[Text] {
			return []doc.Command[Text]{
				EditText{Was: v.Text, Now: word(r)}, EditText{Was: word(r), Now: word(r)}, EditText{Was: v.Text, Now: v.Text + "!"},
			}
		}, "text")
	})
	t.Run("file", func(t *testing.T) {
		checkCommands(t, FileCodec{}, func(r *rand.Rand, v File) []doc.Command[File] {
			return []doc.Command[File]{
				SetCaption{Was: v.Caption, Now: word(r)}, SetCaption{Was: word(r), Now: word(r)}, Rename{Title: word(r)},
				SetFacts{Width: r.IntN(3), Height: r.IntN(3), Pages: r.IntN(3), Average: "#ABCDEF", Animated: r.IntN(2) == 0, Duration: int64(r.IntN(3)), Bars: []string{"", "0o0", "p", "0"}[r.IntN(4)]},
			}
		}, "caption", "title", "width", "height", "pages", "average", "animated", "duration", "bars")
	})
	t.Run("todo", func(t *testing.T) {
		checkCommands(t, TodoCodec{}, func(r *rand.Rand, v Todo) []doc.Command[Todo] {
			id := func() string { return string(rune('a' + r.IntN(6))) }
			a, b := id(), id()
			return []doc.Command[Todo]{
				AddItem{ID: a, After: b, Text: word(r)}, AddItem{ID: "new", Text: word(r)},
				EditItem{ID: a, Was: word(r), Now: word(r)}, TickItem{ID: b, Done: r.IntN(2) == 0},
				MoveItem{ID: a, After: b}, MoveItem{ID: b}, SetDue{ID: a, Due: "2024-02-29"},
				SetTodoTitle{Was: v.Title, Now: word(r)}, RemoveItem{ID: b},
			}
		}, "title", "items")
	})
}
