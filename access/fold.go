package access

import (
	"encoding/binary"
	"slices"
	"sort"
)

// cacheRoom is how many standings of persons are remembered: about 14 MB.
const cacheRoom = 1 << 18

// cache remembers what was evaluated, by heads. What is forgotten is made again.
type cache struct {
	by    map[string]*scope
	queue []string
	size  int
}

// A scope is heads, all that they build on, and what that says.
type scope struct {
	within set
	st     *standings
}

func newCache() cache { return cache{by: map[string]*scope{}} }

func (c *cache) put(key string, s *scope) {
	c.by[key] = s
	c.queue = append(c.queue, key)
	c.size += 1 + len(s.st.persons)
	for c.size > cacheRoom && len(c.queue) > 64 {
		old := c.queue[0]
		c.size -= 1 + len(c.by[old].st.persons)
		delete(c.by, old)
		c.queue = c.queue[1:]
	}
}

// key names heads by their indexes.
func key(heads []*node) string {
	at := make([]int, len(heads))
	for i, n := range heads {
		at[i] = n.at
	}
	slices.Sort(at)
	var b []byte
	for _, i := range at {
		b = binary.AppendUvarint(b, uint64(i))
	}
	return string(b)
}

func (v *View) standingsAt(heads []*node) *standings { return v.scopeAt(heads).st }

// scopeAt evaluates heads, of which none may lie in the past of another. What
// their base says is taken over: nothing after a base is concurrent to what
// lies before it, so only the stretch between has to be looked at.
func (v *View) scopeAt(heads []*node) *scope {
	k := key(heads)
	if s := v.cache.by[k]; s != nil {
		return s
	}
	s := &scope{}
	for _, n := range heads {
		s.within = s.within.union(n.past).with(n.at)
	}
	if len(heads) == 1 {
		if up := v.cache.by[key(heads[0].up)]; up != nil && len(heads[0].up) > 0 {
			s.st = up.st.clone() // the one head is concurrent to nothing
			if heads[0].fault == Sound {
				s.st.apply(heads[0])
			}
			v.cache.put(k, s)
			return s
		}
	}
	base := nearestBase(heads)
	known := v.cache.by[key([]*node{base})]
	for known == nil && base.base != nil {
		base = base.base
		known = v.cache.by[key([]*node{base})]
	}
	after, st := -1, &standings{}
	if known != nil {
		after, st = base.at, known.st
	}
	s.st = v.fold(s.within, st, after)
	v.cache.put(k, s)
	return s
}

// fold applies the nodes of within whose index is larger than after.
func (v *View) fold(within set, before *standings, after int) *standings {
	stretch := v.stretch(within, after)
	verdicts := settle(stretch, within, before, after)
	st := before.clone()
	for _, n := range stretch {
		if n.fault != Sound {
			continue
		}
		inForce, decided := verdicts[n]
		if !decided {
			inForce = !n.standsOnVoid(st)
		}
		if inForce {
			st.apply(n)
		} else {
			st.void = st.void.with(n.at)
		}
	}
	return st
}

func (n *node) standsOnVoid(st *standings) bool {
	for _, o := range n.stands {
		if st.void.has(o.at) {
			return true
		}
	}
	return false
}

// stretch is the nodes of within whose index is larger than after, in order.
func (v *View) stretch(within set, after int) []*node {
	from := 0
	if after >= 0 {
		base := v.nodes[after]
		from = 1 + sort.Search(len(v.order), func(i int) bool { return !v.order[i].before(base) })
	}
	var out []*node
	for _, n := range v.order[from:] {
		if n.at > after && within.has(n.at) {
			out = append(out, n)
		}
	}
	return out
}
