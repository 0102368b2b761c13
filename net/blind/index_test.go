package blind

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"

	"corkboard/net/docsync"
)

func randomKey(r *rand.Rand) (k docsync.Key) {
	for i := 0; i < len(k); i += 8 {
		binary.LittleEndian.PutUint64(k[i:], r.Uint64())
	}
	return k
}

// The index says what a sorted list of all keys says, however many of them are
// fresh.
func TestTheIndexSaysWhatAPlainListSays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var x index
	var all []row
	for n := range 3000 {
		item := row{key: randomKey(r), size: r.Uint32N(1 << 20), sort: docsync.Record + docsync.Sort(r.IntN(2))}
		if _, ok := x.find(item.key); ok {
			t.Fatal("an item is there before it came")
		}
		x.add(item)
		all = append(all, item)
		if n%97 != 0 {
			continue
		}
		lo, hi := randomKey(r), randomKey(r)
		if n%2 == 0 {
			hi = docsync.Key{}
		}
		records := n%3 == 0
		var want []docsync.Key
		for _, i := range all {
			if compareKeys(i.key, lo) >= 0 && (hi == docsync.Key{} || compareKeys(i.key, hi) < 0) && (!records || i.sort == docsync.Record) {
				want = append(want, i.key)
			}
		}
		slices.SortFunc(want, compareKeys)
		if got := x.keys(lo, hi, records); !slices.Equal(got, want) {
			t.Fatalf("%d items: %d keys of the range, want %d", n+1, len(got), len(want))
		}
	}
	var sum, records [8]byte
	for at, item := range all {
		for i := range sum {
			sum[i] ^= item.key[i]
			if item.sort == docsync.Record {
				records[i] ^= item.key[i]
			}
		}
		got, ok := x.find(item.key)
		if !ok || got != at || x.entry(at) != (docsync.Entry{Place: uint64(at) + 1, Key: item.key, Sort: item.sort, Size: int(item.size)}) {
			t.Fatalf("item %d: found at %d, %v", at, got, ok)
		}
	}
	if x.all != sum || x.records != records {
		t.Errorf("sums %x and %x, want %x and %x", x.all, x.records, sum, records)
	}
	for _, c := range []struct{ place, most, want int }{{0, 10, 10}, {2990, 20, 10}, {3000, 5, 0}, {1 << 40, 5, 0}, {0, 0, 0}} {
		got := x.after(uint64(c.place), c.most)
		if len(got) != c.want || len(got) > 0 && got[0].Place != uint64(c.place)+1 {
			t.Errorf("after %d, %d at most: %d entries", c.place, c.most, len(got))
		}
	}
}
