package access

import (
	"bytes"
	"slices"
)

// judge finds all verdicts anew.
func (c *Court) judge() {
	c.walk()
	for _, m := range c.matters {
		c.examine(m)
	}
	order := c.complete()
	for _, r := range c.runs {
		c.part(r)
	}
	for c.refuseAll(order) && c.doubles { // a later double may be refused, too
	}
	for _, m := range order {
		c.accept(m)
	}
}

// complete finds which changes have all that they need, by rule 1, and returns
// them so that each comes after what it builds on (Kahn, "Topological sorting
// of large networks", 1962).
func (c *Court) complete() []*matter {
	var order, chained []*matter
	for _, m := range c.matters {
		if m.lacks = len(m.Deps); m.first() {
			m.chained = true
			chained = append(chained, m)
		}
	}
	ready := func(m *matter) {
		if m.chained && m.lacks == 0 && m.waits == NoReason && !m.complete {
			m.complete = true
			order = append(order, m)
		}
	}
	for len(chained) > 0 {
		m := chained[len(chained)-1]
		chained = chained[:len(chained)-1]
		for _, next := range c.after[m.ID] {
			if next.follows(m) && !next.chained {
				next.chained = true
				chained = append(chained, next)
			}
		}
	}
	for _, m := range c.matters {
		c.checkChain(m)
		ready(m)
	}
	done := map[ChangeHash]bool{}
	for i := 0; i < len(order); i++ {
		if h := order[i].Hash; !done[h] {
			done[h] = true
			for _, m := range c.upon[h] {
				m.lacks--
				ready(m)
			}
		}
	}
	return order
}

// checkChain refuses what contradicts the change that it names as the one before.
func (c *Court) checkChain(m *matter) {
	prev := c.byID[m.Prev]
	if !m.chained && prev != nil && !m.follows(prev) && m.waits == NoReason && m.refused == NoReason {
		m.refused = BadChain
	}
}

// first says whether a change begins a run.
func (m *matter) first() bool { return m.Number == 1 && m.Prev == ChangeID{} }

// follows says whether a change comes right after another one in its run.
func (m *matter) follows(prev *matter) bool {
	return m.Prev == prev.ID && m.Number == prev.Number+1 && m.Device == prev.Device && m.Run == prev.Run && m.Author == prev.Author
}

// part settles, by rule 3, who stays where a run has several changes with one
// number.
func (c *Court) part(r *run) {
	r.frozen = 0
	numbers := make([]uint64, 0, len(r.places))
	for n := range r.places {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		var stays *matter
		rivals := 0
		for _, m := range r.places[n] {
			m.lost = c.afterLost(m)
			if m.lost || !m.complete || m.refused != NoReason {
				continue
			}
			if rivals++; stays == nil || m.outranks(stays) {
				stays = m
			}
		}
		if rivals < 2 {
			c.freeze(r, n)
			continue
		}
		for _, m := range r.places[n] {
			m.lost = m.lost || m != stays && m.complete && m.refused == NoReason
		}
		c.freeze(r, n)
		if r.frozen == 0 {
			r.frozen = n
		}
	}
}

func (c *Court) afterLost(m *matter) bool {
	prev := c.byID[m.Prev]
	return prev != nil && prev.lost && m.follows(prev)
}

// freeze doubts the changes of a place after two claimed an earlier one.
func (c *Court) freeze(r *run, n uint64) {
	if r.frozen == 0 {
		return
	}
	for _, m := range r.places[n] {
		m.chill(r)
	}
}

func (m *matter) chill(r *run) {
	if r.frozen != 0 && m.Number > r.frozen && m.doubt == NoReason && !m.framed {
		m.doubt = Frozen
	}
}

func (m *matter) outranks(o *matter) bool {
	if a, b := m.doubt == NoReason, o.doubt == NoReason; a != b {
		return a
	}
	return bytes.Compare(m.ID[:], o.ID[:]) < 0
}

func (c *Court) refuseAll(order []*matter) (any bool) {
	for _, m := range order {
		if m.refused == NoReason {
			c.refuse(m)
			any = any || m.refused != NoReason
		}
	}
	return any
}

// refuse notes what nobody can vouch for; what the change builds on was done before.
func (c *Court) refuse(m *matter) {
	switch {
	case m.refused != NoReason:
	case m.lost:
		m.refused = Equivocation
	case c.buildsOnRefused(m):
		m.refused = BuildsOn
	}
}

func (c *Court) buildsOnRefused(m *matter) bool {
	for _, h := range m.Deps {
		if !slices.ContainsFunc(c.byHash[h], func(d *matter) bool { return d.complete && d.refused == NoReason }) {
			return true
		}
	}
	return false
}

// accept takes what stands in its own right, with all that it builds on, and
// returns what it has taken.
func (c *Court) accept(m *matter) []*matter {
	if !m.complete || m.accepted || m.refused != NoReason || m.doubt != NoReason {
		return nil
	}
	m.accepted = true
	taken := []*matter{m}
	for i := 0; i < len(taken); i++ {
		for _, h := range taken[i].Deps {
			for _, d := range c.byHash[h] {
				if d.complete && d.refused == NoReason && !d.accepted {
					d.accepted = true
					taken = append(taken, d)
				}
			}
		}
	}
	return taken
}

// lonely says whether nothing here hangs on a change that is about to come, so
// that it alone has to be judged.
func (c *Court) lonely(change Change) bool {
	of := runID{change.Device, change.Run}
	if r := c.runs[of]; r != nil && len(r.places[change.Number]) > 0 {
		return false
	}
	return len(c.after[change.ID]) == 0 && len(c.upon[change.Hash]) == 0 && len(c.byHash[change.Hash]) == 0 &&
		!c.law.marked(change.ID, of)
}

// judgeOne judges a lonely change and returns it with those that it vouches for.
func (c *Court) judgeOne(m *matter) []ChangeID {
	c.examine(m)
	prev := c.byID[m.Prev]
	m.chained = m.first() || prev != nil && prev.chained && m.follows(prev)
	c.checkChain(m)
	m.complete = m.chained && m.waits == NoReason
	for _, h := range m.Deps {
		m.complete = m.complete && slices.ContainsFunc(c.byHash[h], func(d *matter) bool { return d.complete })
	}
	m.lost = c.afterLost(m)
	m.chill(c.run(m))
	if m.complete {
		c.refuse(m)
	}
	out := []ChangeID{m.ID}
	for _, d := range c.accept(m) {
		if d != m {
			out = append(out, d.ID)
		}
	}
	return out
}
