package docsync

import (
	"errors"
	"fmt"

	"corkboard/chunk"
	"corkboard/record"
)

const (
	// MaxItem is the length of the longest item, in bytes.
	MaxItem = chunk.MaxChunk
	// MaxFrame is the length of the longest frame, in bytes.
	MaxFrame = MaxItem + 64

	version  = 2
	maxPlace = 1 << 62
	maxIDs   = 1024 // entries of one IDS, keys of one WANT
)

// Errors of Receive. After any of them the connection is of no use.
var (
	// ErrMalformed says that a frame is not what this protocol says.
	ErrMalformed = errors.New("malformed sync frame")
	// ErrLiar says that an item is not what it was said to be.
	ErrLiar = errors.New("item is not what it was said to be")
	// ErrFlood says that the other side asks for more at a time than it may.
	ErrFlood = errors.New("asked for more at a time than is allowed")
)

type kind uint8

const (
	have    kind = 1 + iota // what I hold
	seen                    // what I have of yours, and what of mine needs no listing
	since                   // list what came after
	ids                     // a list
	want                    // send these
	item                    // one that was wanted
	missing                 // one that was wanted and is not here
	push                    // one that is new
	ranges                  // compare these ranges
	answer                  // how they compare
)

// begin writes what all frames begin with: version, kind, tag, and what counts.
func begin(k kind, c *collection, r Rights) *record.Writer {
	w := &record.Writer{B: make([]byte, 0, 64)}
	w.Uint8(version)
	w.Uint8(uint8(k))
	w.Fixed(c.tag[:])
	w.Uint8(uint8(r))
	return w
}

func writeEntry(w *record.Writer, e Entry) {
	w.Fixed(e.Key[:])
	w.Uint8(uint8(e.Sort))
	w.Uint(uint64(e.Size))
}

func readEntry(r *record.Reader) Entry {
	e := Entry{Key: r.Hash(), Sort: readSort(r), Size: int(r.Uint(MaxItem))}
	if e.Size == 0 {
		r.Fail("an item of no bytes")
	}
	return e
}

func readSort(r *record.Reader) Sort {
	s := Sort(r.Uint8())
	if s != Record && s != Content {
		r.Fail("no such sort")
	}
	return s
}

// malformed is the end of reading a frame.
func malformed(r *record.Reader) error {
	if err := r.Close(); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return nil
}

// A span says of a counting that what came after one place, up to and including
// another, is listed with it, or known to be there already.
type span struct{ after, through uint64 }

func (s span) write(w *record.Writer) {
	w.Uint(s.after)
	w.Uint(s.through - s.after)
}

func readSpan(r *record.Reader) span {
	after := r.Uint(maxPlace)
	return span{after, after + r.Uint(maxPlace-after)}
}
