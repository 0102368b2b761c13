package chunk

import (
	"fmt"
	"slices"

	"corkboard/record"
)

// Limits of a bundle.
const (
	// MaxBundle is the most bytes that the content of a bundle may have.
	MaxBundle = 64 << 20
	// MaxSuperseded is how many chunks a bundle may supersede.
	MaxSuperseded = 1 << 20

	maxSegments = 1 << 19
	maxRuns     = 1 << 16
)

// Bundle takes the place of many changes of a document: one save of it, and what
// proves who made the changes in it.
type Bundle struct {
	Document   Document
	Segments   []Segment // by device, nonce and number
	Superseded []ID      // chunks that need not be kept beside it, ascending
	Save       []byte    // as an Automerge core saves; nobody has looked into it yet
}

// String tells what is bundled, not what it says.
func (b *Bundle) String() string {
	return fmt.Sprintf("bundle of %v: %d segments, %d bytes", b.Document.ID, len(b.Segments), len(b.Save))
}

// encode writes the content of a bundle. ErrTooLarge if it has too much of
// anything; ErrMalformed if a device has made two changes of one number in it.
func (b *Bundle) encode() ([]byte, error) {
	segments := Join(b.Segments)
	for i := 1; i < len(segments); i++ {
		if !before(&segments[i-1], &segments[i]) {
			return nil, malformed("segments overlap")
		}
	}
	runs, index := runsOf(segments)
	superseded := slices.Clone(b.Superseded)
	slices.SortFunc(superseded, compare)
	superseded = slices.Compact(superseded)
	if len(segments) > maxSegments || len(runs) > maxRuns || len(superseded) > MaxSuperseded || len(b.Save) > MaxBundle {
		return nil, ErrTooLarge
	}
	var w record.Writer
	w.Uint(uint64(len(runs)))
	for _, r := range runs {
		w.Bytes(r.Raw())
	}
	w.Uint(uint64(len(segments)))
	for _, s := range segments {
		w.Uint(index[s.Run.ID()])
		w.Uint(s.First)
		w.Uint(s.Count)
		w.Fixed(s.Prev[:])
		w.Fixed(s.Signature[:])
	}
	w.Uint(uint64(len(superseded)))
	for _, id := range superseded {
		w.Fixed(id[:])
	}
	w.Bytes(b.Save)
	if len(w.B) > MaxBundle {
		return nil, ErrTooLarge
	}
	return w.B, nil
}

// runsOf lists the runs of segments in the order of their first use.
func runsOf(segments []Segment) (runs []*Run, index map[RunID]uint64) {
	index = map[RunID]uint64{}
	for _, s := range segments {
		if _, ok := index[s.Run.ID()]; !ok {
			index[s.Run.ID()] = uint64(len(runs))
			runs = append(runs, s.Run)
		}
	}
	return runs, index
}

// readBundle reads what encode wrote; no signature is verified yet.
func readBundle(content []byte) (*Bundle, error) {
	if len(content) > MaxBundle {
		return nil, ErrTooLarge
	}
	r := record.NewReader(content)
	runs, err := readRuns(r)
	if err != nil {
		return nil, err
	}
	b := &Bundle{}
	used := 0
	for range r.Uint(maxSegments) {
		s, i := readSegment(r, runs)
		if r.Err() != nil {
			break
		}
		switch n := len(b.Segments); {
		case i > used, n > 0 && !before(&b.Segments[n-1], &s):
			r.Fail("runs or segments out of order")
		case i == used:
			used++
		}
		b.Segments = append(b.Segments, s)
	}
	if used < len(runs) {
		r.Fail("run without a segment")
	}
	for range r.Uint(MaxSuperseded) {
		id := ID(r.Hash())
		if n := len(b.Superseded); r.Err() != nil || n > 0 && compare(b.Superseded[n-1], id) >= 0 {
			r.Fail("superseded chunks out of order")
			break
		}
		b.Superseded = append(b.Superseded, id)
	}
	b.Save = r.Bytes(MaxBundle)
	return b, r.Close()
}

func readRuns(r *record.Reader) (runs []*Run, err error) {
	seen := map[RunID]bool{}
	for range r.Uint(maxRuns) {
		run := new(Run)
		if err := readRaw(r.Bytes(maxRecord), run.read); err != nil {
			return nil, fmt.Errorf("run: %w", err)
		}
		if seen[run.ID()] {
			r.Fail("run twice")
		}
		seen[run.ID()] = true
		runs = append(runs, run)
	}
	return runs, r.Err()
}

func readSegment(r *record.Reader, runs []*Run) (Segment, int) {
	i := int(r.Uint(maxRuns))
	if i >= len(runs) {
		r.Fail("segment of no run")
		return Segment{}, 0
	}
	s := Segment{Run: runs[i], First: r.Uint(maxNumber), Count: r.Uint(maxNumber), Prev: r.Hash()}
	copy(s.Signature[:], r.Fixed(len(s.Signature)))
	if s.First == 0 || s.Count == 0 || s.First+s.Count > maxNumber || (s.First == 1) != (s.Prev == ChangeID{}) {
		r.Fail("segment out of range")
	}
	return s, i
}

// before reports whether b comes after a in a bundle and shares nothing with it.
func before(a, b *Segment) bool {
	if c := compareRuns(a.Run, b.Run); c != 0 {
		return c < 0
	}
	return a.First+a.Count <= b.First
}
