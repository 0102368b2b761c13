package access

import "slices"

// verdicts says of contested records within some heads whether they are in force.
type verdicts map[*node]bool

// contest is the records of a stretch of the graph whose standing hangs on
// others, and what is decided of them.
//
//	A record is void if one that it stands on is void, or one that strikes it is
//	in force; else it is in force. Where that goes round in a circle, the
//	removals in it that strike within it are in force: mutual removal removes both.
type contest struct {
	within  set
	before  *standings // nodes that are not among those of the stretch
	after   int        // the stretch is the nodes with larger indexes, in within
	decided verdicts
	open    []*node
}

// settle decides on the stretch of within after a base, whose standings are
// given; nodes are in order.
func settle(nodes []*node, within set, before *standings, after int) verdicts {
	c := &contest{within: within, before: before, after: after, decided: verdicts{}}
	seen := map[*node]bool{}
	for _, n := range nodes {
		if n.fault == Sound && c.contested(n) {
			c.involve(n, seen)
		}
	}
	for len(c.open) > 0 {
		if !c.advance() {
			c.breakCircle()
		}
	}
	return c.decided
}

func (c *contest) contested(n *node) bool {
	for _, s := range n.struck {
		if c.within.has(s.at) {
			return true
		}
	}
	return false
}

// involve opens the question for a record and all that it hangs on.
func (c *contest) involve(n *node, seen map[*node]bool) {
	if n.at <= c.after || seen[n] {
		return
	}
	seen[n] = true
	for _, o := range n.stands {
		c.involve(o, seen)
	}
	for _, o := range n.struck {
		if c.within.has(o.at) {
			c.involve(o, seen)
		}
	}
	c.open = append(c.open, n)
}

// known is what is decided of a record: in force, and whether that is known.
func (c *contest) known(n *node) (inForce, ok bool) {
	if n.at <= c.after {
		return n.fault == Sound && !c.before.void.has(n.at), true
	}
	inForce, ok = c.decided[n]
	return inForce, ok
}

// advance decides what can be; false if nothing can.
func (c *contest) advance() bool {
	left := c.open[:0]
	for _, n := range c.open {
		if inForce, ok := c.judge(n); ok {
			c.decided[n] = inForce
		} else {
			left = append(left, n)
		}
	}
	progress := len(left) < len(c.open)
	c.open = left
	return progress
}

func (c *contest) judge(n *node) (inForce, ok bool) {
	inForce, ok = true, true
	for _, o := range n.stands {
		switch in, known := c.known(o); {
		case known && !in:
			return false, true
		case !known:
			ok = false
		}
	}
	for _, o := range n.struck {
		if !c.within.has(o.at) {
			continue
		}
		switch in, known := c.known(o); {
		case known && in:
			return false, true
		case !known:
			ok = false
		}
	}
	return inForce, ok
}

// breakCircle puts the removals in force that strike within a circle which
// hangs on nothing undecided outside of it.
func (c *contest) breakCircle() {
	circle := c.circle()
	inside := map[*node]bool{}
	for _, n := range circle {
		inside[n] = true
	}
	for _, n := range circle {
		for _, s := range n.struck {
			if inside[s] && s.removal() && c.within.has(s.at) {
				c.decided[s] = true
			}
		}
	}
	c.drop(circle)
}

// drop takes what is decided off the open ones. A circle of which nothing is
// decided cannot be, since each has a removal that strikes; it would be void.
func (c *contest) drop(circle []*node) {
	was := len(c.open)
	c.open = slices.DeleteFunc(c.open, func(n *node) bool {
		_, ok := c.decided[n]
		return ok
	})
	if len(c.open) == was {
		for _, n := range circle {
			c.decided[n] = false
		}
		c.drop(nil)
	}
}
