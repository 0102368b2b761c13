//go:build cgo && (linux || darwin)

package verify_test

import (
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"testing"

	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
)

// reorder gives changes in a random order in which each follows its
// dependencies.
func reorder(r *rand.Rand, all []*verify.Decoded) (out []*verify.Decoded) {
	left, have := slices.Clone(all), map[[32]byte]bool{}
	for len(left) > 0 {
		i := r.IntN(len(left))
		if slices.ContainsFunc(left[i].Deps, func(h [32]byte) bool { return !have[h] }) {
			continue
		}
		have[left[i].Hash] = true
		out = append(out, left[i])
		left = slices.Delete(left, i, i+1)
	}
	return out
}

func history(t testing.TB, all []engine.Change) (out []*verify.Decoded) {
	t.Helper()
	for _, c := range all {
		out = append(out, accept(t, c))
	}
	return out
}

func TestEveryDifferenceLiesInWhatWasTouched(t *testing.T) {
	var differences, touches, ops, exact int
	for seed := range uint64(80) {
		r := rand.New(rand.NewPCG(seed, 14))
		all := replicas(t, seed, 1+int(seed%4), 10)
		d, p := fresh(t, 50), verify.NewPlaces()
		for n, c := range reorder(r, history(t, all)) {
			changed, err := d.Merge([][]byte{c.Chunk})
			if err != nil {
				t.Fatal(err)
			}
			touched, err := p.Add(c)
			if err != nil {
				t.Fatalf("seed %d, change %d: %v", seed, n, err)
			}
			for _, path := range changed {
				if !slices.ContainsFunc(touched, func(at doc.Path) bool { return path.Has(at) }) {
					t.Fatalf("seed %d, change %d: %v differs, touched is %v\n%s", seed, n, path, touched, mutant.Dump(c))
				}
			}
			if len(touched) > len(c.Ops) {
				t.Fatalf("seed %d, change %d: %d operations touch %v", seed, n, len(c.Ops), touched)
			}
			for i, a := range touched {
				if slices.ContainsFunc(touched[i+1:], func(b doc.Path) bool { return b.Has(a) || a.Has(b) }) {
					t.Fatalf("seed %d, change %d: %v is told twice", seed, n, touched)
				}
				if slices.ContainsFunc(changed, func(path doc.Path) bool { return slices.Equal(path, a) }) {
					exact++
				}
			}
			differences, touches, ops = differences+len(changed), touches+len(touched), ops+len(c.Ops)
		}
	}
	t.Logf("%d operations, %d differences, %d touched paths, %d of them exactly a difference", ops, differences, touches, exact)
	if touches > 2*differences {
		t.Errorf("%d paths are touched for %d differences", touches, differences)
	}
}

func TestTheOrderOfChangesDoesNotMatter(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 15))
		all := replicas(t, seed, 3, 6)
		list := history(t, all)
		pool, at := mutant.PoolOf(list), len(list)-1-r.IntN(3)
		first := placesOf(t, list[:at])
		second := placesOf(t, reorder(r, list[:at]))
		for range 60 {
			d, err := verify.Change(mutant.New(r, list[at], pool))
			if err != nil {
				continue
			}
			a, b := first.Check(d), second.Check(d)
			if (a == nil) != (b == nil) {
				t.Fatalf("seed %d: %v, and in another order %v\n%s", seed, a, b, mutant.Dump(d))
			}
			if a != nil {
				continue
			}
			// What came without knowledge of it makes no difference either.
			third := placesOf(t, past(list[:at], d.Deps))
			if err := third.Check(d); err != nil {
				t.Fatalf("seed %d: %v, when only its past is there\n%s", seed, err, mutant.Dump(d))
			}
		}
	}
}

// past is the part of a history that these changes follow, and themselves.
func past(list []*verify.Decoded, deps [][32]byte) (out []*verify.Decoded) {
	want := map[[32]byte]bool{}
	for _, h := range deps {
		want[h] = true
	}
	for _, d := range slices.Backward(list) {
		if want[d.Hash] {
			out = append(out, d)
			for _, h := range d.Deps {
				want[h] = true
			}
		}
	}
	slices.Reverse(out)
	return out
}

func TestPlacesAreNamed(t *testing.T) {
	d, p := fresh(t, 1), verify.NewPlaces()
	step := func(want string, edits ...doc.Edit) {
		t.Helper()
		c, err := d.Apply(edits, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		touched, err := p.Add(accept(t, c))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, path := range touched {
			got += path.String() + " "
		}
		if got != want {
			t.Errorf("%v touch %q, want %q", edits, got, want)
		}
	}
	step("/cards /list /text ", doc.Put{Path: doc.At("cards"), Value: doc.Map{"a": doc.Map{"at": "1 1", "body": doc.Text("x")}, "b": doc.Map{}}},
		doc.Put{Path: doc.At("list"), Value: doc.List{doc.Map{"in": doc.Text("deep")}, int64(1)}}, doc.Put{Path: doc.At("text"), Value: doc.Text("abc")})
	step("/cards/a/at ", doc.Put{Path: doc.At("cards", "a", "at"), Value: "2 2"})
	step("/cards/a/at /cards/b/at ", doc.Put{Path: doc.At("cards", "a", "at"), Value: "3 3"}, doc.Put{Path: doc.At("cards", "b", "at"), Value: "3 3"})
	step("/cards/a/body /text ", doc.Splice{Path: doc.At("text"), From: 1, Delete: 1, Insert: "long"}, doc.Splice{Path: doc.At("cards", "a", "body"), Insert: "y"})
	step("/list ", doc.Insert{Path: doc.At("list", "1"), Value: int64(2)}, doc.Splice{Path: doc.At("list", "0", "in"), Delete: 2})
	step("/cards/c ", doc.Put{Path: doc.At("cards", "c"), Value: doc.Map{"x": doc.Map{"y": doc.List{}}}}, doc.Insert{Path: doc.At("cards", "c", "x", "y", "0"), Value: nil})
	step("/cards/a ", doc.Put{Path: doc.At("cards", "a", "at"), Value: "4 4"}, doc.Delete{Path: doc.At("cards", "a")})
}

func TestWhatIsGoneIsToldWhereItWas(t *testing.T) {
	a, b := fresh(t, 1), fresh(t, 2)
	first, err := a.Apply([]doc.Edit{doc.Put{Path: doc.At("cards"), Value: doc.Map{"a": doc.Map{"at": "1 1", "in": doc.Map{"text": doc.Text("x")}}}}}, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Merge([][]byte{first.Body}); err != nil {
		t.Fatal(err)
	}
	gone, err := a.Apply([]doc.Edit{doc.Delete{Path: doc.At("cards", "a")}}, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	late, err := b.Apply([]doc.Edit{doc.Splice{Path: doc.At("cards", "a", "in", "text"), Insert: "y"}, doc.Put{Path: doc.At("cards", "a", "at"), Value: "2 2"}}, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	p := verify.NewPlaces()
	for n, c := range []struct {
		change engine.Change
		want   string
	}{{first, "/cards"}, {gone, "/cards/a"}, {late, "/cards/a"}, {late, ""}} {
		touched, err := p.Add(accept(t, c.change))
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.At(c.want); len(touched) > 1 || len(touched) == 1 && touched[0].String() != c.want || len(touched) == 0 && c.want != "" {
			t.Errorf("change %d touches %v, want %v", n, touched, got)
		}
	}
	if hash, err := hex.DecodeString(late.Hash); err != nil || !p.Has([32]byte(hash)) {
		t.Error("a change that was added is not there")
	}
}
