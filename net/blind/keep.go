package blind

import (
	"context"
	"errors"
	"time"

	"corkboard/net/docsync"
	"corkboard/sqlite"
)

// store puts what has come onto the disk, in one transaction a namespace.
func (c *course) store() error {
	byTag := map[docsync.Tag][]Item{}
	for _, a := range c.session.Arrivals() {
		byTag[a.Tag] = append(byTag[a.Tag], Item{Key: a.Key, Sort: a.Sort, Body: a.Raw})
	}
	for tag, items := range byTag {
		p := c.spaces[tag]
		if p == nil {
			continue
		}
		if err := c.keep(tag, p, items); err != nil {
			return err
		}
	}
	for _, p := range c.session.Seen() {
		if len(c.cursors) == 0 {
			c.noteAt = time.Now().Add(cursorsEvery)
		}
		c.cursors[p.Tag] = p
	}
	return nil
}

func (c *course) keep(tag docsync.Tag, p *space, items []Item) error {
	err := p.n.Put(items)
	switch {
	case errors.Is(err, ErrItem) && len(items) > 1: // one of them is none
		for i := range items {
			if err := c.keep(tag, p, items[i:i+1]); err != nil {
				return err
			}
		}
		return nil
	case errors.Is(err, ErrQuota), errors.Is(err, ErrFull):
		c.hold(tag, p, err)
		return nil
	case errors.Is(err, ErrGone):
		return nil // it is closed when the course hears of it
	case err != nil && !errors.Is(err, ErrItem):
		return err
	}
	for _, i := range items {
		c.session.Kept(time.Now(), tag, i.Key, err)
	}
	return nil
}

// hold takes nothing more into a namespace, for now. It stays readable.
func (c *course) hold(tag docsync.Tag, p *space, why error) {
	refused := ErrQuota
	if errors.Is(why, ErrFull) {
		refused = ErrFull
	}
	if p.refusal() == nil {
		c.l.server.o.Log.Warn("items are refused", "reason", refused)
	}
	p.refuse(refused)
	c.session.Hold(tag, true)
	c.retryAt = time.Now().Add(c.l.server.o.Retry)
}

// tidy notes cursors and tries refused namespaces again, when it is time.
func (c *course) tidy(now time.Time) error {
	if len(c.cursors) > 0 && !now.Before(c.noteAt) {
		if err := c.note(); err != nil {
			return err
		}
	}
	if c.retryAt.IsZero() || now.Before(c.retryAt) {
		return nil
	}
	c.retryAt = time.Time{}
	for tag, p := range c.spaces {
		if p.refusal() == nil {
			continue
		}
		if err := p.n.hasRoom(); err != nil {
			c.retryAt = now.Add(c.l.server.o.Retry)
			continue
		}
		p.refuse(nil)
		c.session.Hold(tag, false)
	}
	return nil
}

// hasRoom says whether there is room for another item, as far as can be known
// before it comes.
func (n *Namespace) hasRoom() error {
	if err := n.store.room(cost(docsync.MaxItem)); err != nil {
		return err
	}
	return n.store.db.Read(context.Background(), func(tx *sqlite.Tx) error { return mayPay(tx, n.id, cost(1)) })
}

// note writes down what has been seen of others.
func (c *course) note() error {
	for tag, seen := range c.cursors {
		err := c.spaces[tag].n.SetSeen(seen.Replica, seen.Seen)
		if err != nil && !errors.Is(err, ErrGone) && !errors.Is(err, ErrFull) {
			return err
		}
	}
	clear(c.cursors)
	return nil
}
