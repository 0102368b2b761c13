package docsync

import (
	"cmp"
	"slices"
	"time"

	"corkboard/record"
)

const (
	maxPushed  = 64 << 10  // bytes: longer items are listed only
	maxFlying  = 256 << 10 // bytes that are pushed and not on disk there
	maxBacklog = 256       // new items that are pushed; if there are more, the other side asks

	// listAfter is how long what came from others waits to be listed: by then most of it
	// has come there from where it came here, and that has been said.
	listAfter = 100 * time.Millisecond
)

// pushed is an item on its way.
type pushed struct {
	place uint64
	size  int
}

// receiveSince begins to list what came after a place.
func (c *collection) receiveSince(r *record.Reader) error {
	after := r.Uint(maxPlace)
	if err := malformed(r); err != nil {
		return err
	}
	c.told = min(after, c.idx.Last())
	c.passed, c.owed, c.live, c.unlisted = c.told, true, false, nil
	return nil
}

// tell lists what was asked for, and pushes what is new.
func (c *collection) tell(now time.Time, out *outbox) {
	switch {
	case c.mode == None || out.full():
	case c.owed:
		c.tellOn(out)
	case c.live && c.driver == nil && !c.answers && c.listed >= c.theirLast:
		c.pushOn(now, out)
	}
}

// tellOn sends the next part of a list.
func (c *collection) tellOn(out *outbox) {
	last := c.idx.Last()
	through := c.told
	var entries []Entry
	for len(entries) < maxIDs && through < last {
		room := maxIDs - len(entries)
		list := c.idx.After(through, room)
		for _, e := range list {
			through = e.Place
			if c.counts(e.Sort) && !c.theirs.has(e.Key) {
				entries = append(entries, e)
			}
		}
		if len(list) < room {
			through = max(through, last)
		}
	}
	if through < last {
		c.foretell(out)
	}
	out.put(c.writeIDs(span{c.told, through}, entries))
	c.told, c.passed, c.owed = through, through, false
	c.live = through >= last
}

// foretell lists the records of a long list before all else, once.
func (c *collection) foretell(out *outbox) {
	if c.foretold || c.mode == Records {
		return
	}
	c.foretold = true
	var list []Entry
	for _, k := range c.idx.Keys(Key{}, Key{}, true) {
		if e, here := c.idx.Find(k); here && e.Place > c.told && !c.theirs.has(k) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b Entry) int { return cmp.Compare(a.Place, b.Place) })
	list = list[:min(len(list), maxIDs)]
	if len(list) > 0 {
		out.put(c.writeIDs(span{c.told, c.told}, list))
	}
}

func (c *collection) writeIDs(s span, entries []Entry) []byte {
	w := begin(ids, c, c.mode)
	s.write(w)
	w.Uint(uint64(len(entries)))
	last := s.after
	for _, e := range entries {
		w.Uint(e.Place - last)
		writeEntry(w, e)
		last = e.Place
	}
	return w.B
}

// pushOn sends what is new and not from there. What is long is listed, and so is, a
// little later, what has come from others. What is too much for that the other side
// asks for, when it hears of it.
func (c *collection) pushOn(now time.Time, out *outbox) {
	if c.passed >= c.scanned {
		return
	}
	list := c.idx.After(c.passed, maxBacklog+1)
	c.live = len(list)+len(c.unlisted) <= maxBacklog
	long := false
	for _, e := range list {
		if !c.live || out.full() {
			break
		}
		switch {
		case !c.counts(e.Sort) || c.theirs.has(e.Key):
		case !c.session.pushOn && c.session.claims.hasCome(e.Key):
			c.leave(now, e)
		case e.Size > maxPushed:
			c.unlisted, long = append(c.unlisted, e), true
		default:
			c.live = c.push(e, out)
		}
		if c.live {
			c.passed = e.Place
		}
	}
	if !c.live { // what is asked for has it
		c.passed, c.unlisted = c.told, nil
	}
	if long {
		c.announce(out)
	}
}

// leave has something listed with what is said next.
func (c *collection) leave(now time.Time, e Entry) {
	if after := now.Add(listAfter); len(c.unlisted) == 0 && c.sayAt.Before(after) {
		c.sayAt = after
	}
	c.unlisted = append(c.unlisted, e)
}

// announce lists what was left, but not what is known there by now.
func (c *collection) announce(out *outbox) {
	list := slices.DeleteFunc(c.unlisted, func(e Entry) bool { return c.theirs.has(e.Key) })
	if c.unlisted = nil; len(list) > 0 {
		out.put(c.writeIDs(span{c.told, c.passed}, list))
		c.told = c.passed
	}
}

// push sends an item, if not too much is on its way. While something before it is not
// listed it joins nothing there, and is listed as well.
func (c *collection) push(e Entry, out *outbox) bool {
	if c.flying+e.Size > maxFlying {
		return false
	}
	raw, err := c.idx.Bytes(e.Key)
	if err != nil {
		return false
	}
	s := span{c.told, e.Place}
	if len(c.unlisted) > 0 {
		s.after = e.Place - 1
		c.unlisted = append(c.unlisted, e)
	} else {
		c.told = e.Place
	}
	w := begin(push, c, c.mode)
	s.write(w)
	w.Uint8(uint8(e.Sort))
	w.Fixed(raw)
	out.put(w.B)
	c.flying += e.Size
	c.pushed = append(c.pushed, pushed{e.Place, e.Size})
	return true
}

// acknowledge notes up to where all is on disk there.
func (c *collection) acknowledge(place uint64) {
	c.acked = max(c.acked, min(place, c.idx.Last()))
	for len(c.pushed) > 0 && c.pushed[0].place <= c.acked {
		c.flying -= c.pushed[0].size
		c.pushed = c.pushed[1:]
	}
	if !c.live && !c.owed && place >= c.told && c.hasAllAfter(c.acked) {
		c.told, c.passed, c.live = c.acked, c.acked, true
	}
}

// hasAllAfter says whether the other side is known to have what little came after
// a place.
func (c *collection) hasAllAfter(place uint64) bool {
	const few = 64
	list := c.idx.After(place, few+1)
	return len(list) <= few && !slices.ContainsFunc(list, func(e Entry) bool {
		return c.counts(e.Sort) && !c.theirs.has(e.Key)
	})
}
