package docsync

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"

	"corkboard/record"
)

const (
	fanOut   = 32 // children of a range: 5 bits of a key
	maxDepth = 12 // of a range: 60 bits
	leaf     = 64 // keys of a range that are sent, not their hashes
	brief    = 8  // bytes of a key or a hash that tell it from others
	fewItems = 256
)

// A node is a range of keys: those that begin with the same bits, five for each
// level.
type node struct {
	depth uint8
	lo    Key // the smallest
}

// hi is the first key after the range; zero: it goes on to the end.
func (n node) hi() (k Key) {
	k = n.lo
	if n.depth == 0 {
		return Key{}
	}
	addBits(&k, 1, n.depth)
	return k
}

func (n node) child(i int) node {
	c := node{n.depth + 1, n.lo}
	addBits(&c.lo, uint64(i), c.depth)
	return c
}

// addBits adds v to the first bits of a key, taken as a number. Levels are at
// most maxDepth, so that all lies in its first 8 bytes.
func addBits(k *Key, v uint64, depth uint8) {
	shift := 64 - 5*uint(depth)
	binary.BigEndian.PutUint64(k[:8], binary.BigEndian.Uint64(k[:8])+v<<shift)
}

// within says whether a key lies in the range.
func (n node) within(k Key) bool {
	shift := 64 - 5*uint(n.depth)
	return binary.BigEndian.Uint64(k[:8])>>shift == binary.BigEndian.Uint64(n.lo[:8])>>shift
}

func (n node) write(w *record.Writer) {
	w.Uint8(n.depth)
	w.Fixed(n.lo[:(5*int(n.depth)+7)/8])
}

func readNode(r *record.Reader) (n node) {
	if n.depth = r.Uint8(); n.depth >= maxDepth {
		r.Fail("range too small")
		return node{}
	}
	copy(n.lo[:], r.Fixed((5*int(n.depth)+7)/8))
	shift := 64 - 5*uint(n.depth)
	if v := binary.BigEndian.Uint64(n.lo[:8]); v != v>>shift<<shift {
		r.Fail("bits after a range")
	}
	return n
}

// A rangeHash is the beginning of SHA-256 over the keys of a range, ascending. Whoever
// makes two ranges with the same one hides what they have made themselves, and no more.
type rangeHash [brief]byte

type hashes [fanOut]rangeHash

func (h *hashes) write(w *record.Writer) {
	for i := range h {
		w.Fixed(h[i][:])
	}
}

func readHashes(r *record.Reader) *hashes {
	var h hashes
	for i := range h {
		copy(h[i][:], r.Fixed(len(h[i])))
	}
	return &h
}

func (c *collection) keys(n node) []Key { return c.idx.Keys(n.lo, n.hi(), c.mode == Records) }

// hashes is the hash of each child.
func (c *collection) hashes(n node) *hashes {
	var all hashes
	for i := range all {
		h := sha256.New()
		for _, k := range c.keys(n.child(i)) {
			h.Write(k[:])
		}
		copy(all[i][:], h.Sum(nil))
	}
	return &all
}

// A briefKey is the beginning of a key.
type briefKey [brief]byte

func briefOf(k Key) briefKey { return briefKey(k[:brief]) }

// entries is the items of these keys.
func (c *collection) entries(keys []Key) []Entry {
	var list []Entry
	for _, k := range keys {
		if e, here := c.idx.Find(k); here {
			list = append(list, e)
		}
	}
	return list
}

func writeBriefs(w *record.Writer, keys []Key) {
	w.Uint(uint64(len(keys)))
	for _, k := range keys {
		w.Fixed(k[:brief])
	}
}

// readBriefs reads the keys of a range, ascending. Two may begin alike.
func readBriefs(r *record.Reader, n node) []briefKey {
	count := r.Uint(leaf)
	list := make([]briefKey, 0, min(int(count), r.Len()/brief))
	for range count {
		var k Key
		copy(k[:brief], r.Fixed(brief))
		b := briefOf(k)
		if !n.within(k) || len(list) > 0 && bytes.Compare(list[len(list)-1][:], b[:]) > 0 {
			r.Fail("keys out of order")
		}
		if r.Err() != nil {
			return nil
		}
		list = append(list, b)
	}
	return list
}

func writeEntries(w *record.Writer, list []Entry) {
	w.Uint(uint64(len(list)))
	for _, e := range list {
		writeEntry(w, e)
	}
}

// readEntries reads entries of a range, ascending.
func readEntries(r *record.Reader, n node, most int) []Entry {
	count := r.Uint(uint64(most))
	list := make([]Entry, 0, min(int(count), r.Len()/34))
	for range count {
		e := readEntry(r)
		if !n.within(e.Key) || len(list) > 0 && !less(list[len(list)-1].Key, e.Key) {
			r.Fail("keys out of order")
		}
		if r.Err() != nil {
			return nil
		}
		list = append(list, e)
	}
	return list
}

func less(a, b Key) bool { return string(a[:]) < string(b[:]) }
