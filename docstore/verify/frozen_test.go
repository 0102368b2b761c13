package verify_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
)

// TestChangesOfAutomerge35 reads a history that three writers made with
// JavaScript's Automerge 3.5.0, one change a line: lists, counters, texts,
// dates, concurrent edits, as it comes out of a saved document.
func TestChangesOfAutomerge35(t *testing.T) {
	lines, err := os.ReadFile("testdata/automerge-3.5.hex")
	if err != nil {
		t.Fatal(err)
	}
	p, ops, touched := verify.NewPlaces(), 0, 0
	for line := range strings.Lines(string(lines)) {
		b, err := hex.DecodeString(strings.TrimSpace(line))
		if err != nil {
			t.Fatal(err)
		}
		d, err := verify.Change(b)
		if err != nil {
			t.Fatalf("%v\n%s", err, line)
		}
		if again := mutant.Forge(d).Bytes(); !bytes.Equal(again, b) {
			t.Errorf("%s\nwritten anew\n%x", line, again)
		}
		paths, err := p.Add(d)
		if err != nil {
			t.Fatalf("%v\n%s", err, line)
		}
		ops, touched = ops+len(d.Ops), touched+len(paths)
	}
	if ops < 500 || touched < 50 {
		t.Errorf("%d operations touch %d paths: that is not the history", ops, touched)
	}
}
