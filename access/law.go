package access

import "corkboard/identity"

// law is what a court takes from its view: who has gone, and what was asked of
// it before.
type law struct {
	full    *standings
	persons map[int][]*departure // by number of the person
	seats   map[int][]*departure // by number of the seat
	cites   map[string]*scope
	devices map[Seat]bool
}

// A departure is a removal in force that cuts off changes.
type departure struct {
	node  *node
	marks map[runID]*stretch
}

// A stretch is the chain of a run that leads back from a mark of a frontier.
type stretch struct {
	mark Mark
	in   map[*matter]bool
	down uint64 // the smallest number that is known to lie on it
}

func newLaw(v *View) law {
	w := law{
		full: &standings{}, persons: map[int][]*departure{}, seats: map[int][]*departure{},
		cites: map[string]*scope{}, devices: map[Seat]bool{},
	}
	heads := v.heads()
	if len(heads) == 0 {
		return w
	}
	w.full = v.standingsAt(heads)
	for _, n := range v.order {
		if n.fault != Sound || w.full.void.has(n.at) {
			continue
		}
		switch p := n.Payload.(type) {
		case *Leave:
			w.depart(w.persons, n.author, n, p.Frontier)
		case *Remove:
			if p.person() {
				w.depart(w.persons, n.subject, n, p.Frontier)
			} else {
				w.depart(w.seats, n.lost, n, p.Frontier)
			}
		case *SetRole:
			if p.Lowers && p.Role < Write {
				w.depart(w.persons, n.subject, n, p.Frontier)
			}
		}
	}
	return w
}

func (w *law) depart(from map[int][]*departure, who int, n *node, f Frontier) {
	d := &departure{node: n, marks: map[runID]*stretch{}}
	for _, m := range f {
		d.marks[runID{m.Device, m.Run}] = &stretch{mark: m}
	}
	from[who] = append(from[who], d)
}

// cited evaluates the heads that a change cites; nil if one is not here.
func (c *Court) cited(heads []RecordID) *scope {
	b := make([]byte, 0, 32*len(heads))
	for _, id := range heads {
		b = append(b, id[:]...)
	}
	if s, ok := c.law.cites[string(b)]; ok {
		return s
	}
	nodes, err := c.view.resolve(heads)
	var s *scope
	switch {
	case err != nil: // not remembered: unknown heads cost nothing
		return nil
	case len(nodes) == 0:
		s = &scope{st: &standings{}}
	default:
		s = c.view.scopeAt(nodes)
	}
	c.law.cites[string(b)] = s
	return s
}

func (c *Court) has(person identity.PersonID, device identity.DeviceID) bool {
	at := Seat{person, device}
	has, asked := c.law.devices[at]
	if !asked {
		s, _ := c.view.dir(person)
		has = s.Has(device)
		c.law.devices[at] = has
	}
	return has
}

// examine finds what concerns a change alone: rules 1, 2 and 4 without what
// other changes say.
func (c *Court) examine(m *matter) {
	*m = matter{Change: m.Change}
	if !c.has(m.Author, m.Device) {
		m.waits = NeedsPerson
		return
	}
	cited := c.cited(m.Cites)
	if cited == nil {
		m.waits = NeedsRecords
		return
	}
	person, member := c.view.personAt[m.Author]
	seat, seated := c.view.seatAt[Seat{m.Author, m.Device}]
	switch {
	case !member || cited.st.role(person) < Write:
		m.refused = NoWrite
		return
	case seated && cited.st.left.has(seat):
		m.refused = NoDevice
		return
	case m.Number > maxNumber || (m.Number <= 1) != (m.Prev == ChangeID{}) || m.Number == 0:
		m.refused = BadChain
		return
	}
	if !c.law.upheld(cited.st, person) {
		m.doubt = GrantVoid
	}
	c.depart(m, cited, c.law.persons[person])
	if seated {
		c.depart(m, cited, c.law.seats[seat])
	}
}

// upheld says whether anything that lets a person write at some heads is in
// force by all that is known.
func (w *law) upheld(st *standings, person int) bool {
	for _, g := range st.of(person).grants {
		if g.role >= Write && !w.full.void.has(g.by.at) {
			return true
		}
	}
	return false
}

// depart holds a change against the frontiers of removals that it does not
// cite, or that were void for all that it cites.
func (c *Court) depart(m *matter, cited *scope, from []*departure) {
	for _, d := range from {
		if m.doubt == AfterRemoval {
			return
		}
		if cited.within.has(d.node.at) && !cited.st.void.has(d.node.at) {
			continue
		}
		s := d.marks[runID{m.Device, m.Run}]
		switch {
		case s != nil && s.in[m]:
			m.framed = true
		case s == nil || m.Number > s.mark.Number || s.down != 0 && m.Number >= s.down:
			m.doubt, m.by, m.waits = AfterRemoval, d.node.ID, NoReason
		default: // which of the changes with this number is meant is not known
			m.waits = NeedsChain
		}
	}
}

// walk finds the changes within the frontiers.
func (c *Court) walk() {
	for _, from := range []map[int][]*departure{c.law.persons, c.law.seats} {
		for _, departures := range from {
			for _, d := range departures {
				for id, s := range d.marks {
					s.walk(c, id)
				}
			}
		}
	}
}

func (s *stretch) walk(c *Court, of runID) {
	s.in, s.down = map[*matter]bool{}, 0
	id, number := s.mark.ID, s.mark.Number
	for number > 0 {
		m := c.byID[id]
		if m == nil || m.Number != number || (runID{m.Device, m.Run}) != of {
			return
		}
		s.in[m], s.down = true, number
		id, number = m.Prev, number-1
	}
}

// marked says whether a change is the last one within a frontier.
func (w *law) marked(id ChangeID, of runID) bool {
	for _, from := range []map[int][]*departure{w.persons, w.seats} {
		for _, departures := range from {
			for _, d := range departures {
				if s := d.marks[of]; s != nil && s.mark.ID == id {
					return true
				}
			}
		}
	}
	return false
}
