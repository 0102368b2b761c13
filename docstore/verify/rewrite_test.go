package verify_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
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
	f := mutant.Forge(d)
	to := func(r mutant.Ref) mutant.Ref {
		if r != (mutant.Ref{}) && n.Actor != nil {
			a := n.Actor(name([]byte(r.Actor)))
			r.Actor = string(a[:])
		}
		return r
	}
	f.Actor = to(ref(1, f.Actor)).Actor
	for i := range f.Ops {
		o := &f.Ops[i]
		o.Obj, o.Elem = to(o.Obj), to(o.Elem)
		for j, p := range o.Preds {
			o.Preds[j] = to(p)
		}
		sortRefs(o.Preds)
	}
	return f
}

// checkPieces holds pieces against the change they were made of. Package
// mutant writes each a second time.
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
		got := mutant.Forge(p)
		if !bytes.Equal(got.Bytes(), p.Chunk) {
			t.Fatalf("piece %d:\n% x\nan engine writes\n% x", k, p.Chunk, got.Bytes())
		}
		if got.Actor != want.Actor || got.Seq != n.Seq+uint64(k) || got.Start != want.Start+uint64(at) || got.Time != d.Time || got.Message != d.Message || !slices.Equal(got.Deps, deps) {
			t.Fatalf("piece %d: %+v", k, got)
		}
		if len(got.Ops) > len(want.Ops)-at || !slices.EqualFunc(got.Ops, want.Ops[at:at+len(got.Ops)], sameOp) {
			t.Fatalf("piece %d has operations\n%v\nof\n%v", k, got.Ops, want.Ops[at:min(len(want.Ops), at+len(got.Ops))])
		}
		at += len(got.Ops)
		deps = [][32]byte{p.Hash}
	}
	if at != len(want.Ops) {
		t.Fatalf("%d of %d operations", at, len(want.Ops))
	}
}

func sameOp(a, b forgedOp) bool {
	return a.Obj == b.Obj && a.Key == b.Key && a.Elem == b.Elem && a.List == b.List && a.Insert == b.Insert &&
		a.Action == b.Action && a.Kind == b.Kind && bytes.Equal(a.Value, b.Value) && slices.Equal(a.Preds, b.Preds)
}

// kinds is a change with every kind of operation and value; four writers.
func kinds() *forged {
	f := sample()
	third := strings.Repeat("\x07", 16)
	text := func(s string) []byte { return []byte(s) }
	for i, v := range []forgedOp{
		{Kind: 0}, {Kind: 1}, {Kind: 2}, {Kind: 3, Value: []byte{0xff, 0x7f}}, {Kind: 4, Value: []byte{0x80, 0x7f}}, {Kind: 5, Value: text("\x00\x00\x00\x00\x00\x00\xf0\x3f")},
		{Kind: 6, Value: text("ä")}, {Kind: 7, Value: text("\xff\x00")}, {Kind: 8, Value: []byte{5}}, {Kind: 9, Value: []byte{0x80, 0x01}},
	} {
		v.Action, v.Key = 1, fmt.Sprint("k", i/2)
		if i%2 == 1 {
			v.Preds = preds(ref(5, third), ref(5, f.Actor), ref(5, you), ref(7, third))
			sortRefs(v.Preds)
		}
		f.Ops = append(f.Ops, v)
	}
	f.Ops = append(f.Ops, forgedOp{Key: "z", Action: 1, Preds: preds(ref(8, strings.Repeat("\x06", 16)))})
	made := f.Start + uint64(len(f.Ops))
	f.Ops = append(f.Ops, forgedOp{Key: "text", Action: 4})
	for i := range 5 {
		o := forgedOp{Obj: ref(made, f.Actor), List: true, Insert: true, Action: 1, Kind: 6, Value: text("x")}
		if i > 0 {
			o.Elem = ref(made+uint64(i), f.Actor)
		}
		f.Ops = append(f.Ops, o)
	}
	return f
}

func sortRefs(list []mutant.Ref) {
	slices.SortFunc(list, func(a, b mutant.Ref) int {
		if a.Counter != b.Counter {
			return int(int64(a.Counter) - int64(b.Counter))
		}
		return strings.Compare(a.Actor, b.Actor)
	})
}

func TestUnderTheSameNamesItIsTheSame(t *testing.T) {
	for name, f := range map[string]*forged{"sample": sample(), "move": move(), "kinds": kinds()} {
		d := own(t, f.Bytes())
		for _, n := range []verify.Names{sameNames(d), {Seq: d.Seq, Deps: d.Deps, Actor: func(a [16]byte) [16]byte { return a }}} {
			pieces, err := d.Rewrite(n)
			if err != nil || len(pieces) != 1 || !bytes.Equal(pieces[0].Chunk, d.Chunk) {
				t.Errorf("%s: %v, %v", name, pieces, err)
			}
		}
	}
}

func TestUnderOtherNamesInPieces(t *testing.T) {
	d := own(t, kinds().Bytes())
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
		if l != (verify.Limits{}) && len(pieces) < 2 {
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
	d := own(t, kinds().Bytes())
	away, err := d.Rewrite(verify.Names{Actor: there, Seq: 8})
	if err != nil || len(away) != 1 || away[0].Hash == d.Hash {
		t.Fatal(away, err)
	}
	home, err := away[0].Rewrite(verify.Names{Actor: func(a name) name { return back[a] }, Seq: d.Seq, Deps: d.Deps})
	if err != nil || len(home) != 1 || !bytes.Equal(home[0].Chunk, d.Chunk) {
		t.Fatal(home, err)
	}
}

// Whoever asks may use their list, and the change, for something else.
func TestRewritingChangesNothing(t *testing.T) {
	d, again := own(t, kinds().Bytes()), own(t, kinds().Bytes())
	deps := [][32]byte{{9}, {3}}
	if _, err := verify.RewriteWithin(d, verify.Names{Actor: other, Seq: 1, Deps: deps}, verify.Limits{Ops: 2}); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(d, again) || deps[0] != [32]byte{9} {
		t.Errorf("changed to %+v, %x", d, deps)
	}
}
