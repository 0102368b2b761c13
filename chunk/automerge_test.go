package chunk

import (
	"bytes"
	"compress/flate"
	"encoding/hex"
	"errors"
	"testing"
)

// The hash that the core itself gave for testdata/move.hex.
const moveHash = "1961a38d3e74225d5b3aaefcce223c41f09953f7dd012ebb0156acf4b5f601eb"

func TestAChangeOfACore(t *testing.T) {
	w := newWorld(t, 60)
	in := aMove(t)
	c, err := SignChange(w.device, w.run, Link{}, w.doc, in)
	if err != nil {
		t.Fatal(err)
	}
	got := w.open(w.seal(c)).Item.(*Change)
	if !bytes.Equal(got.Automerge(), in) || hex.EncodeToString(got.Hash[:]) != moveHash {
		t.Errorf("got %x, hash %x", got.Automerge(), got.Hash)
	}
}

func compressed(t *testing.T, plain []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	f, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	b := automergeBytes(packed.Bytes())
	b[8] = automergeCompressed
	hash := hashOf(plain)
	copy(b[4:8], hash[:4])
	return b
}

func TestACompressedChangeTravelsPlain(t *testing.T) {
	w := newWorld(t, 61)
	data := bytes.Repeat([]byte("again and again "), 400)
	c, err := SignChange(w.device, w.run, Link{}, w.doc, compressed(t, data))
	if err != nil || !bytes.Equal(c.Automerge(), automergeBytes(data)) {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsNoChangeIsNotSigned(t *testing.T) {
	w := newWorld(t, 62)
	in := aMove(t)
	for bit := range 8 * len(in) {
		if bit == 8*8+1 || bit/8 == 9 { // another type; a length that may say more in another form
			continue
		}
		if _, err := SignChange(w.device, w.run, Link{}, w.doc, flip(in, bit)); !errors.Is(err, ErrMalformed) {
			t.Fatalf("bit %d: %v", bit, err)
		}
	}
	document := bytes.Clone(in)
	document[8] = 0
	for name, c := range map[string]struct {
		in   []byte
		want error
	}{
		"nothing":      {nil, ErrMalformed},
		"a document":   {document, ErrMalformed},
		"cut short":    {in[:50], ErrMalformed},
		"two":          {append(bytes.Clone(in), in...), ErrMalformed},
		"too large":    {automergeBytes(make([]byte, maxData+1)), ErrTooLarge},
		"a bomb":       {compressed(t, make([]byte, 20<<20)), ErrTooLarge},
		"not deflated": {append(bytes.Clone(in[:8]), 2, 1, 0xff), ErrMalformed},
	} {
		if _, err := SignChange(w.device, w.run, Link{}, w.doc, c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	for _, after := range []Link{{1, ChangeID{}}, {0, ChangeID{1}}, {maxNumber, ChangeID{1}}} {
		if _, err := SignChange(w.device, w.run, after, w.doc, in); !errors.Is(err, ErrMalformed) {
			t.Errorf("after %v: %v", after, err)
		}
	}
}
