package verify_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
)

// typing is n characters typed one after the other.
func typing(n int) *forged {
	f := many(n, func(i int) forgedOp {
		o := forgedOp{Obj: ref(7, me), List: true, Insert: true, Action: 1, Kind: 6, Value: []byte{'a' + byte(i%26)}, Elem: ref(uint64(100_000+i-1), me)}
		if i == 0 {
			o.Elem = mutant.Ref{}
		}
		return o
	})
	f.Start = 100_000
	return f
}

// wide are changes over one of the limits, and in how many pieces they come.
func wide() map[string]struct {
	f      *forged
	pieces int
} {
	large := func(n, size int) *forged {
		return many(n, func(i int) forgedOp {
			return forgedOp{Key: fmt.Sprint("k", i), Action: 1, Kind: 7, Value: bytes.Repeat([]byte{byte(i)}, size)}
		})
	}
	crowd := many(verify.MaxSame*3, func(i int) forgedOp { return forgedOp{Key: "k", Action: 1} })
	over := make([]mutant.Ref, verify.MaxOps)
	for i := range over {
		over[i] = ref(uint64(i+1), me)
	}
	wiping := many(5, func(i int) forgedOp { return forgedOp{Key: fmt.Sprint(i), Action: 1, Preds: over} })
	wiping.Start = 100_000
	writers := many(verify.MaxOps+2, func(i int) forgedOp {
		return forgedOp{Key: fmt.Sprint(i), Action: 1, Preds: preds(ref(5, you), ref(6, fmt.Sprintf("%016d", i/2)), ref(7, fmt.Sprintf("%016d", 1_000_000+i)))}
	})
	return map[string]struct {
		f      *forged
		pieces int
	}{
		"operations":      {typing(2*verify.MaxOps + 1), 3},
		"bytes":           {large(3, 900<<10), 3},
		"bytes in all":    {large(1024, 2<<10), 3},
		"more than wire":  {large(10, 1<<20-300), 10},
		"one slot":        {crowd, 3},
		"predecessors":    {wiping, 3},
		"writers":         {writers, 0},
		"the most at all": {typing(verify.MaxOps), 1},
		"one more":        {typing(verify.MaxOps + 1), 2},
		"almost too long": {large(1, verify.MaxEncoded-300), 1},
		"long but within": {many(5_000, func(i int) forgedOp { return forgedOp{Key: fmt.Sprintf("%0190d", i), Action: 1} }), 1},
	}
}

func TestWhatIsTooLargeComesInPieces(t *testing.T) {
	for name, c := range wide() {
		b := c.f.Bytes()
		if _, err := verify.Change(b); errors.Is(err, verify.ErrTooLarge) == (c.pieces == 1) {
			t.Errorf("%s: Change says %v", name, err)
		}
		d := own(t, b)
		n := verify.Names{Actor: other, Seq: 5, Deps: [][32]byte{{8}}}
		pieces, err := d.Rewrite(n)
		if err != nil || c.pieces > 0 && len(pieces) != c.pieces || len(pieces) > 60 {
			t.Fatalf("%s: %d pieces, %v", name, len(pieces), err)
		}
		checkPieces(t, d, n, pieces)
	}
}

func TestWhatNoPieceCanHold(t *testing.T) {
	huge := sample()
	huge.Ops[0].Value = bytes.Repeat([]byte("a"), verify.MaxEncoded)
	over := make([]mutant.Ref, verify.MaxPreds+1)
	for i := range over {
		over[i] = ref(uint64(i+1), me)
	}
	wiping := many(1, key(forgedOp{Key: "k", Action: 1, Preds: over}))
	wiping.Start = 100_000
	late := typing(verify.MaxOps + 2)
	late.Start = verify.MaxCounter - 2*verify.MaxOps + 1
	for i := range late.Ops {
		late.Ops[i].Elem = mutant.Ref{}
	}
	for name, f := range map[string]*forged{"a value": huge, "a value's predecessors": wiping, "counters": late} {
		if got, err := own(t, f.Bytes()).Rewrite(verify.Names{Seq: 1}); !errors.Is(err, verify.ErrTooLarge) || got != nil {
			t.Errorf("%s: got %v, want ErrTooLarge", name, err)
		}
	}
	d := own(t, kinds().Bytes())
	for name, c := range map[string]struct {
		n    verify.Names
		kind error
	}{
		"number 0":                {verify.Names{}, verify.ErrMalformed},
		"numbers run out":         {verify.Names{Seq: verify.MaxCounter + 1}, verify.ErrTooLarge},
		"a dependency twice":      {verify.Names{Seq: 1, Deps: [][32]byte{{1}, {2}, {1}}}, verify.ErrMalformed},
		"dependencies":            {verify.Names{Seq: 1, Deps: make([][32]byte, verify.MaxDeps+1)}, verify.ErrTooLarge},
		"one name for all":        {verify.Names{Seq: 1, Actor: func(name) name { return name{} }}, verify.ErrMalformed},
		"the first one's for all": {verify.Names{Seq: 1, Actor: func(name) name { return d.Actor }}, verify.ErrMalformed},
	} {
		if got, err := d.Rewrite(c.n); !errors.Is(err, c.kind) || got != nil {
			t.Errorf("%s: got %v, want %v", name, err, c.kind)
		}
	}
	apart := many(2, func(i int) forgedOp {
		return forgedOp{Key: "k", Action: 1, Preds: preds(ref(1, []string{you, strings.Repeat("\x07", 16)}[i]))}
	})
	one := func(a name) name {
		if string(a[:]) == me {
			return a
		}
		return name{1}
	}
	if got, err := verify.RewriteWithin(own(t, apart.Bytes()), verify.Names{Seq: 1, Actor: one}, verify.Limits{Ops: 1}); !errors.Is(err, verify.ErrMalformed) || got != nil {
		t.Errorf("one name in two pieces: got %v", err)
	}
	if got, err := verify.RewriteWithin(d, verify.Names{Seq: verify.MaxCounter - 1}, verify.Limits{Ops: 1}); !errors.Is(err, verify.ErrTooLarge) || got != nil {
		t.Errorf("numbers run out later: got %v", err)
	}
}

// What is counted before it is written is never too little: else a piece would
// be refused that could have been cut smaller.
func TestPiecesAreAsLongAsWasReckoned(t *testing.T) {
	some := [][]byte{nil, {1}, bytes.Repeat([]byte("v"), 70), bytes.Repeat([]byte("w"), 200)}
	for name, one := range map[string]func(i int) forgedOp{
		"writers": func(i int) forgedOp {
			o := forgedOp{Key: "k", Action: 1}
			for j := range 6 {
				o.Preds = append(o.Preds, ref(uint64(1+j), fmt.Sprintf("%016d", 6*i+j)))
			}
			return o
		},
		"values": func(i int) forgedOp {
			return forgedOp{Key: strings.Repeat("k", 1+i*i%90), Action: 1, Kind: 7, Value: some[i%4]}
		},
		"slots and elements": func(i int) forgedOp {
			if i%3 > 0 {
				return forgedOp{Key: fmt.Sprint(i), Action: 1, Preds: preds(ref(uint64(1+i*7919%90_000), me))}
			}
			return forgedOp{Obj: ref(7, you), List: true, Action: 3, Elem: ref(uint64(10+i*7919%90_000), me), Preds: preds(ref(uint64(10+i*7919%90_000), me))}
		},
	} {
		f := many(300, one)
		f.Start = 100_000
		d := own(t, f.Bytes())
		for most := 600; most < 4000; most += 171 {
			pieces, err := verify.RewriteWithin(d, sameNames(d), verify.Limits{Encoded: most})
			if err != nil || len(pieces) < 2 {
				t.Fatalf("%s, %d bytes: %d pieces, %v", name, most, len(pieces), err)
			}
			checkPieces(t, d, sameNames(d), pieces)
			for _, p := range pieces {
				if len(p.Chunk) > most {
					t.Errorf("%s: %d bytes, more than %d", name, len(p.Chunk), most)
				}
			}
		}
	}
}

func TestTheLargestValue(t *testing.T) {
	holds := func(size int) ([]*verify.Decoded, error) {
		d := own(t, many(1, key(forgedOp{Key: "k", Action: 1, Kind: 7, Value: make([]byte, size)})).Bytes())
		return d.Rewrite(sameNames(d))
	}
	size := verify.MaxEncoded - 300
	p, err := holds(size)
	if err != nil {
		t.Fatal(err)
	}
	size += verify.MaxEncoded - len(p[0].Chunk)
	if p, err := holds(size); err != nil || len(p[0].Chunk) != verify.MaxEncoded {
		t.Errorf("%d bytes: %v", size, err)
	}
	if p, err := holds(size + 1); !errors.Is(err, verify.ErrTooLarge) || p != nil {
		t.Errorf("%d bytes: got %v, want ErrTooLarge", size+1, err)
	}
}

func BenchmarkRewrite(b *testing.B) {
	wipe := many(1_000_000, func(i int) forgedOp {
		return forgedOp{Obj: ref(7, me), List: true, Action: 3, Elem: ref(uint64(10+i), me), Preds: preds(ref(uint64(10+i), me))}
	})
	wipe.Start = 2_000_000
	for name, f := range map[string]*forged{"Move": move(), "Typed20000": typing(verify.MaxOps), "Typed1000000": typing(1_000_000), "Deleted1000000": wipe} {
		c := f.Bytes()
		b.Run(name+"/Own", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				own(b, c)
			}
		})
		d := own(b, c)
		b.Run(name+"/Rewrite", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Rewrite(verify.Names{Actor: other, Seq: 1}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
