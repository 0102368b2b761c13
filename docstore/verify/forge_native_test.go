//go:build cgo && (linux || darwin)

package verify_test

import (
	"bytes"
	"testing"

	"corkboard/docstore/verify/mutant"
)

func TestWrittenAnewItIsTheSame(t *testing.T) {
	for seed := range uint64(30) {
		all := replicas(t, seed, 3, 6)
		for _, c := range all {
			if got := mutant.Forge(accept(t, c)).Bytes(); !bytes.Equal(got, c.Body) {
				t.Fatalf("seed %d:\n% x\nwritten anew\n% x", seed, c.Body, got)
			}
		}
	}
}
