package doc_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corkboard/doc"
)

func TestBetweenAlwaysHasRoom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	keys := []string{doc.Between("", "")}
	for range 5000 {
		i := r.IntN(len(keys) + 1)
		if r.IntN(3) == 0 {
			i = r.IntN(2) * len(keys) // often at the very ends
		}
		var a, b string
		if i > 0 {
			a = keys[i-1]
		}
		if i < len(keys) {
			b = keys[i]
		}
		k := doc.Between(a, b)
		if k <= a || b != "" && k >= b {
			t.Fatalf("between %q and %q comes %q", a, b, k)
		}
		keys = slices.Insert(keys, i, k)
	}
	if !slices.IsSorted(keys) {
		t.Fatal("keys are not sorted")
	}
}

func TestBetweenBearsForeignKeys(t *testing.T) {
	for _, c := range [][2]string{{"b", "a"}, {"a", "a"}, {"é", "ü"}, {"~~", ""}, {"a\x00", "a"}, {"", "0"}, {"", "00"}, {"a", "a0"}} {
		if k := doc.Between(c[0], c[1]); k == "" || len(k) > len(c[0])+8 {
			t.Errorf("between %q and %q comes %q", c[0], c[1], k)
		}
	}
}

func TestAfterCountsUp(t *testing.T) {
	for _, start := range []string{"", "V", "zzzx", "zzzz", "zzzzzzV"} {
		keys := doc.After(start, 300)
		if len(keys) != 300 || keys[0] <= start || !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != 300 {
			t.Fatalf("after %q: %v", start, keys[:5])
		}
		if start == "" && len(keys[299]) > 4 {
			t.Fatalf("keys grow: %q", keys[299])
		}
		for i := 1; i < len(keys); i++ {
			if k := doc.Between(keys[i-1], keys[i]); k <= keys[i-1] || k >= keys[i] {
				t.Fatalf("no room between %q and %q: %q", keys[i-1], keys[i], k)
			}
		}
	}
}

func TestIDs(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for zeros := range 33 {
		var b [32]byte
		for i := zeros; i < 32; i++ {
			b[i] = byte(1 + r.IntN(255))
		}
		id := doc.NewID(b)
		if got, err := doc.ParseID(string(id)); err != nil || got != id {
			t.Fatalf("%d zeros: %q is read as %q, %v", zeros, id, got, err)
		}
		if zeros > 0 {
			if _, err := doc.ParseID("1" + string(id)); !errors.Is(err, doc.ErrBadID) {
				t.Fatalf("a byte too many: %v", err)
			}
		}
	}
	var full [32]byte
	for i := range full {
		full[i] = 255
	}
	top := string(doc.NewID(full))
	for _, bad := range []string{"", "1", top[12:], top + "1", "z" + top[1:], strings.Replace(top, top[3:4], "0", 1), strings.Replace(top, top[3:4], "é", 1)} {
		if id, err := doc.ParseID(bad); !errors.Is(err, doc.ErrBadID) {
			t.Errorf("%q is read as %q", bad, id)
		}
	}
}
