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

// kinds is a change with every kind of operation and value; four writers.
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
	f.ops = append(f.ops, forgedOp{key: "z", action: 1, preds: []ref{{8, strings.Repeat("\x06", 16)}}})
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
