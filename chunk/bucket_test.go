package chunk

import "testing"

func TestSizesAreFewAndWasteLittle(t *testing.T) {
	sizes := Sizes()
	if len(sizes) > 80 || sizes[len(sizes)-1] != MaxChunk {
		t.Errorf("%d sizes up to %d", len(sizes), sizes[len(sizes)-1])
	}
	next := 0
	for n := 1; n <= MaxChunk; n++ {
		size := bucket(n)
		if n > sizes[next] {
			next++
		}
		if size != sizes[next] {
			t.Fatalf("%d bytes: bucket is %d, want %d", n, size, sizes[next])
		}
		if waste := float64(size-n) / float64(n); n > 1024 && waste > 0.12 {
			t.Fatalf("%d bytes: %d of padding, %.1f %%", n, size-n, 100*waste)
		}
	}
}

func TestLimitsFitEachOther(t *testing.T) {
	w := newWorld(t, 1)
	c := w.change(Link{Number: maxNumber - 1, ID: ChangeID{1}}, maxData)
	if b := w.seal(c); len(b) != MaxChunk || len(c.Automerge()) != MaxChange {
		t.Errorf("a change of %d bytes gives a chunk of %d, want %d", len(c.Automerge()), len(b), MaxChunk)
	}
	pieces, err := SignBundle(w.device, w.run, &Bundle{Document: w.doc, Save: make([]byte, 2*PieceSize)})
	if err != nil || len(pieces) != 3 {
		t.Fatalf("%d pieces, %v", len(pieces), err)
	}
	if b := w.seal(pieces[0]); len(b) >= 1<<20 {
		t.Errorf("a full piece makes a chunk of %d bytes", len(b))
	}
}
