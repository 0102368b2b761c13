package access

import "slices"

// A set holds small numbers: bit i%64 of word i/64.
type set []uint64

func (s set) has(i int) bool { return i>>6 < len(s) && s[i>>6]>>(i&63)&1 == 1 }

// with may change the memory of s.
func (s set) with(i int) set {
	for len(s) <= i>>6 {
		s = append(s, 0)
	}
	s[i>>6] |= 1 << (i & 63)
	return s
}

// union may change the memory of s, not that of o.
func (s set) union(o set) set {
	for len(s) < len(o) {
		s = append(s, 0)
	}
	for i, w := range o {
		s[i] |= w
	}
	return s
}

func (s set) clone() set { return slices.Clone(s) }
