package verify_test

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
	"corkboard/internal/racefree"
)

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		panic(err)
	}
	if _, err := w.Write(b); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// packed is a compressed chunk with the right checksum.
func packed(data []byte) []byte { return mutant.Frame(2, mutant.Chunk(1, data)[4:8], deflate(data)) }

// many operations, each made by one.
func many(n int, one func(i int) forgedOp) *forged {
	f := sample()
	f.Ops = nil
	for i := range n {
		f.Ops = append(f.Ops, one(i))
	}
	return f
}

func key(o forgedOp) func(int) forgedOp { return func(int) forgedOp { return o } }

// of gives a change with one column replaced.
func of(f *forged, number uint64, data []byte) []byte {
	f.Columns = func(all []forgedColumn) []forgedColumn {
		all = slices.DeleteFunc(all, func(c forgedColumn) bool { return c.Number == number })
		i := slices.IndexFunc(all, func(c forgedColumn) bool { return c.Number > number })
		if i < 0 {
			i = len(all)
		}
		return slices.Insert(all, i, forgedColumn{Number: number, Data: data})
	}
	return f.Bytes()
}

func run(n int64, value ...byte) []byte { return append(mutant.AppendSigned(nil, n), value...) }

func number(v uint64) []byte { return binary.AppendUvarint(nil, v) }

// preamble is the beginning of a change up to what comes after the message.
func preamble() []byte {
	f := sample()
	b := append(number(0), 16)
	b = append(append(b, f.Actor...), 1, 1, 0, 0)
	return b
}

type bomb struct {
	b    []byte
	kind error
}

// bombs are small changes that would cost much if they were believed.
func bombs() map[string]bomb {
	one := forgedOp{Key: "k", Action: 1}
	nested := many(verify.MaxOps, func(i int) forgedOp {
		o := forgedOp{Key: "k", Obj: ref(uint64(20+i-1), sample().Actor)}
		if i == 0 {
			o.Obj = mutant.Ref{}
		}
		return o
	})
	manyPreds := func(n uint64) []byte { return run(2, number(n)...) }
	return map[string]bomb{
		"zeros deflated":          {mutant.Chunk(2, deflate(make([]byte, 64<<20))), verify.ErrTooLarge},
		"deflated twice":          {mutant.Chunk(2, deflate(deflate(make([]byte, 64<<20)))), verify.ErrMalformed},
		"zeros just small enough": {packed(make([]byte, verify.MaxInflated)), verify.ErrUnknown},
		"noise":                   {mutant.Chunk(1, bytes.Repeat([]byte{0x3f, 0xff, 3}, 300_000)), verify.ErrMalformed},

		"operations by run":         {of(many(1, key(one)), 0x42, run(math.MaxInt64, 1)), verify.ErrTooLarge},
		"operations by many runs":   {of(many(1, key(one)), 0x42, bytes.Repeat(slices.Concat(run(39_000, 1), run(39_000, 3)), 40_000)), verify.ErrTooLarge},
		"one operation too many":    {many(verify.MaxOps+1, key(one)).Bytes(), verify.ErrTooLarge},
		"a literal without end":     {of(many(1, key(one)), 0x42, run(math.MinInt64)), verify.ErrTooLarge},
		"nulls without end":         {of(many(1, key(one)), 0x01, append([]byte{0}, number(math.MaxUint64)...)), verify.ErrTooLarge},
		"flags without end":         {of(many(1, key(one)), 0x34, number(math.MaxUint64)), verify.ErrTooLarge},
		"predecessors by count":     {of(many(2, key(one)), 0x70, manyPreds(math.MaxUint64)), verify.ErrTooLarge},
		"predecessors by run":       {of(many(verify.MaxOps, key(one)), 0x70, run(verify.MaxOps, number(verify.MaxPreds)...)), verify.ErrTooLarge},
		"counters by run":           {of(many(2, key(forgedOp{Key: "k", Action: 1, Preds: preds(ref(1, sample().Actor))})), 0x73, run(verify.MaxPreds, mutant.AppendSigned(nil, math.MaxInt64)...)), verify.ErrTooLarge},
		"counters that overflow":    {overflowing(), verify.ErrTooLarge},
		"a name without end":        {of(many(1, key(one)), 0x15, append(run(-1), number(math.MaxUint64)...)), verify.ErrTooLarge},
		"a name of 4 GiB":           {of(many(1, key(one)), 0x15, append(run(-1), number(1<<32)...)), verify.ErrTooLarge},
		"a value without end":       {of(many(1, key(one)), 0x56, append(run(-1), number(math.MaxUint64)...)), verify.ErrTooLarge},
		"a value of half an EiB":    {of(many(1, key(one)), 0x56, append(run(-1), number(1<<63|6)...)), verify.ErrTooLarge},
		"values by run":             {of(many(verify.MaxOps, key(one)), 0x56, append(run(verify.MaxOps), number((verify.MaxInflated-1)<<4|6)...)), verify.ErrMalformed},
		"one slot over and over":    {many(verify.MaxSame+1, key(one)).Bytes(), verify.ErrTooLarge},
		"nesting":                   {packed(nested.Data()), verify.ErrTooLarge},
		"writers without end":       {mutant.Chunk(1, append(preamble(), number(math.MaxUint64)...)), verify.ErrTooLarge},
		"writers that are not":      {mutant.Chunk(1, append(preamble(), number(verify.MaxActors-1)...)), verify.ErrMalformed},
		"dependencies without end":  {mutant.Chunk(1, number(math.MaxUint64)), verify.ErrTooLarge},
		"dependencies over 64":      {mutant.Chunk(1, append(number(verify.MaxDeps+1), make([]byte, 65*32)...)), verify.ErrTooLarge},
		"dependencies by number":    {mutant.Chunk(1, number(verify.MaxDeps)), verify.ErrMalformed},
		"a message without end":     {mutant.Chunk(1, append(preamble()[:19], number(math.MaxUint64)...)), verify.ErrTooLarge},
		"columns without end":       {mutant.Chunk(1, append(append(preamble(), 0), number(math.MaxUint64)...)), verify.ErrTooLarge},
		"a column's length":         {mutant.Chunk(1, slices.Concat(preamble(), []byte{0, 1, 0x42}, number(math.MaxUint64))), verify.ErrTooLarge},
		"lengths that overflow":     {mutant.Chunk(1, slices.Concat(preamble(), []byte{0, 2, 0x42}, number(1<<63), []byte{0x56}, number(1<<63))), verify.ErrTooLarge},
		"a number of 1 MB":          {mutant.Chunk(1, bytes.Repeat([]byte{0x80}, 1_000_000)), verify.ErrMalformed},
		"a time of 1 MB":            {mutant.Chunk(1, append(preamble()[:19], bytes.Repeat([]byte{0x80}, 1_000_000)...)), verify.ErrMalformed},
		"a chunk's length":          {append([]byte{0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1}, number(math.MaxUint64)...), verify.ErrTooLarge},
		"names over and over":       {of(many(verify.MaxOps, key(one)), 0x15, append(run(verify.MaxOps-1), mutant.AppendText(nil, strings.Repeat("k", verify.MaxKey))...)), verify.ErrMalformed},
		"the most, and one too few": {packed(append(largest().Data(), 0)), verify.ErrMalformed},
	}
}

// overflowing adds up counters beyond any number.
func overflowing() []byte {
	f := many(4, func(int) forgedOp { return forgedOp{Key: "k", Action: 1, Preds: preds(ref(1, sample().Actor))} })
	return of(f, 0x73, bytes.Repeat(run(-4, 0xff, 0xff, 0xff, 0xff, 7, 1, 2, 3), 1))
}

// largest is a change at several limits at once.
func largest() *forged {
	return many(verify.MaxOps, func(i int) forgedOp {
		name := strings.Repeat("k", 380) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
		return forgedOp{Key: name, Action: 1, Kind: 4, Value: []byte{1}, Preds: preds(ref(uint64(1+i%7), sample().Actor), ref(9, sample().Actor))}
	})
}

func TestBombsAreRefusedCheaply(t *testing.T) {
	racefree.Long(t)
	for name, b := range bombs() {
		if len(b.b) > verify.MaxEncoded && name != "noise" {
			t.Errorf("%s: %d bytes, over the limit before anything is read", name, len(b.b))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := verify.Change(b.b)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, b.kind) {
			t.Errorf("%s: got %v, want %v", name, err, b.kind)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
			t.Errorf("%s: allocates %d MiB", name, took>>20)
		}
	}
}

func TestTheLargestChangePasses(t *testing.T) {
	f := largest()
	f.Start = 100_000
	if _, err := verify.Change(packed(f.Data())); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkBombs(b *testing.B) {
	all := bombs()
	all["the most"] = bomb{b: packed(largest().Data())}
	for name, x := range all {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := verify.Change(x.b); err == nil && x.kind != nil {
					b.Fatal("accepted")
				}
			}
		})
	}
}
