package enginetest

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

// Run proves an engine.
func Run(t *testing.T, e engine.Engine) {
	for name, f := range map[string]func(*testing.T, engine.Engine){
		"every value comes back":           values,
		"random histories match":           histories,
		"text counts runes":                runes,
		"nothing is nothing":               nothing,
		"misfits are refused":              refused,
		"save and load":                    saveLoad,
		"damaged chunks are refused":       damaged,
		"replicas converge":                converge,
		"typing at once is carried alike":  typing,
		"old versions":                     versions,
		"missing predecessors are awaited": waits,
	} {
		t.Run(name, func(t *testing.T) { f(t, e) })
	}
}

func actor(i int) []byte {
	h := sha256.Sum256(fmt.Append(nil, "actor", i))
	return h[:16]
}

func fresh(t *testing.T, e engine.Engine, n int) engine.Doc {
	t.Helper()
	d, err := e.New(actor(n))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

func apply(t *testing.T, d engine.Doc, edits ...doc.Edit) engine.Change {
	t.Helper()
	c, err := d.Apply(edits, "test", 1700000000000)
	if err != nil {
		t.Fatalf("applying %v: %v", edits, err)
	}
	return c
}

func same(t *testing.T, d engine.Doc, want doc.Map) {
	t.Helper()
	got, err := d.Tree()
	if err != nil {
		t.Fatal(err)
	}
	if !doc.Equal(got, want) {
		t.Fatalf("engine has\n%s\nwant\n%s", doctest.Show(got), doctest.Show(want))
	}
}

func values(t *testing.T, e engine.Engine) {
	all := doc.Map{
		"null": nil, "yes": true, "no": false, "int": int64(-1 << 63), "max": int64(1<<63 - 1), "float": 0.1, "whole": 2.0,
		"str": "text", "empty": "", "nul": "a\x00b", "bytes": []byte{0, 255}, "nobytes": []byte{},
		"text": doc.Text("läuft 😀"), "notext": doc.Text(""), "count": doc.Counter(-7),
		"map": doc.Map{"in": doc.Map{"deep": doc.Text("x")}}, "list": doc.List{int64(1), doc.List{}, doc.Map{"k": "v"}, doc.Counter(1), doc.Text("t")},
	}
	d := fresh(t, e, 1)
	var edits []doc.Edit
	for k, v := range all {
		edits = append(edits, doc.Put{Path: doc.At(k), Value: v})
	}
	c := apply(t, d, edits...)
	same(t, d, all)
	if c.Seq != 1 || len(c.Deps) != 0 || !slices.Equal(c.Actor, actor(1)) || c.Label != "test" || c.UnixMilli != 1700000000000 {
		t.Fatalf("change says %+v", c)
	}
	if h := d.Heads(); len(h) != 1 || h[0] != c.Hash {
		t.Fatalf("heads %v, change %s", h, c.Hash)
	}
	c2 := apply(t, d, doc.Increment{Path: doc.At("list", "3"), By: 4}, doc.Splice{Path: doc.At("list", "4"), From: 1, Insert: "é"})
	all["list"].(doc.List)[3], all["list"].(doc.List)[4] = doc.Counter(5), doc.Text("té")
	same(t, d, all)
	if c2.Seq != 2 || !slices.Equal(c2.Deps, doc.Heads{c.Hash}) {
		t.Fatalf("second change says %+v", c2)
	}
}

func histories(t *testing.T, e engine.Engine) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		d, tree := fresh(t, e, int(seed)), doc.NewTree(nil)
		for range 40 {
			edits := doctest.RandomEdits(r, tree.Root())
			undo, err := tree.Apply(edits)
			if err != nil {
				t.Fatal(err)
			}
			if len(undo) == 0 {
				continue // a store does not ask the engine then
			}
			if _, err = d.Apply(edits, "", 0); err != nil && !errors.Is(err, engine.ErrNothing) {
				t.Fatalf("seed %d: %v\non %s", seed, err, doctest.Show(tree.Root()))
			}
			same(t, d, tree.Root())
		}
	}
}

func runes(t *testing.T, e engine.Engine) {
	d, tree := fresh(t, e, 1), doc.NewTree(nil)
	steps := []doc.Edit{
		doc.Put{Path: doc.At("t"), Value: doc.Text("a😀e\u0301👍🏼z")},
		doc.Splice{Path: doc.At("t"), From: 1, Delete: 1, Insert: "日本"},
		doc.Splice{Path: doc.At("t"), From: 4, Delete: 1},   // the combining accent alone
		doc.Splice{Path: doc.At("t"), From: 5, Delete: 1},   // the skin tone alone
		doc.Splice{Path: doc.At("t"), From: 6, Insert: "‍"}, // at the very end
		doc.Splice{Path: doc.At("t"), From: 0, Delete: 7, Insert: "👨‍👩‍👧"},
	}
	for _, s := range steps {
		if _, err := tree.Apply([]doc.Edit{s}); err != nil {
			t.Fatal(err)
		}
		apply(t, d, s)
		same(t, d, tree.Root())
	}
}

func nothing(t *testing.T, e engine.Engine) {
	d := fresh(t, e, 1)
	apply(t, d, doc.Put{Path: doc.At("a"), Value: "x"}, doc.Put{Path: doc.At("l"), Value: doc.List{}})
	was := d.Heads()
	for _, edits := range [][]doc.Edit{nil, {doc.Put{Path: doc.At("a"), Value: "x"}}, {doc.Delete{Path: doc.At("b")}}, {doc.Delete{Path: doc.At("l", "0")}}} {
		if _, err := d.Apply(edits, "", 0); !errors.Is(err, engine.ErrNothing) {
			t.Errorf("%v: got %v, want ErrNothing", edits, err)
		}
	}
	if !slices.Equal(was, d.Heads()) {
		t.Fatal("nothing made a change")
	}
	apply(t, d, doc.Put{Path: doc.At("a"), Value: "y"})
	same(t, d, doc.Map{"a": "y", "l": doc.List{}})
}

func refused(t *testing.T, e engine.Engine) {
	for _, bad := range []doc.Edit{
		doc.Put{Path: doc.At(), Value: "x"}, doc.Put{Path: doc.At("no", "where"), Value: "x"}, doc.Put{Path: doc.At("l", "3"), Value: "x"},
		doc.Put{Path: doc.At("t", "0"), Value: "x"}, doc.Insert{Path: doc.At("a"), Value: "x"}, doc.Insert{Path: doc.At("l", "2"), Value: "x"},
		doc.Splice{Path: doc.At("a"), Insert: "x"}, doc.Splice{Path: doc.At("t"), From: 2, Delete: 3}, doc.Splice{Path: doc.At("t"), From: -1},
		doc.Increment{Path: doc.At("a"), By: 1}, doc.Put{Path: doc.At("l", "x"), Value: "x"},
	} {
		d := fresh(t, e, 1)
		apply(t, d, doc.Put{Path: doc.At("a"), Value: "x"}, doc.Put{Path: doc.At("l"), Value: doc.List{"one"}}, doc.Put{Path: doc.At("t"), Value: doc.Text("text")})
		if _, err := d.Apply([]doc.Edit{bad}, "", 0); !errors.Is(err, engine.ErrRefused) {
			t.Errorf("%#v: got %v, want ErrRefused", bad, err)
		}
	}
}
