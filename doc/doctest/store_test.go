package doctest_test

import (
	"math/rand/v2"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

func TestStore(t *testing.T) {
	doctest.Run(t, func(*testing.T) (doc.Store, func() doc.Store) {
		s := doctest.NewStore()
		return s, func() doc.Store { s = s.Reopen(); return s }
	})
}

func TestRawIsACodec(t *testing.T) {
	doctest.CheckCodec(t, doctest.Raw{}, func(r *rand.Rand, now *doc.Tree) []doc.Edit {
		return doctest.RandomEdits(r, now.Root())
	})
}
