package blobsync

import "math/bits"

// Bits is a set of numbers from 0: number i is bit i%8, from the lowest, of byte
// i/8. Reading beyond the end finds nothing there.
type Bits []byte

// NewBits is an empty set with room for n numbers.
func NewBits(n int) Bits { return make(Bits, (n+7)/8) }

// AllBits is the set of the numbers below n.
func AllBits(n int) Bits {
	b := NewBits(n)
	for i := range b {
		b[i] = 0xff
	}
	if n%8 != 0 {
		b[len(b)-1] = 1<<(n%8) - 1
	}
	return b
}

// Has says whether i is in the set.
func (b Bits) Has(i int) bool { return i/8 < len(b) && b[i/8]>>(i%8)&1 == 1 }

// Set adds i, for which there must be room.
func (b Bits) Set(i int) { b[i/8] |= 1 << (i % 8) }

// Clear removes i.
func (b Bits) Clear(i int) {
	if i/8 < len(b) {
		b[i/8] &^= 1 << (i % 8)
	}
}

// Count is how many there are.
func (b Bits) Count() int {
	n := 0
	for _, x := range b {
		n += bits.OnesCount8(x)
	}
	return n
}

// common is the smallest number in both sets, -1 if there is none.
func (b Bits) common(other Bits) int {
	for i := range min(len(b), len(other)) {
		if both := b[i] & other[i]; both != 0 {
			return i*8 + bits.TrailingZeros8(both)
		}
	}
	return -1
}

// below is the set without the numbers from n on, and without empty bytes at
// the end: one form for one set.
func (b Bits) below(n int) Bits {
	all := AllBits(n)
	out := make(Bits, min(len(b), len(all)))
	last := 0
	for i := range out {
		if out[i] = b[i] & all[i]; out[i] != 0 {
			last = i + 1
		}
	}
	return out[:last]
}
