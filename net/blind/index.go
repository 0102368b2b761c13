package blind

import (
	"bytes"
	"slices"

	"corkboard/net/docsync"
)

// row is an item in memory; its place is its position in the index, from 1.
type row struct {
	key  docsync.Key
	size uint32
	sort docsync.Sort
}

// index is the items of a namespace in memory, about 50 bytes each.
type index struct {
	rows   []row
	sorted []int32               // positions in rows, ascending by key
	fresh  map[docsync.Key]int32 // positions that are not in sorted yet

	all, records [8]byte // sums of the keys
}

// add appends an item that is not there.
func (x *index) add(r row) {
	if x.fresh == nil {
		x.fresh = map[docsync.Key]int32{}
	}
	x.fresh[r.key] = int32(len(x.rows))
	x.rows = append(x.rows, r)
	for i := range x.all {
		x.all[i] ^= r.key[i]
		if r.sort == docsync.Record {
			x.records[i] ^= r.key[i]
		}
	}
	if len(x.fresh) > 256+len(x.sorted)/8 {
		x.settle()
	}
}

// settle sorts what is fresh in.
func (x *index) settle() {
	if len(x.fresh) == 0 {
		return
	}
	fresh := make([]int32, 0, len(x.fresh))
	for _, at := range x.fresh {
		fresh = append(fresh, at)
	}
	slices.SortFunc(fresh, func(a, b int32) int { return compareKeys(x.rows[a].key, x.rows[b].key) })
	all := make([]int32, 0, len(x.rows))
	old := x.sorted
	for _, at := range fresh {
		n, _ := slices.BinarySearchFunc(old, x.rows[at].key, x.compare)
		all = append(append(all, old[:n]...), at)
		old = old[n:]
	}
	x.sorted, x.fresh = append(all, old...), nil
}

func (x *index) compare(at int32, key docsync.Key) int { return compareKeys(x.rows[at].key, key) }

func compareKeys(a, b docsync.Key) int { return bytes.Compare(a[:], b[:]) }

// find is the position of an item.
func (x *index) find(key docsync.Key) (int, bool) {
	if at, ok := x.fresh[key]; ok {
		return int(at), true
	}
	n, ok := slices.BinarySearchFunc(x.sorted, key, x.compare)
	if !ok {
		return 0, false
	}
	return int(x.sorted[n]), true
}

func (x *index) entry(at int) docsync.Entry {
	r := x.rows[at]
	return docsync.Entry{Place: uint64(at) + 1, Key: r.key, Sort: r.sort, Size: int(r.size)}
}

func (x *index) after(place uint64, most int) []docsync.Entry {
	if place >= uint64(len(x.rows)) || most <= 0 {
		return nil
	}
	n := min(most, len(x.rows)-int(place))
	list := make([]docsync.Entry, n)
	for i := range list {
		list[i] = x.entry(int(place) + i)
	}
	return list
}

// keys is all from lo to hi; a zero hi is the end.
func (x *index) keys(lo, hi docsync.Key, records bool) []docsync.Key {
	x.settle()
	from, _ := slices.BinarySearchFunc(x.sorted, lo, x.compare)
	to := len(x.sorted)
	if hi != (docsync.Key{}) {
		to, _ = slices.BinarySearchFunc(x.sorted, hi, x.compare)
	}
	var list []docsync.Key
	for _, at := range x.sorted[from:max(from, to)] {
		if r := x.rows[at]; !records || r.sort == docsync.Record {
			list = append(list, r.key)
		}
	}
	return list
}
