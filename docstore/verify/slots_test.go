//go:build cgo && (linux || darwin)

package verify_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"corkboard/doc"
	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
)

func TestSlotsTellWhatComesAndGoes(t *testing.T) {
	comes, goes, told := 0, 0, 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 15))
		d, p := fresh(t, 51), verify.NewPlaces()
		for n, c := range reorder(r, history(t, replicas(t, seed, 1+int(seed%4), 10))) {
			before, err := d.Tree()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.Merge([][]byte{c.Chunk}); err != nil {
				t.Fatal(err)
			}
			after, err := d.Tree()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Add(c); err != nil {
				t.Fatalf("seed %d, change %d: %v", seed, n, err)
			}
			for _, at := range append([]doc.Path{nil}, maps(before, after)...) {
				was, is := mapAt(before, at), mapAt(after, at)
				s := p.Slots(c, at, "")
				told += len(s.Put) + len(s.Gone)
				for k := range is {
					if _, had := was[k]; !had {
						comes++
						if !slices.Contains(s.Put, k) {
							t.Fatalf("seed %d, change %d: %q comes into %v, told is %+v\n%s", seed, n, k, at, s, mutant.Dump(c))
						}
					}
				}
				for k := range was {
					if _, has := is[k]; !has && !s.Anew {
						goes++
						if !slices.Contains(s.Gone, k) {
							t.Fatalf("seed %d, change %d: %q leaves %v, told is %+v\n%s", seed, n, k, at, s, mutant.Dump(c))
						}
					}
				}
			}
		}
	}
	t.Logf("%d come, %d go, %d told", comes, goes, told)
	if comes < 100 || goes < 20 {
		t.Errorf("only %d come and %d go", comes, goes)
	}
}

// maps is the maps at the top that both states have in the same place.
func maps(before, after doc.Map) (out []doc.Path) {
	for k, v := range before {
		_, was := v.(doc.Map)
		_, is := after[k].(doc.Map)
		if was && is {
			out = append(out, doc.At(k))
		}
	}
	return out
}

func mapAt(root doc.Map, at doc.Path) doc.Map {
	v, _ := doc.NewTree(root).Value(at)
	m, _ := v.(doc.Map)
	return m
}
