package identity

// A past is a set of records of one log, by their index: bit i%64 of word i/64.
type past []uint64

func (p past) has(i int) bool { return i/64 < len(p) && p[i/64]>>(i%64)&1 == 1 }

func (p past) with(i int) past {
	for len(p) <= i/64 {
		p = append(p, 0)
	}
	p[i/64] |= 1 << (i % 64)
	return p
}

func (p past) union(q past) past {
	for len(p) < len(q) {
		p = append(p, 0)
	}
	for i, w := range q {
		p[i] |= w
	}
	return p
}

// common is what is in both, in memory of its own.
func (p past) common(q past) past {
	out := make(past, min(len(p), len(q)))
	for i := range out {
		out[i] = p[i] & q[i]
	}
	return out
}

func (p past) meets(q past) bool {
	for i := range min(len(p), len(q)) {
		if p[i]&q[i] != 0 {
			return true
		}
	}
	return false
}
