package chunk

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var freeze = flag.Bool("freeze", false, "write testdata/vectors.txt anew: this is another format then")

const vectorFile = "testdata/vectors.txt"

// vectors is one of everything, from fixed keys: what goes in, what comes out.
func vectors(t *testing.T) string {
	w := newWorld(t, 1000)
	var link Link
	first, err := SignChange(w.device, w.run, link, w.doc, aMove(t))
	if err != nil {
		t.Fatal(err)
	}
	cited := w.newRun(w.run.Person, w.run.Nonce, draw(w.random), draw(w.random))
	second := w.changeOf(cited, first.Link(), w.doc, []byte("not Automerge, but sealed all the same"))
	twin := w.changeOf(cited, first.Link(), w.doc, []byte("another second change"))
	proof, err := Prove(second, twin)
	if err != nil {
		t.Fatal(err)
	}
	chunks := [][]byte{w.seal(w.genesis), w.seal(w.run), w.seal(cited), w.seal(first), w.seal(second)}
	bundle := &Bundle{Document: w.doc, Segments: []Segment{first.Segment(), second.Segment()}, Save: []byte("a save")}
	for _, c := range chunks[3:] {
		bundle.Superseded = append(bundle.Superseded, Sealed{bytes: c}.ID())
	}
	pieces, err := SignBundle(w.device, w.run, bundle)
	if err != nil {
		t.Fatal(err)
	}
	chunks = append(chunks, w.seal(pieces[0]))
	var file bytes.Buffer
	out, err := NewFileWriter(&file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range chunks {
		if err := out.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.AddPiece([16]byte{1, 2, 3}, 1<<31, []byte("sealed elsewhere")); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	collection, id1, id2, actor := w.ring.Collection(), first.ID(), second.ID(), first.Actor()
	device := w.device.ID()
	var text strings.Builder
	put := func(name string, b []byte) { fmt.Fprintf(&text, "%s %s\n", name, hex.EncodeToString(b)) }
	put("collection", collection[:])
	put("tag_secret", w.secret[:])
	put("epoch_id", w.epoch.ID[:])
	put("epoch_key", w.key[:])
	put("person", w.run.Person[:])
	put("device", device[:])
	put("document", w.doc.ID[:])
	put("actor", actor[:])
	put("change_1_id", id1[:])
	put("change_1", first.Automerge())
	put("change_2_id", id2[:])
	put("change_2", second.Automerge())
	put("save", bundle.Save)
	put("proof", proof.Encode())
	put("file", file.Bytes())
	for _, kind := range []Kind{KindPerson, KindAccess} {
		raw := []byte("a record of kind " + kind.String())
		b, err := SealRecord(w.ring.Collection(), kind, raw)
		if err != nil {
			t.Fatal(err)
		}
		put(fmt.Sprintf("record_%d", kind), raw)
		put(fmt.Sprintf("record_%d_chunk", kind), b)
	}
	return text.String()
}

func TestVectorsAreFrozen(t *testing.T) {
	got := vectors(t)
	if *freeze {
		if err := os.WriteFile(vectorFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("chunks are written in another form than in " + vectorFile)
	}
}
