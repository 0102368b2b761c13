package verify_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
	"corkboard/internal/lean"
)

func seeds(f *testing.F, form func(*forged) []byte) {
	for _, m := range mistakes {
		x := sample()
		m.do(x)
		f.Add(form(x))
	}
	f.Add(form(sample()))
	f.Add(form(move()))
}

// typed reports whether an error is one that callers know.
func typed(err error) bool {
	return slices.ContainsFunc([]error{verify.ErrMalformed, verify.ErrTooLarge, verify.ErrUnknown}, func(kind error) bool { return errors.Is(err, kind) })
}

// FuzzChange throws anything at the decoder.
func FuzzChange(f *testing.F) {
	seeds(f, (*forged).Bytes)
	seeds(f, func(x *forged) []byte { return packed(x.Data()) })
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		d, err := verify.Change(b)
		if err != nil {
			if d != nil || !typed(err) {
				t.Fatalf("got %v, %v", d, err)
			}
			return
		}
		small, err := verify.Compress(d)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := verify.Change(small); err != nil || again.Hash != d.Hash || !bytes.Equal(again.Chunk, d.Chunk) {
			t.Fatalf("compressed: %v", err)
		}
	}))
}

// FuzzRewrite gives the content of a chunk the right checksum. Whatever is
// accepted must be what an engine would write for the same operations, byte
// for byte; and it fits an empty document only if it speaks of nothing else.
func FuzzRewrite(f *testing.F) {
	seeds(f, (*forged).Data)
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		d, err := verify.Change(mutant.Chunk(1, data))
		if err != nil {
			if !typed(err) {
				t.Fatal(err)
			}
			return
		}
		if again := mutant.Forge(d).Data(); !bytes.Equal(again, data) {
			t.Fatalf("accepted\n% x\nwritten anew\n% x", data, again)
		}
		p := verify.NewPlaces()
		if touched, err := p.Add(d); err == nil && (len(touched) == 0 || len(d.Deps) > 0 || d.Seq != 1 || d.StartOp != 1 || len(d.Actors) != 1) {
			t.Fatalf("fits nothing: touches %v\n%+v", touched, d)
		}
	}))
}
