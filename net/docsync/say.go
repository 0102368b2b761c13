package docsync

import (
	"fmt"
	"time"

	"corkboard/record"
)

// sayEvery is how long a side waits before it says again what it holds and has.
const sayEvery = 250 * time.Millisecond

// haveFrame is what a side says of a collection: what it gives the other (as what
// counts, in the head of the frame), how it is counted, and the sum of all.
type haveFrame struct {
	rights  Rights
	replica ReplicaID
	last    uint64
	sum     [8]byte
}

func (h haveFrame) write(c *collection) []byte {
	w := begin(have, c, h.rights)
	w.Fixed(h.replica[:])
	w.Uint(h.last)
	w.Fixed(h.sum[:])
	return w.B
}

func readHave(rights Rights, r *record.Reader) haveFrame {
	h := haveFrame{rights: rights}
	copy(h.replica[:], r.Fixed(len(h.replica)))
	h.last = r.Uint(maxPlace)
	copy(h.sum[:], r.Fixed(len(h.sum)))
	return h
}

// seenFrame says up to where all is on disk here of a counting, which is known by
// the first bytes of its name; and where of one's own there is nothing new.
type seenFrame struct {
	of   [4]byte
	seen uint64
	span
}

func (f seenFrame) write(c *collection) []byte {
	w := begin(seen, c, c.mode)
	w.Fixed(f.of[:])
	w.Uint(f.seen)
	f.span.write(w)
	return w.B
}

// haveNow is what is to be said.
func (c *collection) haveNow() haveFrame {
	h := haveFrame{rights: c.given, replica: c.replica}
	if c.given > None {
		h.last = max(c.newest, c.told)
		if c.mode == Records || !c.heard && c.given == Records {
			h.sum = c.idx.Sum(true)
		} else {
			h.sum = c.idx.Sum(false)
		}
	}
	return h
}

// quiet is where of one's own nothing needs to be listed.
func (c *collection) quiet() span {
	if len(c.unlisted) == 0 && c.newest > c.told && c.passed > c.told {
		return span{c.told, c.passed}
	}
	return span{c.told, c.told}
}

// introduce says what must be heard before anything else: whenever this side
// begins anew, the other does.
func (c *collection) introduce() {
	c.said = c.haveNow()
	c.session.first = append(c.session.first, c.said.write(c))
}

// say says what has changed.
func (c *collection) say(now time.Time, out *outbox) {
	h, f := c.haveNow(), seenFrame{seen: c.seen, span: c.quiet()}
	copy(f.of[:], c.cursor[:])
	news := f.of != c.saidOf.of || f.seen != c.saidOf.seen || f.through > f.after
	if h == c.said && !news && len(c.unlisted) == 0 {
		return
	}
	if out.wait(now, c.sayAt) {
		return
	}
	c.sayAt = now.Add(sayEvery)
	if len(c.unlisted) > 0 {
		c.announce(out)
		h, f.span = c.haveNow(), c.quiet()
		news = news || f.through > f.after
	}
	if news {
		c.saidOf = f
		c.told = f.through
		out.put(f.write(c))
		h = c.haveNow()
	}
	if h != c.said {
		c.said = h
		out.put(h.write(c))
	}
}

func (s *Session) receiveHave(tag Tag, rights Rights, r *record.Reader) error {
	h := readHave(rights, r)
	if err := malformed(r); err != nil {
		return err
	}
	c := s.by[tag]
	if c == nil {
		s.keepEarly(tag, h)
		return nil
	}
	was := c.their
	begins := !c.heard || h.replica != was.replica || h.rights != was.rights
	c.their, c.heard = h, true
	switch {
	case begins:
		c.begin()
	case c.mode > None && h.last < c.theirLast:
		return fmt.Errorf("their last place falls from %d to %d: %w", c.theirLast, h.last, ErrLiar)
	}
	c.theirLast = h.last
	return nil
}

func (c *collection) receiveSeen(r *record.Reader) error {
	var f seenFrame
	copy(f.of[:], r.Fixed(len(f.of)))
	f.seen, f.span = r.Uint(maxPlace), readSpan(r)
	if err := malformed(r); err != nil {
		return err
	}
	c.list(f.span, nil)
	mine := c.replica
	if c.mode == Records {
		mine = mine.ofRecords()
	}
	if [4]byte(mine[:4]) == f.of {
		c.acknowledge(f.seen)
	}
	return nil
}
