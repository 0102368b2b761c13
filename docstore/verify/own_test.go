package verify_test

import (
	"encoding/binary"
	"errors"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
	"corkboard/internal/lean"
	"corkboard/internal/racefree"
)

func TestOwnRefusesWhatIsNoChange(t *testing.T) {
	racefree.Long(t)
	for name, m := range mistakes {
		f := sample()
		m.do(f)
		if _, err := verify.Own(f.Bytes()); !errors.Is(err, m.kind) {
			t.Errorf("%s: got %v, want %v", name, err, m.kind)
		}
	}
	for name, b := range bombs() {
		if d, err := verify.Own(b.b); err != nil && !typed(err) || err == nil && !errors.Is(b.kind, verify.ErrTooLarge) {
			t.Errorf("%s: got %v, %v", name, d != nil, err)
		}
	}
	late := typing(verify.MaxOps + 1)
	late.Start = verify.MaxCounter - verify.MaxOps
	if _, err := verify.Own(late.Bytes()); !errors.Is(err, verify.ErrTooLarge) {
		t.Errorf("counters run out: %v", err)
	}
	end := binary.AppendUvarint(mutant.AppendSigned(nil, 8<<20+1), 1)
	if _, err := verify.Own(of(many(1, key(forgedOp{Key: "k", Action: 1})), 0x42, end)); !errors.Is(err, verify.ErrTooLarge) {
		t.Errorf("9 million operations in a few bytes: %v", err)
	}
}

// FuzzOwn rewrites whatever passes. With the usual limits what Change takes
// stays as it is; with small ones pieces are as an engine would write them.
func FuzzOwn(f *testing.F) {
	seeds(f, (*forged).Data)
	f.Add(kinds().Data())
	f.Add(many(2_000, func(i int) forgedOp { return forgedOp{Key: "k", Action: 1} }).Data())
	f.Fuzz(lean.One(func(t *testing.T, data []byte) {
		_, foreign := verify.Change(mutant.Chunk(1, data))
		d, err := verify.Own(mutant.Chunk(1, data))
		if err != nil {
			if !typed(err) || foreign == nil {
				t.Fatal(foreign, err)
			}
			return
		}
		if len(d.Ops) > 100_000 {
			return // a bomb of the size that our own may have
		}
		pieces, err := d.Rewrite(sameNames(d))
		switch {
		case err != nil && (foreign == nil || !typed(err)), foreign == nil && (len(pieces) != 1 || pieces[0].Hash != d.Hash):
			t.Fatal(foreign, err, len(pieces))
		case err == nil:
			checkPieces(t, d, sameNames(d), pieces)
		}
		n := verify.Names{Actor: other, Seq: 1, Deps: d.Deps}
		pieces, err = verify.RewriteWithin(d, n, verify.Limits{Ops: 3, Same: 2, Preds: 3, Actors: 4, Encoded: 1000 + len(data)/2})
		if err != nil {
			if !errors.Is(err, verify.ErrTooLarge) {
				t.Fatal(err)
			}
			return
		}
		checkPieces(t, d, n, pieces)
	}))
}
