package engine_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

func actor(i int) []byte {
	h := sha256.Sum256(fmt.Append(nil, "differ", i))
	return h[:16]
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// edit makes a random change; nil if it left no trace.
func edit(t testing.TB, d engine.Doc, r *rand.Rand) []byte {
	t.Helper()
	c, err := d.Apply(doctest.RandomEdits(r, must(d.Tree())(t)), "edit", 5)
	if err != nil && !errors.Is(err, engine.ErrNothing) {
		t.Fatal(err)
	}
	return c.Body
}
