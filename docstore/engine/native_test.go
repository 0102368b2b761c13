//go:build cgo && (linux || darwin)

package engine_test

import (
	"strconv"
	"testing"

	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/engine/enginetest"
)

func TestNative(t *testing.T) { enginetest.Run(t, engine.Native()) }

func BenchmarkMoveCard(b *testing.B) {
	d, err := engine.Native().New(make([]byte, 16))
	if err != nil {
		b.Fatal(err)
	}
	var edits []doc.Edit
	edits = append(edits, doc.Put{Path: doc.At("cards"), Value: doc.Map{}})
	for i := range 2000 {
		edits = append(edits, doc.Put{Path: doc.At("cards", strconv.Itoa(i)), Value: doc.Map{"at": "0 0", "size": "10 10"}})
	}
	if _, err := d.Apply(edits, "", 0); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		if _, err := d.Apply([]doc.Edit{doc.Put{Path: doc.At("cards", strconv.Itoa(n%2000), "at"), Value: strconv.Itoa(n) + " 0"}}, "move", 0); err != nil {
			b.Fatal(err)
		}
	}
}
