package docsync

// Hold stops taking what is theirs, or goes on: for a side that has no room now, and
// is read all the same. What has come and is not kept is forgotten, and asked for again
// afterwards.
func (s *Session) Hold(tag Tag, on bool) {
	c := s.by[tag]
	if c == nil || c.held == on {
		return
	}
	if c.held = on; on {
		c.putBack()
	}
}

// putBack makes everything pending as if it had not been asked for.
func (c *collection) putBack() {
	c.records, c.contents, c.waiting = nil, nil, nil
	for k, p := range c.pending {
		c.session.claims.leave(k, c.session)
		c.unask(p)
		if p.arrived {
			p.arrived = false
			c.unkept -= p.Size
		}
		if !p.placed {
			c.queue(p.Entry)
		}
	}
	for _, o := range c.order {
		if p := c.pending[o.key]; p != nil && p.placed {
			c.queue(p.Entry)
		}
	}
}
