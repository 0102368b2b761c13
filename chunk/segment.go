package chunk

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"corkboard/identity"
)

// Segment stands for several changes of one document that follow each other
// directly in a run's chain and cite the same access heads. The signature of
// the last is over the id of the one before it, and so over all of them. What
// the changes say is in the document save; with their hashes from there, the
// ids of all follow.
type Segment struct {
	Run       *Run
	First     uint64   // number of the first change
	Count     uint64   // at least 1
	Prev      ChangeID // what the first one follows
	Signature [identity.SignatureSize]byte
	last      ChangeID // known of a verified segment
}

// Segment is the change as a segment of its own.
func (c *Change) Segment() Segment {
	return Segment{Run: c.Run, First: c.Number, Count: 1, Prev: c.Prev, Signature: c.signature, last: c.ID()}
}

// Join sorts verified segments of one document and makes one of those that
// follow each other. Doubles and what is a part of another segment are left out.
func Join(segments []Segment) []Segment {
	list := slices.Clone(segments)
	slices.SortFunc(list, func(a, b Segment) int {
		return cmp.Or(compareRuns(a.Run, b.Run), cmp.Compare(a.First, b.First), cmp.Compare(b.Count, a.Count))
	})
	out := list[:0]
	for _, s := range list {
		if n := len(out); n > 0 && compareRuns(out[n-1].Run, s.Run) == 0 {
			last := &out[n-1]
			end := last.First + last.Count
			if s.First+s.Count <= end {
				continue
			}
			if s.First == end && s.Prev == last.last && last.Run.ID() == s.Run.ID() {
				last.Count, last.Signature, last.last = last.Count+s.Count, s.Signature, s.last
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

// compareRuns orders runs by device and nonce, whatever they cite.
func compareRuns(a, b *Run) int {
	return cmp.Or(compare(a.Device, b.Device), bytes.Compare(a.Nonce[:], b.Nonce[:]))
}

// follow computes the facts of a segment from what was decoded of its changes,
// oldest first, and verifies them by the signature of the last.
func (s *Segment) follow(d Document, changes []Decoded) ([]Facts, error) {
	out := make([]Facts, 0, len(changes))
	prev := s.Prev
	var body []byte
	id := s.Run.ID()
	for i, c := range changes {
		link := Link{Number: s.First + uint64(i)}
		body = changeBody(id, d, link.Number, prev, c.Hash)
		link.ID = identity.Hash(domainChange, body)
		f, err := factsOf(s.Run, d, link, prev, c.Hash, c)
		if err != nil {
			return nil, err
		}
		out, prev = append(out, f), link.ID
	}
	if err := identity.Verify(s.Run.Device, domainChange, body, s.Signature[:]); err != nil {
		return nil, fmt.Errorf("changes %d to %d of %v: %w", s.First, s.First+s.Count-1, s.Run, err)
	}
	s.last = prev
	return out, nil
}
