package docsync

// A keySet remembers the last so many keys.
type keySet struct {
	max  int
	all  map[Key]bool
	ring []Key // as they came
	next int   // in the ring, once that is full
}

func newKeySet(max int) keySet { return keySet{max: max, all: map[Key]bool{}} }

func (s *keySet) has(k Key) bool { return s.all[k] }

func (s *keySet) add(k Key) {
	if s.all[k] {
		return
	}
	s.all[k] = true
	if len(s.ring) < s.max {
		s.ring = append(s.ring, k)
		return
	}
	delete(s.all, s.ring[s.next])
	s.ring[s.next] = k
	s.next = (s.next + 1) % s.max
}

func (s *keySet) drop(k Key) { delete(s.all, k) }
