//go:build cgo && (linux || darwin)

package verify_test

import (
	"bytes"
	"testing"
)

func TestWrittenAnewItIsTheSame(t *testing.T) {
	for seed := range uint64(30) {
		_, all := replicas(t, seed, 3, 6)
		for _, c := range all {
			if got := forge(accept(t, c)).bytes(); !bytes.Equal(got, c.Body) {
				t.Fatalf("seed %d:\n% x\nwritten anew\n% x", seed, c.Body, got)
			}
		}
	}
}
