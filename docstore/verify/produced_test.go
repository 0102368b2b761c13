//go:build cgo && (linux || darwin)

package verify_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
	"corkboard/internal/racefree"
)

func fresh(t testing.TB, n int) engine.Doc {
	t.Helper()
	d, err := engine.Native().New(mutant.Actor(n))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// replicas are the changes of people who worked apart and together again.
func replicas(t testing.TB, seed uint64, people, rounds int) []engine.Change {
	t.Helper()
	all, err := mutant.History(engine.Native(), seed, people, rounds)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func accept(t testing.TB, c engine.Change) *verify.Decoded {
	t.Helper()
	d, err := verify.Change(c.Body)
	if err != nil {
		t.Fatalf("a change of our own: %v\n% x", err, c.Body)
	}
	deps := doc.Heads{}
	for _, h := range d.Deps {
		deps = append(deps, hex.EncodeToString(h[:]))
	}
	if hex.EncodeToString(d.Hash[:]) != c.Hash || string(d.Actor[:]) != string(c.Actor) || d.Seq != c.Seq ||
		d.Time != c.UnixMilli || d.Message != c.Label || !slices.Equal(deps, c.Deps) {
		t.Fatalf("read %+v, the engine says %+v", d, c)
	}
	return d
}

func TestWhatTheEngineMakesIsAccepted(t *testing.T) {
	racefree.Long(t)
	for seed := range uint64(60) {
		all := replicas(t, seed, 1+int(seed%4), 8)
		for _, c := range all {
			d := accept(t, c)
			packed, err := verify.Compress(d)
			if err != nil {
				t.Fatal(err)
			}
			again, err := verify.Change(packed)
			if err != nil || again.Hash != d.Hash || string(again.Chunk) != string(c.Body) {
				t.Fatalf("compressed: %v", err)
			}
		}
	}
}

func TestWhatMayBeStoredHereIsNotTooDeepThere(t *testing.T) {
	for _, leaf := range []doc.Value{"bottom", doc.Text("bottom"), doc.Map{}, doc.List{"bottom"}} {
		deep := leaf
		for range doc.MaxNesting + 1 {
			deep = doc.Map{"in": deep}
			if _, err := doc.NewTree(nil).Apply([]doc.Edit{doc.Put{Path: doc.At("deep"), Value: deep}}); err != nil {
				break
			}
			c, err := fresh(t, 1).Apply([]doc.Edit{doc.Put{Path: doc.At("deep"), Value: deep}}, "", 0)
			if err != nil {
				t.Fatal(err)
			}
			accept(t, c)
		}
	}
}

func TestLargeAndOddChangesAreAccepted(t *testing.T) {
	d := fresh(t, 1)
	long := strings.Repeat("日本語 😀 e\u0301 👨‍👩‍👧\x00\n", 600)
	list, cards := doc.List{}, doc.Map{}
	for i := range 1500 {
		list = append(list, []doc.Value{int64(i), float64(i), "x", doc.Counter(i), []byte{1}, nil, i%2 == 0, doc.Map{}}[i%8])
		cards[fmt.Sprint("card-", i)] = doc.Map{"at": "1 2", "size": "3 4", "locked": true, "n": int64(i) << 50}
	}
	deep := doc.Value("bottom")
	for range verify.MaxNesting - 1 {
		deep = doc.Map{"in": deep}
	}
	for _, edits := range [][]doc.Edit{
		{doc.Put{Path: doc.At("text"), Value: doc.Text(long)}},
		{doc.Splice{Path: doc.At("text"), From: 3, Delete: 5000, Insert: "x"}},
		{doc.Put{Path: doc.At("list"), Value: list}},
		{doc.Put{Path: doc.At("cards"), Value: cards}},
		{doc.Put{Path: doc.At("deep"), Value: deep}},
		{doc.Put{Path: doc.At("big"), Value: strings.Repeat("a", 900<<10)}},
		{doc.Put{Path: doc.At("bytes"), Value: make([]byte, 900<<10)}},
		{doc.Put{Path: doc.At(strings.Repeat("k", verify.MaxKey)), Value: nil}},
		{doc.Put{Path: doc.At("cards"), Value: nil}, doc.Delete{Path: doc.At("text")}, doc.Delete{Path: doc.At("list", "7")}},
	} {
		c, err := d.Apply(edits, "a label", 1700000000000)
		if err != nil {
			t.Fatal(err)
		}
		accept(t, c)
	}
}
