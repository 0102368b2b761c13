//go:build cgo && (linux || darwin)

package verify_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
	"corkboard/internal/racefree"
)

// box is compiled once for all tests.
var box = sync.OnceValue(func() *engine.Sandbox { return engine.Sandboxed(engine.Options{}) })

// migrated is a history under other names. fewest is how many operations a
// piece may have, 0 for the usual. Every piece must be what Change reads and
// fit where it comes.
func migrated(t testing.TB, all []engine.Change, rename func(name) name, fewest int) (out []*verify.Decoded) {
	t.Helper()
	last, written := map[[32]byte][32]byte{}, map[name]uint64{}
	places := verify.NewPlaces()
	for _, c := range all {
		d := own(t, c.Body)
		n := verify.Names{Actor: rename, Seq: written[d.Actor] + 1}
		for _, h := range d.Deps {
			n.Deps = append(n.Deps, last[h])
		}
		pieces, err := verify.RewriteWithin(d, n, verify.Limits{Ops: fewest})
		if err != nil {
			t.Fatal(err)
		}
		checkPieces(t, d, n, pieces)
		for _, p := range pieces {
			if _, err := places.Add(p); err != nil {
				t.Fatal(err)
			}
		}
		written[d.Actor] += uint64(len(pieces))
		last[d.Hash] = pieces[len(pieces)-1].Hash
		out = append(out, pieces...)
	}
	return out
}

func chunksOf(list []*verify.Decoded) (out [][]byte) {
	for _, d := range list {
		out = append(out, d.Chunk)
	}
	return out
}

func bodies(list []engine.Change) (out [][]byte) {
	for _, c := range list {
		out = append(out, c.Body)
	}
	return out
}

// load is the state that an engine makes of changes, which it must all take,
// and keep when it saves them.
func load(t testing.TB, e engine.Engine, chunks [][]byte) doc.Map {
	t.Helper()
	d, err := e.Load(nil, chunks, mutant.Actor(999))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	tree, err := d.Tree()
	if err != nil {
		t.Fatal(err)
	}
	if changes, err := d.Changes(); err != nil || len(changes) != len(chunks) {
		t.Fatalf("%d changes of %d, %v", len(changes), len(chunks), err)
	}
	again, err := e.Load(d.Save(), nil, mutant.Actor(998))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if !slices.Equal(again.Heads(), d.Heads()) {
		t.Fatalf("saved %v, loaded %v", d.Heads(), again.Heads())
	}
	return tree
}

func equal(t testing.TB, got, want doc.Map) {
	t.Helper()
	if !doc.Equal(got, want) {
		a, b := doctest.Show(got), doctest.Show(want)
		t.Fatalf("got\n%.2000s\nwant\n%.2000s", a, b)
	}
}

// inOrder gives the writers of a history new names that are ordered alike.
func inOrder(all []engine.Change) func(name) name {
	var was, is []name
	for _, c := range all {
		if a := name(c.Actor); !slices.Contains(was, a) {
			was, is = append(was, a), append(is, other(a))
		}
	}
	compare := func(a, b name) int { return bytes.Compare(a[:], b[:]) }
	slices.SortFunc(was, compare)
	slices.SortFunc(is, compare)
	return func(a name) name { return is[slices.Index(was, a)] }
}

func tree(t testing.TB, d engine.Doc) doc.Map {
	t.Helper()
	m, err := d.Tree()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// turns is a history in which one writer comes after the other, as that of a
// device which starts anew each time; the state after it.
func turns(t testing.TB, seed uint64) (all []engine.Change, now doc.Map) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 12))
	now = doc.Map{}
	for n := range 2 + r.IntN(6) {
		d, err := engine.Native().Load(nil, bodies(all), mutant.Actor(100+n))
		if err != nil {
			t.Fatal(err)
		}
		made, err := mutant.Grow(d, r, 1+r.IntN(8))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, made...)
		now = tree(t, d)
		d.Close()
	}
	return all, now
}

func TestWhatTheEngineMadeStaysAsItIs(t *testing.T) {
	for seed := range uint64(60) {
		all := replicas(t, seed, 1+int(seed%4), 8)
		for _, c := range all {
			d := own(t, c.Body)
			got, err := d.Rewrite(sameNames(d))
			if err != nil || len(got) != 1 || !bytes.Equal(got[0].Chunk, c.Body) {
				t.Fatalf("seed %d: %v\n% x", seed, err, c.Body)
			}
		}
		if seed < 10 {
			equal(t, load(t, engine.Native(), chunksOf(migrated(t, all, nil, 0))), load(t, engine.Native(), bodies(all)))
		}
	}
}

// Histories with branches, under names in the same order.
func TestRenamedBranchesMakeTheSameDocument(t *testing.T) {
	racefree.Long(t)
	for seed := range uint64(40) {
		docs, all, err := mutant.Replicas(engine.Native(), seed, 2+int(seed%3), 6)
		if err != nil {
			t.Fatal(err)
		}
		want := tree(t, docs[0])
		for _, d := range docs {
			d.Close()
		}
		for _, fewest := range []int{0, 3, 1} {
			pieces := migrated(t, all, inOrder(all), fewest)
			if fewest == 0 && len(pieces) != len(all) || fewest > 0 && len(pieces) <= len(all) {
				t.Fatalf("%d pieces of %d changes", len(pieces), len(all))
			}
			chunks := chunksOf(pieces)
			equal(t, load(t, engine.Native(), chunks), want)
			if seed < 12 {
				equal(t, load(t, box(), chunks), want)
			}
		}
	}
}

// Histories in a line, under any names.
func TestRenamedLinesMakeTheSameDocument(t *testing.T) {
	for seed := range uint64(40) {
		all, want := turns(t, seed)
		for _, fewest := range []int{0, 3} {
			chunks := chunksOf(migrated(t, all, other, fewest))
			if fewest == 0 && len(chunks) != len(all) {
				t.Fatalf("%d pieces of %d changes", len(chunks), len(all))
			}
			equal(t, load(t, engine.Native(), chunks), want)
			if seed < 12 {
				equal(t, load(t, box(), chunks), want)
			}
		}
	}
}

// Branches under names in another order show other values where they
// conflict, but the same ones everywhere; and the way back leads home.
func TestRenamedBranchesComeBack(t *testing.T) {
	for seed := range uint64(20) {
		all := replicas(t, seed, 3, 6)
		back := map[name]name{}
		for _, c := range all {
			back[other(name(c.Actor))] = name(c.Actor)
		}
		away := migrated(t, all, other, 0)
		if seed < 8 {
			equal(t, load(t, box(), chunksOf(away)), load(t, engine.Native(), chunksOf(away)))
		}
		var list []engine.Change
		for _, d := range away {
			list = append(list, engine.Change{Actor: d.Actor[:], Body: d.Chunk})
		}
		for i, d := range migrated(t, list, func(a name) name { return back[a] }, 0) {
			if hex.EncodeToString(d.Hash[:]) != all[i].Hash {
				t.Fatalf("seed %d: change %d comes back as another", seed, i)
			}
		}
	}
}

// pasted makes a history around one change of many operations.
func pasted(t testing.TB, e engine.Engine, big ...doc.Edit) (all []engine.Change, now doc.Map) {
	t.Helper()
	d, err := e.New(mutant.Actor(1))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, edits := range [][]doc.Edit{
		{doc.Put{Path: doc.At("text"), Value: doc.Text("before and after")}, doc.Put{Path: doc.At("count"), Value: doc.Counter(1)}, doc.Put{Path: doc.At("list"), Value: doc.List{}}},
		big,
		{doc.Splice{Path: doc.At("text"), From: 3, Delete: 4, Insert: "ö"}, doc.Put{Path: doc.At("count"), Value: doc.Counter(7)}},
	} {
		c, err := d.Apply(edits, "paste", 1700000000000)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all, tree(t, d)
}

// long is a text of n runes of one to four bytes.
func long(n int) string {
	const some = "Füße 日本 😀 and plain words,\n"
	count := len([]rune(some))
	return strings.Repeat(some, n/count) + strings.Repeat("x", n%count)
}

func TestWhatIsPastedComesInPieces(t *testing.T) {
	racefree.Long(t)
	var adds, sets []doc.Edit
	for i := range 2500 {
		adds = append(adds, doc.Increment{Path: doc.At("count"), By: int64(i)})
		sets = append(sets, doc.Put{Path: doc.At("slot"), Value: int64(i)})
	}
	cards := doc.Map{}
	for i := range 6000 {
		cards[fmt.Sprint("card-", i)] = doc.Map{"at": "1 2", "size": "3 4", "locked": i%2 == 0, "n": []byte{byte(i)}, "f": float64(i)}
	}
	images := doc.List{}
	for i := range 5 {
		images = append(images, bytes.Repeat([]byte{byte(i)}, 700<<10))
	}
	for what, c := range map[string]struct {
		edits  []doc.Edit
		pieces int
	}{
		"put":     {[]doc.Edit{doc.Put{Path: doc.At("new"), Value: doc.Text(long(100_000))}}, 6},
		"splice":  {[]doc.Edit{doc.Splice{Path: doc.At("text"), From: 6, Delete: 2, Insert: long(100_000)}}, 6},
		"both":    {[]doc.Edit{doc.Splice{Path: doc.At("text"), From: 6, Insert: long(50_000)}, doc.Splice{Path: doc.At("text"), From: 7, Delete: 49_000}}, 5},
		"adding":  {adds, 3},
		"setting": {sets, 3},
		"cards":   {[]doc.Edit{doc.Put{Path: doc.At("cards"), Value: cards}}, 2},
		"images":  {[]doc.Edit{doc.Insert{Path: doc.At("list", "0"), Value: images}}, 5},
	} {
		all, want := pasted(t, engine.Native(), c.edits...)
		if _, err := verify.Change(all[1].Body); err == nil {
			t.Errorf("%s: is within the limits", what)
		}
		pieces := migrated(t, all, other, verify.MaxOps)
		if len(pieces) != len(all)-1+c.pieces {
			t.Errorf("%s: %d changes are %d pieces", what, len(all), len(pieces))
		}
		equal(t, load(t, engine.Native(), chunksOf(pieces)), want)
		equal(t, load(t, box(), chunksOf(pieces)), want)
	}
}

func TestWhatTheSandboxPastedComesInPieces(t *testing.T) {
	all, want := pasted(t, box(), doc.Put{Path: doc.At("new"), Value: doc.Text(long(100_000))}, doc.Splice{Path: doc.At("text"), From: 6, Delete: 2, Insert: long(30_000)})
	pieces := migrated(t, all, nil, 0)
	if len(pieces) != 9 {
		t.Errorf("%d pieces", len(pieces))
	}
	equal(t, load(t, engine.Native(), chunksOf(pieces)), want)
	equal(t, load(t, box(), chunksOf(pieces)), want)
}

func TestAMillionRunesComeInPieces(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	all, want := pasted(t, engine.Native(), doc.Put{Path: doc.At("new"), Value: doc.Text(long(500_000))}, doc.Splice{Path: doc.At("text"), From: 6, Insert: long(500_000)})
	pieces := migrated(t, all, other, 0)
	if len(pieces) != 2+51 { // one operation makes the text
		t.Errorf("%d pieces", len(pieces))
	}
	equal(t, load(t, engine.Native(), chunksOf(pieces)), want)
	equal(t, load(t, box(), chunksOf(pieces)), want)
}
