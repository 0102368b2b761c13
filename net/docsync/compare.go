package docsync

import (
	"slices"

	"corkboard/record"
)

const (
	maxNodes   = 64 // ranges of one question
	maxHashed  = 16 // of which so many are asked by hashes
	deepStack  = 1 << 13
	maxAnswers = 2 * leaf // items of one range in an answer
)

// comparing is the state of comparing ranges. One side, the driver, asks; the other
// answers. Both learn what they lack.
type comparing struct {
	number  uint64 // of the last question
	over    bool   // the other side waits for questions that will not come
	driver  *driver
	answers bool      // the other side drives
	heardOf uint64    // the number of its last question
	base    uint64    // their last place when they began
	open    *question // of the other side, not answered yet
}

// driver asks about ranges until none is left.
type driver struct {
	base  uint64 // their last place when it began
	stack []node // not asked about yet
	sent  []part // not answered yet
	lacks []part // items that the other side lacks, and is not told of yet
	first bool   // the first question is under way
}

// part is about one range. It asks what differs from these hashes of its children, or
// from these keys, which are all; or it tells of items that the other side lacks.
type part struct {
	node
	form   form
	hashes *hashes
	keys   []Key      // of who asks
	briefs []briefKey // the same, as they are read
	items  []Entry
}

type form uint8

const (
	byHashes form = 1 + iota
	byKeys
	ofItems
)

// question is a frame of parts, ascending. Without parts the comparison is over; if
// its number is no new one, it was given up.
type question struct {
	number uint64
	parts  []part
}

// compare begins to drive.
func (c *collection) compare() {
	c.driver = &driver{base: c.theirLast, stack: []node{{}}, first: true}
	c.differs.compared = true
}

// driveOn asks the next question.
func (c *collection) driveOn(out *outbox) {
	d := c.driver
	if c.over {
		c.over = false
		out.put(question{number: c.number}.write(c))
	}
	if d == nil || len(d.sent) > 0 || len(c.pending) > maxPending/2 || out.full() {
		return
	}
	c.number++
	if len(d.stack) == 0 && len(d.lacks) == 0 {
		out.put(question{number: c.number}.write(c))
		c.driver = nil
		c.compared(d.base)
		return
	}
	told := min(len(d.lacks), maxNodes)
	d.sent, d.lacks = append(d.sent, d.lacks[:told]...), d.lacks[told:]
	hashed := 0
	for len(d.stack) > 0 && len(d.sent) < maxNodes && hashed < maxHashed && (hashed == 0 || len(d.stack) < deepStack) {
		p := part{node: d.stack[len(d.stack)-1]}
		d.stack = d.stack[:len(d.stack)-1]
		if keys := c.keys(p.node); len(keys) <= leaf && p.depth > 0 {
			p.form, p.keys = byKeys, slices.Clone(keys)
		} else {
			p.form, p.hashes = byHashes, c.hashes(p.node)
			hashed++
		}
		d.sent = append(d.sent, p)
	}
	slices.SortFunc(d.sent, func(a, b part) int { return slices.Compare(a.lo[:], b.lo[:]) })
	out.put(question{c.number, d.sent}.write(c))
}

// compared ends a comparison: all that was theirs when it began is known here.
func (c *collection) compared(base uint64) {
	c.listed = max(c.listed, base)
	c.differs.compared = true
	c.advance()
}

func (q question) write(c *collection) []byte {
	w := begin(ranges, c, c.mode)
	w.Uint(q.number)
	w.Uint(uint64(len(q.parts)))
	for _, p := range q.parts {
		p.node.write(w)
		w.Uint8(uint8(p.form))
		switch p.form {
		case byHashes:
			p.hashes.write(w)
		case byKeys:
			writeBriefs(w, p.keys)
		case ofItems:
			writeEntries(w, p.items)
		}
	}
	return w.B
}

func readQuestion(r *record.Reader) (*question, error) {
	q := &question{number: r.Uint(maxPlace)}
	hashed := 0
	for range r.Uint(maxNodes) {
		p := part{node: readNode(r)}
		if n := len(q.parts); n > 0 && (!less(q.parts[n-1].lo, p.lo) || q.parts[n-1].within(p.lo)) {
			r.Fail("ranges out of order")
		}
		switch p.form = form(r.Uint8()); p.form {
		case byHashes:
			if hashed++; hashed > maxHashed {
				r.Fail("too many hashes")
			}
			p.hashes = readHashes(r)
		case byKeys:
			p.briefs = readBriefs(r, p.node)
		case ofItems:
			p.items = readEntries(r, p.node, leaf)
		default:
			r.Fail("no such form")
		}
		if r.Err() != nil {
			break
		}
		q.parts = append(q.parts, p)
	}
	return q, malformed(r)
}

// receiveRanges notes a question, which is answered when there is room for what
// is learned of it. The newest counts: who has begun anew waits for no other.
func (c *collection) receiveRanges(r *record.Reader) error {
	q, err := readQuestion(r)
	if err != nil {
		return err
	}
	c.open = nil
	if len(q.parts) == 0 {
		if c.answers && q.number > c.heardOf {
			c.compared(c.base)
		}
		c.answers = false
		return nil
	}
	if q.parts[0].depth == 0 {
		if c.driver != nil && c.driver.first { // both begin: the smaller name goes on
			if less16(c.replica, c.their.replica) {
				return nil
			}
			c.driver = nil
		}
		c.answers, c.base = true, c.theirLast
	}
	c.open, c.heardOf = q, q.number
	return nil
}

func less16(a, b ReplicaID) bool { return string(a[:]) < string(b[:]) }
