package sound

import (
	"fmt"
	"math"
)

// The limits of the codebooks in a head of Vorbis. Encoders that are in use stay below a tenth.
const (
	maxBookEntries = 1 << 14 // of one book
	maxAllEntries  = 1 << 16
	maxBookValues  = 1 << 20 // numbers in all books
)

// checkBooks walks the codebooks at the beginning of the setup head (Vorbis I
// specification, 3.2.1) as the decoder will, and takes nothing but time. ErrBroken for
// books that are not well formed: a code that is not complete, or of no dimension, would
// be read for ever. ErrTooLarge for those beyond the limits.
func checkBooks(head []byte) error {
	r := &bits{b: head}
	entries, values := 0, 0
	for range r.read(8) + 1 {
		n, dims, err := r.book()
		if err != nil {
			return err
		}
		entries, values = entries+n, values+n*dims
		if entries > maxAllEntries || values > maxBookValues {
			return fmt.Errorf("codebooks of %d entries, %d numbers: %w", entries, values, ErrTooLarge)
		}
	}
	return nil
}

// book passes over one codebook.
func (r *bits) book() (entries, dims int, err error) {
	if r.read(24) != 0x564342 {
		return 0, 0, fmt.Errorf("no codebook: %w", ErrBroken)
	}
	dims, entries = r.read(16), r.read(24)
	if dims == 0 || entries == 0 || r.over {
		return 0, 0, fmt.Errorf("codebook of %d entries, %d dimensions: %w", entries, dims, ErrBroken)
	}
	if entries > maxBookEntries || entries*dims > maxBookValues {
		return 0, 0, fmt.Errorf("codebook of %d entries, %d dimensions: %w", entries, dims, ErrTooLarge)
	}
	if err := r.lengths(entries); err != nil {
		return 0, 0, err
	}
	switch kind := r.read(4); kind {
	case 0:
		return entries, 0, nil
	case 1, 2:
		r.skip(64)
		width, n := r.read(4)+1, entries*dims
		r.skip(1)
		if kind == 1 {
			n = int(math.Floor(math.Pow(float64(entries), 1/float64(dims))))
		}
		r.skip(n * width)
	default:
		return 0, 0, fmt.Errorf("lookup %d: %w", kind, ErrBroken)
	}
	if r.over {
		return 0, 0, fmt.Errorf("codebook is cut: %w", ErrBroken)
	}
	return entries, dims, nil
}

// lengths passes over the lengths of the code words, which must be all the leaves of a
// binary tree, or a single one of length 1.
func (r *bits) lengths(entries int) error {
	var leaves uint64 // in units of 2⁻³²
	used, last := 0, 0
	put := func(n, length int) {
		used, last = used+n, length
		leaves += uint64(n) << (32 - length)
	}
	if r.read(1) == 1 {
		length := r.read(5) + 1
		for at := 0; at < entries; length++ {
			width := 0
			for n := entries - at; n > 0; n >>= 1 {
				width++
			}
			n := r.read(width)
			if r.over || length > 32 || n > entries-at {
				return fmt.Errorf("lengths of a code: %w", ErrBroken)
			}
			put(n, length)
			at += n
		}
	} else {
		sparse := r.read(1) == 1
		for range entries {
			if !sparse || r.read(1) == 1 {
				put(1, r.read(5)+1)
			}
		}
	}
	if r.over || leaves != 1<<32 && (used != 1 || last != 1) {
		return fmt.Errorf("a code with gaps: %w", ErrBroken)
	}
	return nil
}

// bits reads numbers of some bits, lowest first.
type bits struct {
	b    []byte
	at   int // in bits
	over bool
}

// read gives the next n bits, at most 32; 0 beyond the end.
func (r *bits) read(n int) (v int) {
	if r.at+n > 8*len(r.b) {
		r.over = true
		return 0
	}
	for i := range n {
		v |= int(r.b[r.at/8]>>(r.at%8)&1) << i
		r.at++
	}
	return v
}

func (r *bits) skip(n int) {
	r.over = r.over || r.at+n > 8*len(r.b)
	r.at = min(r.at+n, 8*len(r.b))
}
