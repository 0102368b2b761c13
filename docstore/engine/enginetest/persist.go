package enginetest

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

// grow makes random changes and gives their chunks.
func grow(t *testing.T, d engine.Doc, r *rand.Rand, n int) (chunks [][]byte) {
	t.Helper()
	for range n {
		now, err := d.Tree()
		if err != nil {
			t.Fatal(err)
		}
		c, err := d.Apply(doctest.RandomEdits(r, now), "", 0)
		if errors.Is(err, engine.ErrNothing) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		chunks = append(chunks, c.Body)
	}
	return chunks
}

func tree(t *testing.T, d engine.Doc) doc.Map {
	t.Helper()
	m, err := d.Tree()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func load(t *testing.T, e engine.Engine, saved []byte, chunks [][]byte, n int) engine.Doc {
	t.Helper()
	d, err := e.Load(saved, chunks, actor(n))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

func saveLoad(t *testing.T, e engine.Engine) {
	r := rand.New(rand.NewPCG(7, 7))
	d := fresh(t, e, 1)
	first := grow(t, d, r, 20)
	saved := d.Save()
	later := grow(t, d, r, 20)
	all := append(append([][]byte{}, first...), later...)
	backwards := slices.Clone(all)
	slices.Reverse(backwards)
	for name, again := range map[string]engine.Doc{
		"from chunks":           load(t, e, nil, all, 2),
		"from chunks backwards": load(t, e, nil, backwards, 3),
		"from save and chunks":  load(t, e, saved, later, 4),
		"from save and overlap": load(t, e, saved, all, 5),
		"from save":             load(t, e, d.Save(), nil, 6),
	} {
		if !slices.Equal(again.Heads(), d.Heads()) {
			t.Fatalf("%s: heads %v, want %v", name, again.Heads(), d.Heads())
		}
		same(t, again, tree(t, d))
		grow(t, again, r, 2)
		list, err := again.Changes()
		if err != nil || len(list) < len(all) {
			t.Fatalf("%s: %d changes of %d, %v", name, len(list), len(all), err)
		}
		if !slices.Equal(list[0].Body, all[0]) {
			t.Fatalf("%s: the first change reads differently", name)
		}
	}
}

func damaged(t *testing.T, e engine.Engine) {
	d := fresh(t, e, 1)
	chunks := grow(t, d, rand.New(rand.NewPCG(1, 2)), 3)
	for _, bad := range [][]byte{nil, []byte("x"), chunks[1][:len(chunks[1])/2], append(slices.Clone(chunks[0]), chunks[1]...)} {
		if _, err := e.Load(nil, [][]byte{chunks[0], bad}, actor(2)); !errors.Is(err, engine.ErrBadChunk) {
			t.Errorf("%d bytes: got %v, want ErrBadChunk", len(bad), err)
		}
	}
	if _, err := e.Load([]byte("not a document"), nil, actor(2)); !errors.Is(err, engine.ErrBadChunk) {
		t.Errorf("save: got %v, want ErrBadChunk", err)
	}
}

func converge(t *testing.T, e engine.Engine) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 3))
		a := fresh(t, e, 1)
		base := grow(t, a, r, 6)
		b := load(t, e, nil, base, 2)
		for range 4 {
			mine, yours := grow(t, a, r, 3), grow(t, b, r, 3)
			meet(t, a, yours)
			meet(t, b, mine)
			if !slices.Equal(a.Heads(), b.Heads()) {
				t.Fatalf("seed %d: heads differ", seed)
			}
			same(t, a, tree(t, b))
			if again, err := a.Merge(base); err != nil || len(again) != 0 {
				t.Fatalf("seed %d: known changes touched %v, %v", seed, again, err)
			}
		}
	}
}

// meet merges changes and proves that what is said to be touched covers every
// difference and is no wider than the containers that they are in.
func meet(t *testing.T, d engine.Doc, changes [][]byte) {
	t.Helper()
	before := tree(t, d)
	touched, err := d.Merge(changes)
	if err != nil {
		t.Fatal(err)
	}
	after := tree(t, d)
	for _, p := range doc.Difference(before, after) {
		if !slices.ContainsFunc(touched, func(x doc.Path) bool { return p.Has(x) }) {
			t.Fatalf("%s differs, touched are %v\nbefore %s\nafter %s", p, touched, doctest.Show(before), doctest.Show(after))
		}
	}
	for _, p := range touched {
		if len(p) == 0 {
			t.Fatal("the root itself was named")
		}
	}
	reads(t, d, after)
}

// reads proves that Read finds everything that the tree has, and no more.
func reads(t *testing.T, d engine.Doc, tree doc.Map) {
	t.Helper()
	src := doc.NewTree(tree)
	for _, p := range doc.Difference(doc.Map{}, tree) {
		for p = append(p, "nothing"); len(p) > 0; p = p[:len(p)-1] {
			want, ok := src.Value(p)
			got, found, err := d.Read(p)
			if err != nil || found != ok || !doc.Equal(got, want) {
				t.Fatalf("%s reads %s (%v, %v), want %s (%v)", p, doctest.Show(got), found, err, doctest.Show(want), ok)
			}
		}
	}
}

func versions(t *testing.T, e engine.Engine) {
	r := rand.New(rand.NewPCG(5, 5))
	d := fresh(t, e, 1)
	type version struct {
		heads doc.Heads
		tree  doc.Map
	}
	all := []version{{nil, doc.Map{}}}
	for range 12 {
		grow(t, d, r, 1)
		all = append(all, version{d.Heads(), tree(t, d)})
	}
	for i, v := range all {
		got, err := d.At(v.heads)
		if err != nil || !doc.Equal(got, v.tree) {
			t.Fatalf("version %d: %v\n%s\nwant\n%s", i, err, doctest.Show(got), doctest.Show(v.tree))
		}
	}
	same(t, d, all[len(all)-1].tree)
	for _, bad := range []doc.Heads{{"xyz"}, {"00000000000000000000000000000000000000000000000000000000000000ff"}} {
		if _, err := d.At(bad); !errors.Is(err, engine.ErrUnknownHeads) {
			t.Errorf("%v: got %v, want ErrUnknownHeads", bad, err)
		}
	}
}

func waits(t *testing.T, e engine.Engine) {
	d := fresh(t, e, 1)
	one := apply(t, d, doc.Put{Path: doc.At("a"), Value: int64(1)})
	two := apply(t, d, doc.Put{Path: doc.At("b"), Value: int64(2)})
	b := fresh(t, e, 2)
	touched, err := b.Merge([][]byte{two.Body})
	if err != nil || len(touched) != 0 {
		t.Fatalf("a change without its predecessor touched %v, %v", touched, err)
	}
	same(t, b, doc.Map{})
	if touched, err = b.Merge([][]byte{one.Body}); err != nil || len(touched) != 2 {
		t.Fatalf("touched %v, %v", touched, err)
	}
	same(t, b, doc.Map{"a": int64(1), "b": int64(2)})
}
