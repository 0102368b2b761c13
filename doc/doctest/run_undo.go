package doctest

import (
	"errors"
	"math/rand/v2"
	"testing"

	"corkboard/doc"
)

func undoRedo(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put("x", "k"), put(doc.List{"one"}, "l"), put(doc.Counter(1), "c"))
	start := l.Snapshot().Value
	states := []doc.Map{start}
	for _, c := range []doc.Command[doc.Map]{
		Do("put", put("y", "k")),
		Do("new", put(doc.Map{"in": doc.Text("t")}, "m")),
		Do("type", doc.Splice{Path: doc.At("m", "in"), From: 1, Insert: "ée😀"}),
		Do("insert", doc.Insert{Path: doc.At("l", "1"), Value: doc.Map{"deep": true}}),
		Do("count", doc.Increment{Path: doc.At("c"), By: 5}),
		Do("many", put(int64(1), "m", "n"), doc.Delete{Path: doc.At("l", "0")}, put(nil, "k")),
		Do("delete", doc.Delete{Path: doc.At("m")}),
	} {
		must(t, l.Do(c))
		states = append(states, l.Snapshot().Value)
	}
	for range 2 {
		for i := len(states) - 2; i >= 0; i-- {
			must(t, l.Undo())
			want(t, l, states[i])
		}
		if err := l.Undo().Wait(ctx(t)); !errors.Is(err, doc.ErrNothing) {
			t.Fatalf("got %v, want ErrNothing", err)
		}
		for _, m := range states[1:] {
			must(t, l.Redo())
			want(t, l, m)
		}
		if err := l.Redo().Wait(ctx(t)); !errors.Is(err, doc.ErrNothing) {
			t.Fatalf("got %v, want ErrNothing", err)
		}
	}
	must(t, l.Undo())
	undo, redo, canUndo, canRedo := l.Steps()
	if undo.Label != "many" || redo.Label != "delete" || !canUndo || !canRedo || redo.Turn <= undo.Turn {
		t.Fatalf("steps: %+v, %+v", undo, redo)
	}
	must(t, l.Do(Do("other", put("z", "k"))))
	if _, _, _, canRedo = l.Steps(); canRedo {
		t.Fatal("redo outlived a new plan")
	}
}

func gesture(name string, list ...doc.Edit) doc.Command[doc.Map] {
	return edits{doc.Plan{Label: name, Gesture: name, Edits: list}}
}

func gestures(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put(int64(0), "x"), put(int64(0), "y"))
	start := l.Snapshot().Value
	for i := range 5 {
		must(t, l.Do(gesture("drag", put(int64(i+1), "x"), put(int64(i+1), "y"))))
	}
	must(t, l.Do(gesture("other", put(int64(9), "x"))))
	must(t, l.Undo())
	want(t, l, doc.Map{"x": int64(5), "y": int64(5)})
	must(t, l.Undo())
	want(t, l, start)
	must(t, l.Redo())
	want(t, l, doc.Map{"x": int64(5), "y": int64(5)})
	must(t, l.Do(gesture("drag", put(int64(7), "x")))) // what was undone and redone is finished
	must(t, l.Undo())
	want(t, l, doc.Map{"x": int64(5), "y": int64(5)})
}

func silent(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put("x", "k"))
	must(t, l.Do(Do("set", put("y", "k"))))
	must(t, l.Do(edits{doc.Plan{Silent: true, Edits: []doc.Edit{put(int64(3), "pages")}}}))
	undo, _, _, _ := l.Steps()
	if undo.Label != "set" {
		t.Fatalf("the step is %q", undo.Label)
	}
	must(t, l.Undo())
	want(t, l, doc.Map{"k": "x", "pages": int64(3)})
}

func guarded(t *testing.T, s doc.Store, _ func() doc.Store) {
	l := fresh(t, s, "a", put("x", "k"), put("x", "other"))
	must(t, l.Do(Do("both", put("mine", "k"), put("mine", "other"))))
	must(t, l.Do(edits{doc.Plan{Silent: true, Edits: []doc.Edit{put("theirs", "k")}}})) // not on the stack, as if from elsewhere
	must(t, l.Undo())
	want(t, l, doc.Map{"k": "theirs", "other": "x"})

	must(t, l.Do(Do("last", put("mine", "k"))))
	must(t, l.Do(edits{doc.Plan{Silent: true, Edits: []doc.Edit{put("theirs", "k")}}}))
	if err := l.Undo().Wait(ctx(t)); !errors.Is(err, doc.ErrNothing) {
		t.Fatalf("got %v, want ErrNothing: the step means nothing any more", err)
	}
	want(t, l, doc.Map{"k": "theirs", "other": "x"})
	if _, _, canUndo, _ := l.Steps(); canUndo {
		t.Fatal("a step that means nothing is still offered")
	}

	must(t, l.Do(Do("make", put(doc.Map{"in": doc.Map{"deep": "mine"}}, "m"))))
	must(t, l.Do(edits{doc.Plan{Silent: true, Edits: []doc.Edit{put("theirs", "m", "in", "deep")}}}))
	if err := l.Undo().Wait(ctx(t)); !errors.Is(err, doc.ErrNothing) {
		t.Fatalf("got %v, want ErrNothing: others wrote in what was made", err)
	}
	want(t, l, doc.Map{"k": "theirs", "other": "x", "m": doc.Map{"in": doc.Map{"deep": "theirs"}}})
}

func stepsSurvive(t *testing.T, s doc.Store, reopen func() doc.Store) {
	l := fresh(t, s, "a", put("0", "k"))
	for _, v := range []string{"1", "2", "3"} {
		must(t, l.Do(Do("set "+v, put(v, "k"))))
	}
	must(t, l.Undo())
	l = openRaw(reopen(), ID("a"))
	want(t, l, doc.Map{"k": "2"})
	undo, redo, canUndo, canRedo := l.Steps()
	if undo.Label != "set 2" || redo.Label != "set 3" || !canUndo || !canRedo {
		t.Fatalf("steps: %+v, %+v", undo, redo)
	}
	must(t, l.Undo())
	must(t, l.Undo())
	want(t, l, doc.Map{"k": "0"})
	l = openRaw(reopen(), ID("a"))
	AwaitState(t, l, doc.Ready)
	for _, v := range []string{"1", "2", "3"} {
		must(t, l.Redo())
		want(t, l, doc.Map{"k": v})
	}
	must(t, l.Do(Do("set 4", put("4", "k"))))
	l = openRaw(reopen(), ID("a"))
	AwaitState(t, l, doc.Ready)
	must(t, l.Undo())
	want(t, l, doc.Map{"k": "3"})
}

func typing(t *testing.T, s doc.Store, reopen func() doc.Store) {
	l := fresh(t, s, "a", put(doc.Text("ab"), "t"))
	at := doc.At("t")
	for i, c := range []rune("héllo 😀") {
		must(t, l.Do(gesture("type", doc.Splice{Path: at, From: 1 + i, Insert: string(c)})))
	}
	must(t, l.Do(gesture("type", doc.Splice{Path: at, From: 6, Delete: 2}))) // backspace twice
	must(t, l.Do(gesture("type", doc.Splice{Path: at, From: 0, Delete: 2, Insert: "X"})))
	want(t, l, doc.Map{"t": doc.Text("Xéllob")})
	undo, _, _, _ := l.Steps()
	if len(undo.Inverse) != 1 {
		t.Fatalf("typing is %d splices to take back", len(undo.Inverse))
	}
	l = openRaw(reopen(), ID("a"))
	AwaitState(t, l, doc.Ready)
	must(t, l.Undo())
	want(t, l, doc.Map{"t": doc.Text("ab")})
	must(t, l.Redo())
	want(t, l, doc.Map{"t": doc.Text("Xéllob")})
}

func randomHistories(t *testing.T, s doc.Store, reopen func() doc.Store) {
	r := rand.New(rand.NewPCG(42, 0))
	l := fresh(t, s, "a")
	for round := range 3 {
		for range 40 {
			var receipt doc.Receipt
			switch r.IntN(4) {
			case 0:
				receipt = l.Undo()
			case 1:
				receipt = l.Redo()
			default:
				receipt = l.Do(Do("random", RandomEdits(r, l.Snapshot().Value)...))
			}
			if err := receipt.Wait(ctx(t)); err != nil && !errors.Is(err, doc.ErrNothing) {
				t.Fatal(err)
			}
		}
		was := l.Snapshot()
		l = openRaw(reopen(), ID("a"))
		want(t, l, was.Value)
		if round == 2 {
			m, err := l.At(was.Heads)
			if err != nil || !doc.Equal(m, was.Value) {
				t.Fatalf("its newest version reads %s, %v", Show(m), err)
			}
		}
	}
}
