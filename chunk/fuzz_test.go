package chunk

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"corkboard/internal/lean"
	"corkboard/record"
)

func FuzzParse(f *testing.F) {
	w := newWorld(f, 90)
	for _, item := range w.items() {
		f.Add(w.seal(item))
	}
	f.Add([]byte{version, uint8(KindChange)})
	f.Add([]byte{version + 1})
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		s, err := Parse(b)
		if err != nil {
			if known(err) != nil || s.bytes != nil {
				t.Fatalf("%v, %v", s, err)
			}
			return
		}
		if !bytes.Equal(s.Bytes(), b) || bucket(len(b)) != len(b) || !s.Kind.known() {
			t.Fatalf("parsed into %v", s)
		}
		if o, err := w.ring.Open(b); err == nil {
			if again, err := w.ring.Seal(w.epoch, o.Item); err != nil || !bytes.Equal(again, b) {
				t.Fatalf("%v was opened and sealed into something else", o.Item)
			}
		} else if known(err) != nil {
			t.Fatal(err)
		}
	}))
}

// What is behind the seal can be as hostile as what is before it: any member
// has the key.
func FuzzOpenInner(f *testing.F) {
	w := newWorld(f, 91)
	for kind, item := range w.items() {
		s, err := Parse(w.seal(item))
		if err != nil {
			f.Fatal(err)
		}
		in := w.ring.r.scope()
		if kind == KindChange || kind == KindPiece {
			in = w.doc.scope()
		}
		plain, err := unseal(w.epoch, in, s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(kind), plain)
	}
	f.Add(uint8(9), []byte{})
	f.Fuzz(lean.Two(func(t *testing.T, kind uint8, plain []byte) {
		item, err := readInner(Kind(kind), plain)
		if err == nil {
			var out record.Writer
			item.write(&out)
			if out.B = append(out.B, make([]byte, len(plain)-len(out.B))...); !bytes.Equal(out.B, plain) {
				t.Fatalf("%v is written as something else", item)
			}
		} else if known(err) != nil {
			t.Fatal(err)
		}
		o := Sealed{Kind: Kind(kind), Tag: w.ring.Tag(), bytes: plain}
		if _, err := w.ring.r.item(o, w.doc, plain); err != nil && known(err) != nil {
			t.Fatal(err)
		}
	}))
}

func FuzzBundle(f *testing.F) {
	h := newHistory(f, 92, 30)
	b := &Bundle{Document: h.w.doc, Segments: h.segments(h.w.random), Superseded: []ID{{1}, {2}}, Save: []byte("save")}
	content, err := b.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte{0, 0, 0, 0})
	f.Fuzz(lean.One(func(t *testing.T, content []byte) {
		b, err := readBundle(content)
		if err != nil {
			if known(err) != nil {
				t.Fatal(err)
			}
			return
		}
		again, err := b.encode()
		if err != nil || !bytes.Equal(again, content) {
			t.Fatalf("%v is written as something else, %v", b, err)
		}
		b.Document = h.w.doc
		v, err := b.Verify(h.save)
		if err != nil && known(err) != nil {
			t.Fatal(err)
		}
		for _, fact := range v.Facts { // nobody else's signature was added
			if fact.Device != h.w.device.ID() {
				t.Fatalf("a fact of %v", fact.Device)
			}
		}
	}))
}

func FuzzProof(f *testing.F) {
	w := newWorld(f, 93)
	p, err := Prove(w.change(Link{}, 10), w.change(Link{}, 11))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(p.Encode())
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		p, err := ParseProof(b)
		if err == nil && !bytes.Equal(p.Encode(), b) || err != nil && known(err) != nil {
			t.Fatalf("%v, %v", p, err)
		}
	}))
}

func FuzzFile(f *testing.F) {
	w := newWorld(f, 94)
	file, _ := aFile(f, w, 3)
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add(append(file[:300:300], file...))
	f.Add(withPieces(f, w, 2))
	f.Add(withPieces(f, w, 2)[:700])
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		r, err := NewFileReader(bytes.NewReader(b), 1<<20)
		for err == nil {
			var s Sealed
			if s, err = r.Next(); err == nil && bucket(len(s.Bytes())) != len(s.Bytes()) {
				t.Fatalf("a chunk of %d bytes", len(s.Bytes()))
			}
		}
		if err != io.EOF && known(err) != nil {
			t.Fatal(err)
		}
		piecesAlike(t, b)
	}))
}

// piecesAlike reads the pieces of a file that can be sought in, and of one that cannot.
func piecesAlike(t *testing.T, b []byte) {
	var all [2][]FilePiece
	for n, in := range []io.Reader{bytes.NewReader(b), struct{ io.Reader }{bytes.NewReader(b)}} {
		r, err := NewFileReader(in, int64(len(b)))
		for err == nil {
			var p FilePiece
			if p, err = r.NextPiece(); err != nil {
				break
			}
			all[n] = append(all[n], p)
			if got, err := p.Read(bytes.NewReader(b)); err != nil && known(err) != nil || len(got) > MaxFilePiece {
				t.Fatalf("%d bytes, %v", len(got), err)
			}
		}
		if err != io.EOF && known(err) != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(all[0], all[1]) {
		t.Fatalf("%d pieces, and %d without seeking", len(all[0]), len(all[1]))
	}
}
