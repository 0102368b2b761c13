package doctest

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"corkboard/doc"
)

// CheckCodec proves that Update always equals Decode, that neither panics on
// strange documents, and that a value once handed out never changes. gen
// makes edits that fit the document as it is now; a third of the time
// RandomEdits are made instead, so that anything may stand anywhere.
func CheckCodec[T any](t *testing.T, c doc.Codec[T], gen func(r *rand.Rand, now *doc.Tree) []doc.Edit) {
	t.Helper()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 11))
		tree := doc.NewTree(nil)
		strange := seed%4 != 0 // every fourth document stays tidy
		value := c.Decode(tree)
		for step := range 40 {
			edits := gen(r, tree)
			if strange && r.IntN(3) == 0 {
				edits = RandomEdits(r, tree.Root())
			}
			was := c.Decode(tree) // a copy of its own to compare value with
			if _, err := tree.Apply(edits); err != nil {
				if strange {
					continue // a plan may meet a document in which it does not fit
				}
				t.Fatalf("seed %d, step %d: the generator's edits do not fit: %v", seed, step, err)
			}
			next := c.Update(value, doc.Touched(edits), tree)
			if want := c.Decode(tree); !reflect.DeepEqual(next, want) {
				t.Fatalf("seed %d, step %d: after %v\nUpdate gives\n%+v\nDecode gives\n%+v\nof %s", seed, step, edits, next, want, Show(tree.Root()))
			}
			if !reflect.DeepEqual(value, was) {
				t.Fatalf("seed %d, step %d: Update changed the value before it\n%+v\nwas\n%+v", seed, step, value, was)
			}
			value = next
		}
	}
}
