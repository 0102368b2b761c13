package docsync

import "time"

// verifyAfter is how long both sides must differ in rest before they look where.
const verifyAfter = 2 * time.Second

// difference is that both sides have all of each other by their cursors, but not
// the same. A backup that was put back without a new name can cause it, and a lie.
type difference struct {
	sums     [2][8]byte // ours and theirs
	since    time.Time
	compared bool // ranges have been, which is done once
	found    bool // it was why
}

// verify compares ranges if cursors and sums contradict each other.
func (c *collection) verify(now time.Time, out *outbox) {
	d := &c.differs
	if d.compared || !c.rests() {
		d.since = time.Time{}
		return
	}
	sums := [2][8]byte{c.sum(), c.their.sum}
	if sums[0] == sums[1] {
		d.since = time.Time{}
		return
	}
	if d.since.IsZero() || d.sums != sums {
		d.since, d.sums = now, sums
	}
	if !out.wait(now, d.since.Add(verifyAfter)) {
		c.compare()
		d.found = true
	}
}

// rests says whether both sides have all of each other.
func (c *collection) rests() bool {
	return c.driver == nil && !c.answers && len(c.pending) == 0 && !c.torn &&
		c.listed >= c.theirLast && c.acked >= c.said.last
}

// Verify compares all of a collection, whatever cursors say.
func (s *Session) Verify(tag Tag) {
	if c := s.by[tag]; c != nil && c.mode > None && c.driver == nil && !c.answers {
		c.compare()
	}
}
