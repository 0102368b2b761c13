package chunk

import (
	"fmt"
	"slices"
)

// Verified is what a bundle's segments and its decoded save say together.
type Verified struct {
	Facts    []Facts   // of every signed change in the save
	Segments []Segment // to make the next bundle with
	// Unsigned are changes of actors that have no segment. Nobody can tell who
	// made them, so none may be taken for its own sake: only what an accepted
	// change of a writer in good standing builds on, which vouches for it.
	Unsigned []Decoded // by hash

	checked map[*Run]bool
}

// Verify joins a bundle with what was decoded of its save: the changes of every
// actor, oldest first. Errors: ErrBadSignature if a change is not what
// its author signed; ErrMalformed if an actor has more or fewer changes than
// its segments; ErrForeign.
func (b *Bundle) Verify(save map[ActorID][]Decoded) (Verified, error) {
	v := Verified{checked: map[*Run]bool{}}
	signed := map[ActorID]bool{}
	for rest := b.Segments; len(rest) > 0; {
		n := 1
		for n < len(rest) && compareRuns(rest[0].Run, rest[n].Run) == 0 {
			n++
		}
		run := rest[0].Run
		actor := Actor(run.Device, b.Document.ID, run.Nonce)
		signed[actor] = true
		if err := v.run(b.Document, rest[:n], save[actor]); err != nil {
			return Verified{}, fmt.Errorf("verifying %v: %w", b, err)
		}
		rest = rest[n:]
	}
	for actor, changes := range save {
		if !signed[actor] {
			v.Unsigned = append(v.Unsigned, changes...)
		}
	}
	slices.SortFunc(v.Unsigned, func(a, b Decoded) int { return compare(a.Hash, b.Hash) })
	return v, nil
}

// run verifies all segments of one run.
func (v *Verified) run(d Document, segments []Segment, changes []Decoded) error {
	for _, s := range segments {
		if s.Count > uint64(len(changes)) {
			return malformed("fewer changes than were signed")
		}
		if !v.checked[s.Run] {
			if err := s.Run.verify(); err != nil {
				return fmt.Errorf("%v: %w", s.Run, err)
			}
			v.checked[s.Run] = true
		}
		facts, err := s.follow(d, changes[:s.Count])
		if err != nil {
			return err
		}
		changes = changes[s.Count:]
		v.Facts, v.Segments = append(v.Facts, facts...), append(v.Segments, s)
	}
	if len(changes) > 0 {
		return malformed("more changes than were signed")
	}
	return nil
}
