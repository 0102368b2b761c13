package access

// circle finds open records that hang on each other and on nothing else that
// is open: the first strongly connected component that Tarjan's algorithm
// completes ("Depth-first search and linear graph algorithms", 1972). Which one
// comes first does not matter, since such circles do not touch each other.
func (c *contest) circle() []*node {
	t := tarjan{contest: c, number: map[*node]int{}, low: map[*node]int{}}
	return t.visit(c.open[0])
}

type tarjan struct {
	*contest
	number, low map[*node]int
	stack       []*node
}

// visit returns a component as soon as one is complete.
func (t *tarjan) visit(n *node) []*node {
	t.number[n] = len(t.number)
	t.low[n] = t.number[n]
	t.stack = append(t.stack, n)
	for _, o := range t.undecided(n) {
		if _, seen := t.number[o]; !seen {
			if found := t.visit(o); found != nil {
				return found
			}
			t.low[n] = min(t.low[n], t.low[o])
		} else { // on the stack: no component is complete yet
			t.low[n] = min(t.low[n], t.number[o])
		}
	}
	if t.low[n] < t.number[n] {
		return nil
	}
	for i, o := range t.stack {
		if o == n {
			return t.stack[i:]
		}
	}
	return nil
}

// undecided is what an open record hangs on that is open, too.
func (t *tarjan) undecided(n *node) []*node {
	var out []*node
	for _, o := range n.stands {
		if _, known := t.known(o); !known {
			out = append(out, o)
		}
	}
	for _, o := range n.struck {
		if !t.within.has(o.at) {
			continue
		}
		if _, known := t.known(o); !known {
			out = append(out, o)
		}
	}
	return out
}
