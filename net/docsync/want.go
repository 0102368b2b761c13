package docsync

import (
	"crypto/sha256"
	"fmt"
	"time"

	"corkboard/record"
)

const (
	credit     = 256 << 10 // bytes of a collection that are asked for, or here and not on disk yet
	maxAsked   = 1 << 10   // items, likewise
	maxUnkept  = 4 << 20   // bytes of a collection that came unasked and are not kept yet
	maxServing = 1 << 12   // items that the other side may ask for at a time
	retryEvery = 500 * time.Millisecond
)

func keyOf(raw []byte) Key { return sha256.Sum256(raw) }

// askOn asks for a list, if there is one and room for it.
func (c *collection) askOn(out *outbox) {
	if c.mode == None || c.held || c.asking || c.driver != nil || c.answers || len(c.pending) >= lowPending {
		return
	}
	if c.listed >= c.theirLast && !c.torn {
		return
	}
	c.asking, c.askedFrom = true, c.listed
	w := begin(since, c, c.mode)
	w.Uint(c.listed)
	out.put(w.B)
}

// ask asks for items, records first, once half of the credit is free.
func (c *collection) ask(now time.Time, out *outbox) {
	if c.held {
		return
	}
	if len(c.waiting) > 0 && !out.wait(now, c.retryAt) {
		for _, k := range c.waiting {
			if p := c.pending[k]; p != nil {
				c.queue(p.Entry)
			}
		}
		c.waiting = nil
	}
	if c.asked+c.unkept > credit/2 || c.askedFor > maxAsked/2 {
		return
	}
	var keys []Key
	for c.asked+c.unkept < credit && c.askedFor < maxAsked {
		p := c.nextToAsk(now)
		if p == nil {
			break
		}
		p.asked = true
		c.asked += p.Size
		c.askedFor++
		keys = append(keys, p.Key)
	}
	if len(c.waiting) > 0 {
		if !now.Before(c.retryAt) {
			c.retryAt = now.Add(retryEvery)
		}
		out.wait(now, c.retryAt)
	}
	if len(keys) > 0 {
		out.put(writeKeys(want, c, keys))
	}
}

// nextToAsk is the item to be asked for next, which nobody else asks for.
func (c *collection) nextToAsk(now time.Time) *pending {
	for _, q := range []*[]Key{&c.records, &c.contents} {
		for len(*q) > 0 {
			k := (*q)[0]
			*q = (*q)[1:]
			switch p := c.pending[k]; {
			case p == nil || p.asked || p.arrived:
			case c.session.claims.isRefused(k):
				c.settle(k)
			case c.session.claims.take(now, k, c.session):
				return p
			default:
				c.waiting = append(c.waiting, k)
			}
		}
	}
	return nil
}

func writeKeys(k kind, c *collection, keys []Key) []byte {
	w := begin(k, c, c.mode)
	w.Uint(uint64(len(keys)))
	for _, key := range keys {
		w.Fixed(key[:])
	}
	return w.B
}

func readKeys(r *record.Reader) ([]Key, error) {
	n := r.Uint(maxIDs)
	if r.Err() == nil && r.Len() != int(n)*len(Key{}) {
		r.Fail("another number of keys")
	}
	keys := make([]Key, 0, r.Len()/len(Key{}))
	for range n {
		keys = append(keys, r.Hash())
	}
	return keys, malformed(r)
}

func (c *collection) receiveWant(r *record.Reader) error {
	keys, err := readKeys(r)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if c.servedK[k] {
			continue
		}
		if len(c.serving) >= maxServing {
			return fmt.Errorf("want %d items: %w", len(c.serving)+1, ErrFlood)
		}
		c.servedK[k] = true
		c.serving = append(c.serving, k)
	}
	return nil
}

// serve sends one item that is wanted.
func (c *collection) serve(out *outbox) {
	k := c.serving[0]
	c.serving = c.serving[1:]
	delete(c.servedK, k)
	e, here := c.idx.Find(k)
	var raw []byte
	if here = here && c.counts(e.Sort); here {
		var err error
		raw, err = c.idx.Bytes(k)
		here = err == nil && len(raw) <= MaxItem
	}
	if !here {
		out.put(writeKeys(missing, c, []Key{k}))
		return
	}
	w := begin(item, c, c.mode)
	w.Fixed(k[:])
	w.Uint8(uint8(e.Sort))
	w.Fixed(raw)
	out.put(w.B)
}

func (c *collection) receiveItem(r *record.Reader) error {
	k, sort := Key(r.Hash()), readSort(r)
	raw := r.Fixed(r.Len())
	if err := malformed(r); err != nil {
		return err
	}
	p := c.pending[k]
	if p == nil || !p.asked {
		return nil
	}
	if sort != p.Sort || len(raw) != p.Size || keyOf(raw) != k {
		return fmt.Errorf("receive an item: %w", ErrLiar)
	}
	c.arrive(k, raw)
	return nil
}

// receiveMissing gives up what is not there, so that it can be asked for elsewhere.
func (c *collection) receiveMissing(r *record.Reader) error {
	keys, err := readKeys(r)
	if err != nil {
		return err
	}
	for _, k := range keys {
		c.theirs.drop(k)
		if p := c.pending[k]; p != nil && p.asked {
			c.settle(k)
		}
	}
	return nil
}
