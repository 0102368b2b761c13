//go:build cgo && (linux || darwin)

package engine_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

func agree(t testing.TB, a, b engine.Doc) {
	t.Helper()
	if !slices.Equal(a.Heads(), b.Heads()) {
		t.Fatalf("heads %v and %v", a.Heads(), b.Heads())
	}
	x, y := must(a.Tree())(t), must(b.Tree())(t)
	if !doc.Equal(x, y) {
		t.Fatalf("native has\n%s\nsandboxed\n%s", doctest.Show(x), doctest.Show(y))
	}
}

// The same edits of the same actor are the same change, byte for byte, unless
// text is deleted in one: then the cores list its letters in another order.
func TestEnginesMakeTheSameChanges(t *testing.T) {
	equal := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 8))
		a, b := must(engine.Native().New(actor(1)))(t), must(oneForAll().New(actor(1)))(t)
		for range 25 {
			edits := doctest.RandomEdits(r, must(a.Tree())(t))
			x, errA := a.Apply(edits, "same", 1700000000000)
			y, errB := b.Apply(edits, "same", 1700000000000)
			if errors.Is(errA, engine.ErrNothing) != errors.Is(errB, engine.ErrNothing) {
				t.Fatalf("seed %d: %v: native says %v, sandboxed %v", seed, edits, errA, errB)
			}
			if x.Hash == y.Hash && bytes.Equal(x.Body, y.Body) {
				equal++
				continue
			}
			if !slices.ContainsFunc(edits, deletesText) {
				t.Fatalf("seed %d: %v:\n%x\n%x", seed, edits, x.Body, y.Body)
			}
			if m, n := must(a.Tree())(t), must(b.Tree())(t); !doc.Equal(m, n) {
				t.Fatalf("native has\n%s\nsandboxed\n%s", doctest.Show(m), doctest.Show(n))
			}
			b.Close()
			b = must(oneForAll().Load(a.Save(), nil, actor(1)))(t)
		}
		agree(t, a, b)
		b.Close()
		a.Close()
	}
	if equal < 500 {
		t.Fatalf("only %d of 1000 changes were the same", equal)
	}
}

func deletesText(e doc.Edit) bool {
	s, ok := e.(doc.Splice)
	return ok && s.Delete > 0
}

// Replicas on both engines take in each other's changes and saves, whatever
// was made where and in whatever order it comes.
func TestEnginesUnderstandEachOther(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 9))
		docs := []engine.Doc{
			must(engine.Native().New(actor(10)))(t), must(oneForAll().New(actor(11)))(t),
			must(engine.Native().New(actor(12)))(t), must(oneForAll().New(actor(13)))(t),
		}
		var all [][]byte
		for range 6 {
			for _, d := range docs {
				for range 1 + r.IntN(2) {
					if c := edit(t, d, r); c != nil {
						all = append(all, c)
					}
				}
			}
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for _, d := range docs {
				must(d.Merge(all))(t)
			}
		}
		for _, d := range docs[1:] {
			agree(t, docs[0], d)
		}
		swap(t, docs[0], docs[1], all)
		for _, d := range docs {
			d.Close()
		}
	}
}

// swap loads what each engine saved, and the changes alone, with the other.
func swap(t *testing.T, native, sandboxed engine.Doc, all [][]byte) {
	t.Helper()
	for name, d := range map[string]engine.Doc{
		"sandboxed from native":  must(oneForAll().Load(native.Save(), nil, actor(20)))(t),
		"native from sandboxed":  must(engine.Native().Load(sandboxed.Save(), nil, actor(21)))(t),
		"sandboxed from changes": must(oneForAll().Load(nil, all, actor(22)))(t),
		"native from changes":    must(engine.Native().Load(nil, all, actor(23)))(t),
	} {
		t.Log(name)
		agree(t, native, d)
		d.Close()
	}
	x, y := must(native.Changes())(t), must(sandboxed.Changes())(t)
	hashes := map[string]engine.Change{}
	for _, c := range x {
		hashes[c.Hash] = c
	}
	if len(x) != len(y) {
		t.Fatalf("%d and %d changes", len(x), len(y))
	}
	for _, c := range y {
		if got := hashes[c.Hash]; got.Seq != c.Seq || got.Label != c.Label || got.UnixMilli != c.UnixMilli ||
			!bytes.Equal(got.Actor, c.Actor) || !slices.Equal(got.Deps, c.Deps) || !bytes.Equal(got.Body, c.Body) {
			t.Fatalf("one change, told differently:\n%+v\n%+v", got, c)
		}
	}
}
