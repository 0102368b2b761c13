package access

import "slices"

// standings is who may do what at some heads, as far as it decides on what
// others may say next. Nobody changes it once it is made.
type standings struct {
	persons   []standing // by number
	offers    []offerAt  // by number
	left      set        // seats left behind
	void      set        // nodes that are void although their authors were entitled
	ownerGone bool
}

type standing struct {
	grants []grant // in order; the role is the highest
	joined []int   // invitations by link that were taken up
	banned bool
}

type grant struct {
	role Role
	by   *node
}

type offerAt struct{ open, used bool }

func (st *standings) clone() *standings {
	c := *st
	c.persons, c.offers = slices.Clone(st.persons), slices.Clone(st.offers)
	c.left, c.void = st.left.clone(), st.void.clone()
	return &c
}

func (st *standings) of(person int) standing {
	if person < 0 || person >= len(st.persons) {
		return standing{}
	}
	return st.persons[person]
}

func (st *standings) role(person int) Role {
	role := None
	for _, g := range st.of(person).grants {
		role = max(role, g.role)
	}
	return role
}

// support is the record that gives a person a role, the first if there are several.
func (st *standings) support(person int, role Role) (*node, bool) {
	for _, g := range st.of(person).grants {
		if g.role >= role {
			return g.by, true
		}
	}
	return nil, false
}

func (st *standings) offer(n int) offerAt {
	if n < 0 || n >= len(st.offers) {
		return offerAt{}
	}
	return st.offers[n]
}

// apply does what a record in force says.
func (st *standings) apply(n *node) {
	for _, offer := range n.ends {
		if offer < len(st.offers) {
			st.offers[offer].open = false
		}
	}
	switch p := n.Payload.(type) {
	case *Genesis:
		st.give(n.author, Admin, n)
	case *Invite:
		for len(st.offers) <= n.offer {
			st.offers = append(st.offers, offerAt{})
		}
		st.offers[n.offer] = offerAt{open: true}
	case *Join:
		st.offers[n.offer].used = true
		s := st.give(n.author, n.level, n)
		s.joined = append(slices.Clip(s.joined), n.offer)
	case *Accept:
		st.offers[n.offer].used = true
		st.give(n.author, n.level, n).banned = false
	case *Leave:
		st.person(n.author).grants = nil
		st.ownerGone = st.ownerGone || n.author == owner
	case *Remove:
		if !p.person() {
			st.left = st.left.with(n.lost)
			return
		}
		s := st.person(n.subject)
		s.grants, s.banned = nil, true
	case *SetRole:
		if p.Lowers {
			st.person(n.subject).lower(p.Role)
		} else {
			st.give(n.subject, p.Role, n)
		}
	}
}

func (st *standings) person(n int) *standing {
	for len(st.persons) <= n {
		st.persons = append(st.persons, standing{})
	}
	return &st.persons[n]
}

func (st *standings) give(person int, role Role, by *node) *standing {
	s := st.person(person)
	s.grants = append(slices.Clip(s.grants), grant{role, by})
	return s
}

func (s *standing) lower(to Role) {
	s.grants = slices.Clone(s.grants)
	for i := range s.grants {
		s.grants[i].role = min(s.grants[i].role, to)
	}
}
