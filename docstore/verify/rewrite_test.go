package verify_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"corkboard/docstore/verify"
)

type name = [verify.ActorSize]byte

// other gives a writer another name, in no order.
func other(a name) name {
	h := sha256.Sum256(append([]byte("other"), a[:]...))
	return name(h[:])
}

func own(t testing.TB, b []byte) *verify.Decoded {
	t.Helper()
	d, err := verify.Own(b)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sameNames are those that a change has.
func sameNames(d *verify.Decoded) verify.Names { return verify.Names{Seq: d.Seq, Deps: d.Deps} }

// renamed is a change as it must be under other names, with its operations one
// after the other.
func renamed(d *verify.Decoded, n verify.Names) *forged {
	f := forge(d)
	to := func(r ref) ref {
		if r != (ref{}) && n.Actor != nil {
			a := n.Actor(name([]byte(r.actor)))
			r.actor = string(a[:])
		}
		return r
	}
	f.actor = to(ref{1, f.actor}).actor
	for i := range f.ops {
		o := &f.ops[i]
		o.obj, o.elem = to(o.obj), to(o.elem)
		for j, p := range o.preds {
			o.preds[j] = to(p)
		}
		sortRefs(o.preds)
	}
	return f
}

// checkPieces holds pieces against the change they were made of. The forge
// writes each a second time.
func checkPieces(t testing.TB, d *verify.Decoded, n verify.Names, pieces []*verify.Decoded) {
	t.Helper()
	want, at := renamed(d, n), 0
	deps := slices.Clone(n.Deps)
	slices.SortFunc(deps, func(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) })
	for k, p := range pieces {
		if len(p.Chunk) > verify.MaxEncoded {
			t.Fatalf("piece %d has %d bytes", k, len(p.Chunk))
		}
		again, err := verify.Change(p.Chunk)
		if err != nil {
			t.Fatalf("piece %d: %v", k, err)
		}
		if !reflect.DeepEqual(again, p) {
			t.Fatalf("piece %d is not what Change reads", k)
		}
		got := forge(p)
		if !bytes.Equal(got.bytes(), p.Chunk) {
			t.Fatalf("piece %d:\n% x\nan engine writes\n% x", k, p.Chunk, got.bytes())
		}
		if got.actor != want.actor || got.seq != n.Seq+uint64(k) || got.start != want.start+uint64(at) || got.time != d.Time || got.message != d.Message || !slices.Equal(got.deps, deps) {
			t.Fatalf("piece %d: %+v", k, got)
		}
		if len(got.ops) > len(want.ops)-at || !slices.EqualFunc(got.ops, want.ops[at:at+len(got.ops)], sameOp) {
			t.Fatalf("piece %d has operations\n%v\nof\n%v", k, got.ops, want.ops[at:min(len(want.ops), at+len(got.ops))])
		}
		at += len(got.ops)
		deps = [][32]byte{p.Hash}
	}
	if at != len(want.ops) {
		t.Fatalf("%d of %d operations", at, len(want.ops))
	}
}

func sameOp(a, b forgedOp) bool {
	return a.obj == b.obj && a.key == b.key && a.elem == b.elem && a.list == b.list && a.insert == b.insert &&
		a.action == b.action && a.kind == b.kind && bytes.Equal(a.value, b.value) && slices.Equal(a.preds, b.preds)
}

// kinds is a change with every kind of operation and value; three writers.
func kinds() *forged {
	f := sample()
	third := strings.Repeat("\x07", 16)
	text := func(s string) []byte { return []byte(s) }
	for i, v := range []forgedOp{
		{kind: 0}, {kind: 1}, {kind: 2}, {kind: 3, value: []byte{0xff, 0x7f}}, {kind: 4, value: []byte{0x80, 0x7f}}, {kind: 5, value: text("\x00\x00\x00\x00\x00\x00\xf0\x3f")},
		{kind: 6, value: text("ä")}, {kind: 7, value: text("\xff\x00")}, {kind: 8, value: []byte{5}}, {kind: 9, value: []byte{0x80, 0x01}},
	} {
		v.action, v.key = 1, fmt.Sprint("k", i/2)
		if i%2 == 1 {
			v.preds = []ref{{5, third}, {5, f.actor}, {5, you}, {7, third}}
			sortRefs(v.preds)
		}
		f.ops = append(f.ops, v)
	}
	made := f.start + uint64(len(f.ops))
	f.ops = append(f.ops, forgedOp{key: "text", action: 4})
	for i := range 5 {
		o := forgedOp{obj: ref{made, f.actor}, list: true, insert: true, action: 1, kind: 6, value: text("x")}
		if i > 0 {
			o.elem = ref{made + uint64(i), f.actor}
		}
		f.ops = append(f.ops, o)
	}
	return f
}

func sortRefs(list []ref) {
	slices.SortFunc(list, func(a, b ref) int {
		if a.counter != b.counter {
			return int(int64(a.counter) - int64(b.counter))
		}
		return strings.Compare(a.actor, b.actor)
	})
}

func TestUnderTheSameNamesItIsTheSame(t *testing.T) {
	for name, f := range map[string]*forged{"sample": sample(), "move": move(), "kinds": kinds()} {
		d := own(t, f.bytes())
		for _, n := range []verify.Names{sameNames(d), {Seq: d.Seq, Deps: d.Deps, Actor: func(a [16]byte) [16]byte { return a }}} {
			pieces, err := d.Rewrite(n)
			if err != nil || len(pieces) != 1 || !bytes.Equal(pieces[0].Chunk, d.Chunk) {
				t.Errorf("%s: %v, %v", name, pieces, err)
			}
		}
	}
}

func TestUnderOtherNamesInPieces(t *testing.T) {
	d := own(t, kinds().bytes())
	n := verify.Names{Actor: other, Seq: 70, Deps: [][32]byte{{9}, {3}, {5}}}
	for _, l := range []verify.Limits{
		{}, {Ops: 1}, {Ops: 2}, {Ops: 3}, {Ops: 7}, {Preds: 4}, {Preds: 5}, {Preds: 9}, {Same: 1}, {Actors: 2}, {Actors: 3},
		{Encoded: 400}, {Encoded: 440}, {Ops: 5, Preds: 6, Same: 1, Actors: 3, Encoded: 430},
	} {
		pieces, err := verify.RewriteWithin(d, n, l)
		if l.Actors == 2 { // a single operation speaks of three
			if !errors.Is(err, verify.ErrTooLarge) {
				t.Errorf("%+v: got %v, want ErrTooLarge", l, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%+v: %v", l, err)
		}
		if l != (verify.Limits{}) && l != (verify.Limits{Actors: 3}) && len(pieces) < 2 {
			t.Errorf("%+v: in one piece", l)
		}
		checkPieces(t, d, n, pieces)
		for k, p := range pieces {
			if l.Ops > 0 && (len(p.Ops) > l.Ops || k < len(pieces)-1 && l == (verify.Limits{Ops: l.Ops}) && len(p.Ops) < l.Ops) || l.Encoded > 0 && len(p.Chunk) > l.Encoded {
				t.Errorf("%+v: a piece of %d operations, %d bytes", l, len(p.Ops), len(p.Chunk))
			}
		}
	}
}

// There and back again is the same change, byte for byte.
func TestNamesThereAndBack(t *testing.T) {
	back := map[name]name{}
	there := func(a name) name {
		back[other(a)] = a
		return other(a)
	}
	d := own(t, kinds().bytes())
	away, err := d.Rewrite(verify.Names{Actor: there, Seq: 8})
	if err != nil || len(away) != 1 || away[0].Hash == d.Hash {
		t.Fatal(away, err)
	}
	home, err := away[0].Rewrite(verify.Names{Actor: func(a name) name { return back[a] }, Seq: d.Seq, Deps: d.Deps})
	if err != nil || len(home) != 1 || !bytes.Equal(home[0].Chunk, d.Chunk) {
		t.Fatal(home, err)
	}
}

// typing is n characters typed one after the other.
func typing(n int) *forged {
	f := many(n, func(i int) forgedOp {
		o := forgedOp{obj: ref{7, me}, list: true, insert: true, action: 1, kind: 6, value: []byte{'a' + byte(i%26)}, elem: ref{uint64(100_000 + i - 1), me}}
		if i == 0 {
			o.elem = ref{}
		}
		return o
	})
	f.start = 100_000
	return f
}

// wide are changes over one of the limits, and in how many pieces they come.
func wide() map[string]struct {
	f      *forged
	pieces int
} {
	large := func(n, size int) *forged {
		return many(n, func(i int) forgedOp {
			return forgedOp{key: fmt.Sprint("k", i), action: 1, kind: 7, value: bytes.Repeat([]byte{byte(i)}, size)}
		})
	}
	crowd := many(verify.MaxSame*3, func(i int) forgedOp { return forgedOp{key: "k", action: 1} })
	over := make([]ref, verify.MaxOps)
	for i := range over {
		over[i] = ref{uint64(i + 1), me}
	}
	preds := many(5, func(i int) forgedOp { return forgedOp{key: fmt.Sprint(i), action: 1, preds: over} })
	preds.start = 100_000
	writers := many(verify.MaxOps+2, func(i int) forgedOp {
		return forgedOp{key: fmt.Sprint(i), action: 1, preds: []ref{{5, you}, {6, fmt.Sprintf("%016d", i/2)}, {7, fmt.Sprintf("%016d", 1_000_000+i)}}}
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
		"predecessors":    {preds, 3},
		"writers":         {writers, 0},
		"the most at all": {typing(verify.MaxOps), 1},
		"one more":        {typing(verify.MaxOps + 1), 2},
		"almost too long": {large(1, verify.MaxEncoded-300), 1},
		"long but within": {many(5_000, func(i int) forgedOp { return forgedOp{key: fmt.Sprintf("%0190d", i), action: 1} }), 1},
	}
}

func TestWhatIsTooLargeComesInPieces(t *testing.T) {
	for name, c := range wide() {
		b := c.f.bytes()
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
	huge.ops[0].value = bytes.Repeat([]byte("a"), verify.MaxEncoded)
	over := make([]ref, verify.MaxPreds+1)
	for i := range over {
		over[i] = ref{uint64(i + 1), me}
	}
	preds := many(1, key(forgedOp{key: "k", action: 1, preds: over}))
	preds.start = 100_000
	late := typing(verify.MaxOps + 2)
	late.start = verify.MaxCounter - 2*verify.MaxOps + 1
	for i := range late.ops {
		late.ops[i].elem = ref{}
	}
	for name, f := range map[string]*forged{"a value": huge, "a value's predecessors": preds, "counters": late} {
		if got, err := own(t, f.bytes()).Rewrite(verify.Names{Seq: 1}); !errors.Is(err, verify.ErrTooLarge) || got != nil {
			t.Errorf("%s: got %v, want ErrTooLarge", name, err)
		}
	}
	d := own(t, kinds().bytes())
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
	if got, err := verify.RewriteWithin(d, verify.Names{Seq: verify.MaxCounter - 1}, verify.Limits{Ops: 1}); !errors.Is(err, verify.ErrTooLarge) || got != nil {
		t.Errorf("numbers run out later: got %v", err)
	}
}

// Whoever asks may use their list, and the change, for something else.
func TestRewritingChangesNothing(t *testing.T) {
	d, again := own(t, kinds().bytes()), own(t, kinds().bytes())
	deps := [][32]byte{{9}, {3}}
	if _, err := verify.RewriteWithin(d, verify.Names{Actor: other, Seq: 1, Deps: deps}, verify.Limits{Ops: 2}); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(d, again) || deps[0] != [32]byte{9} {
		t.Errorf("changed to %+v, %x", d, deps)
	}
}

func TestOwnRefusesWhatIsNoChange(t *testing.T) {
	for name, m := range mistakes {
		f := sample()
		m.do(f)
		if _, err := verify.Own(f.bytes()); !errors.Is(err, m.kind) {
			t.Errorf("%s: got %v, want %v", name, err, m.kind)
		}
	}
	for name, b := range bombs() {
		if d, err := verify.Own(b.b); err != nil && !typed(err) || err == nil && !errors.Is(b.kind, verify.ErrTooLarge) {
			t.Errorf("%s: got %v, %v", name, d != nil, err)
		}
	}
	end := binary.AppendUvarint(appendSigned(nil, 8<<20+1), 1)
	if _, err := verify.Own(of(many(1, key(forgedOp{key: "k", action: 1})), 0x42, end)); !errors.Is(err, verify.ErrTooLarge) {
		t.Errorf("9 million operations in a few bytes: %v", err)
	}
}

// FuzzOwn rewrites whatever passes. With the usual limits what Change takes
// stays as it is; with small ones pieces are as an engine would write them.
func FuzzOwn(f *testing.F) {
	seeds(f, (*forged).data)
	f.Add(kinds().data())
	f.Add(many(2_000, func(i int) forgedOp { return forgedOp{key: "k", action: 1} }).data())
	f.Fuzz(func(t *testing.T, data []byte) {
		_, foreign := verify.Change(chunk(1, data))
		d, err := verify.Own(chunk(1, data))
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
	})
}

func BenchmarkRewrite(b *testing.B) {
	wipe := many(1_000_000, func(i int) forgedOp {
		return forgedOp{obj: ref{7, me}, list: true, action: 3, elem: ref{uint64(10 + i), me}, preds: []ref{{uint64(10 + i), me}}}
	})
	wipe.start = 2_000_000
	for name, f := range map[string]*forged{"Move": move(), "Typed20000": typing(verify.MaxOps), "Typed1000000": typing(1_000_000), "Deleted1000000": wipe} {
		c := f.bytes()
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
