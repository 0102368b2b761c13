package docsync

import (
	"fmt"

	"corkboard/record"
)

const (
	maxPending = 1 << 14 // items of a collection that are known to be there
	lowPending = 1 << 9  // with fewer the next list is asked for
	maxTheirs  = 1 << 14
)

// pending is an item that the other side has and that is not on disk here.
type pending struct {
	Entry
	placed  bool // stands in order
	loose   bool // found by comparing: blocks all cursors
	asked   bool
	arrived bool
}

type placed struct {
	place uint64
	key   Key
}

// wanted notes that the other side has an item; nil if it is not to come.
func (c *collection) wanted(e Entry) *pending {
	c.theirs.add(e.Key)
	if !c.counts(e.Sort) || c.session.claims.isRefused(e.Key) {
		return nil
	}
	if p := c.pending[e.Key]; p != nil {
		return p
	}
	if _, here := c.idx.Find(e.Key); here {
		return nil
	}
	p := &pending{Entry: e}
	c.pending[e.Key] = p
	c.bytes += e.Size
	c.queue(e)
	return p
}

func (c *collection) queue(e Entry) {
	if e.Sort == Record {
		c.records = append(c.records, e.Key)
	} else {
		c.contents = append(c.contents, e.Key)
	}
}

// list follows their counting on: entries are all that lies in the span and is
// not known here already. Where the span is empty, or does not join what is known,
// they are only good to know.
func (c *collection) list(s span, entries []Entry) {
	joins := s.after <= c.listed && !c.torn
	for _, e := range entries {
		if len(c.pending) >= maxPending {
			c.torn = true
			return
		}
		p := c.wanted(e)
		if p != nil && joins && !p.placed && e.Place > c.listed && e.Place <= s.through {
			p.placed = true
			c.order = append(c.order, placed{e.Place, e.Key})
		}
	}
	c.theirLast = max(c.theirLast, s.through)
	if joins && s.through > c.listed {
		c.listed = s.through
		c.advance()
	}
}

// settle forgets an item that was to come: it is on disk, refused, or not there.
func (c *collection) settle(k Key) {
	p := c.pending[k]
	if p == nil {
		return
	}
	delete(c.pending, k)
	c.session.claims.leave(k, c.session)
	c.bytes -= p.Size
	if p.loose {
		c.loose--
	}
	if p.arrived {
		c.unkept -= p.Size
	}
	c.unask(p)
	c.advance()
}

func (c *collection) unask(p *pending) {
	if p.asked {
		p.asked = false
		c.asked -= p.Size
		c.askedFor--
	}
}

// advance moves up what has been seen of theirs.
func (c *collection) advance() {
	for len(c.order) > 0 && c.pending[c.order[0].key] == nil {
		c.order = c.order[1:]
	}
	if c.loose > 0 {
		return
	}
	to := c.listed
	if len(c.order) > 0 {
		to = c.order[0].place - 1
	}
	if to > c.seen {
		c.seen, c.progress = to, true
	}
}

func (c *collection) receiveIDs(r *record.Reader) error {
	s := readSpan(r)
	n := r.Uint(maxIDs)
	entries := make([]Entry, 0, min(n, uint64(r.Len()/34)))
	last := s.after
	for range n {
		gap := r.Uint(maxPlace)
		e := readEntry(r)
		if e.Place = last + gap; gap == 0 || e.Place > maxPlace || e.Place > s.through && s.through > s.after {
			r.Fail("places out of order")
		}
		if r.Err() != nil {
			break
		}
		last = e.Place
		entries = append(entries, e)
	}
	if err := malformed(r); err != nil {
		return err
	}
	if c.asking && s.after == c.askedFrom {
		c.asking = false
		if s.after == c.listed {
			c.torn = false
		}
	}
	c.list(s, entries)
	return nil
}

func (c *collection) receivePush(r *record.Reader) error {
	s, sort := readSpan(r), readSort(r)
	raw := r.Fixed(r.Len())
	if s.after == s.through || len(raw) == 0 || len(raw) > MaxItem {
		r.Fail("no item")
	}
	if err := malformed(r); err != nil {
		return err
	}
	if !c.counts(sort) {
		return nil
	}
	if c.held {
		c.torn = true // it is listed another time
		return nil
	}
	e := Entry{Place: s.through, Key: keyOf(raw), Sort: sort, Size: len(raw)}
	if p := c.pending[e.Key]; p == nil && (c.unkept+len(raw) > maxUnkept || len(c.pending) >= maxPending) {
		c.torn = true // it is listed another time
		return nil
	} else if p != nil && (p.Size != e.Size || p.Sort != e.Sort) {
		return fmt.Errorf("an item of %d bytes is listed with %d: %w", e.Size, p.Size, ErrLiar)
	}
	if s.after > c.listed { // what comes before is listed in a moment, and this again
		c.wanted(e)
	} else {
		c.list(s, []Entry{e})
	}
	c.arrive(e.Key, raw)
	return nil
}

// arrive hands an item to the caller, if it is to come.
func (c *collection) arrive(k Key, raw []byte) {
	p := c.pending[k]
	if p == nil || p.arrived {
		return
	}
	p.arrived = true
	c.session.claims.arrived(k)
	c.unask(p)
	c.unkept += p.Size
	c.session.arrivals = append(c.session.arrivals, Arrival{c.tag, p.Sort, k, raw})
}
