package access

import "corkboard/identity"

// A Court judges the changes of a collection, by the records that its View had
// when it was made or last reviewed:
//
//  1. A change waits until its author's device, the records that it cites, the
//     changes of its run before it and the changes that it builds on are here.
//  2. It is refused if its author could not write at the heads that it cites,
//     if its chain contradicts itself, or if it builds on what is refused.
//  3. Of several changes with one place in a run that are not refused by 2, one
//     stays, and the others are refused with what follows them: the one in its
//     own right (4) before others, then the smaller id. What the run says later
//     is frozen.
//  4. A change stands in its own right if what gave its author the role is not
//     void, if it lies within the frontier of every removal of its author that
//     it does not cite, and if it is not frozen, or in such a frontier anyway.
//  5. Accepted is what stands in its own right, and what that builds on.
//
// The rest is quarantined. The verdicts are a function of the view and the set
// of changes.
type Court struct {
	view    *View
	matters []*matter
	byID    map[ChangeID]*matter
	byHash  map[ChangeHash][]*matter
	after   map[ChangeID][]*matter   // that name it as the one before
	upon    map[ChangeHash][]*matter // that build on it
	doubles bool                     // several changes have one hash
	runs    map[runID]*run
	law     law
}

type runID struct {
	device identity.DeviceID
	run    RunID
}

// A run is the changes of one run of the program.
type run struct {
	places map[uint64][]*matter // by number
	frozen uint64               // the number that two changes claim; 0: none
}

// A matter is a change with what was found about it so far.
type matter struct {
	Change
	waits    Reason // for itself: NeedsPerson, NeedsRecords or NeedsChain
	refused  Reason // nobody can vouch
	doubt    Reason // somebody must vouch
	by       RecordID
	framed   bool // lies in the frontier of a removal that it does not cite
	chained  bool // the run before it is here
	complete bool // all that it needs is here
	lacks    int  // how much of what it builds on is not complete
	lost     bool // by 3
	accepted bool
}

// NewCourt is an empty court.
func NewCourt(v *View) *Court {
	c := &Court{
		view: v, byID: map[ChangeID]*matter{}, byHash: map[ChangeHash][]*matter{},
		after: map[ChangeID][]*matter{}, upon: map[ChangeHash][]*matter{}, runs: map[runID]*run{},
	}
	c.law = newLaw(v)
	return c
}

// Judge is the verdict on each of a set of changes: 10,000 take some ten
// milliseconds.
func Judge(v *View, changes []Change) map[ChangeID]Verdict {
	c := NewCourt(v)
	for _, change := range changes {
		c.enter(change)
	}
	c.judge()
	out := make(map[ChangeID]Verdict, len(c.matters))
	for _, m := range c.matters {
		out[m.ID] = m.verdict()
	}
	return out
}

// Add judges more changes and returns those whose verdicts are new or other
// than before. A change that builds on known ones, and that nothing known
// builds on, takes microseconds; else all are judged again.
func (c *Court) Add(changes ...Change) []ChangeID {
	var fresh []*matter
	simple := true
	for _, change := range changes {
		lonely := c.lonely(change)
		m := c.enter(change)
		if m == nil {
			continue
		}
		simple = simple && lonely
		fresh = append(fresh, m)
	}
	if !simple {
		return c.again()
	}
	var out []ChangeID
	for _, m := range fresh {
		out = append(out, c.judgeOne(m)...)
	}
	return out
}

// Review judges all changes anew, after the View was extended or with another
// one, and returns those whose verdicts are other than before.
func (c *Court) Review(v *View) []ChangeID {
	c.view, c.law = v, newLaw(v)
	return c.again()
}

// Verdict is that on a change; its status is Unknown if it never came.
func (c *Court) Verdict(id ChangeID) Verdict {
	if m := c.byID[id]; m != nil {
		return m.verdict()
	}
	return Verdict{}
}

// Frontier is what to put into a record that removes a person, or one device of
// theirs: the last accepted change of each run. Zero is every device.
func (c *Court) Frontier(of identity.PersonID, device identity.DeviceID) Frontier {
	var marks []Mark
	for _, m := range c.matters {
		if m.accepted && m.Author == of && (device == identity.DeviceID{} || device == m.Device) {
			marks = append(marks, Mark{m.Device, m.Run, m.Number, m.ID})
		}
	}
	return NewFrontier(marks)
}

// Len is the number of changes.
func (c *Court) Len() int { return len(c.matters) }

func (c *Court) again() []ChangeID {
	before := make([]Verdict, len(c.matters))
	for i, m := range c.matters {
		before[i] = m.verdict()
	}
	c.judge()
	var out []ChangeID
	for i, m := range c.matters {
		if m.verdict() != before[i] {
			out = append(out, m.ID)
		}
	}
	return out
}

// enter files a change; nil if it is here already.
func (c *Court) enter(change Change) *matter {
	if c.byID[change.ID] != nil {
		return nil
	}
	m := &matter{Change: change}
	c.matters = append(c.matters, m)
	c.byID[m.ID] = m
	c.byHash[m.Hash] = append(c.byHash[m.Hash], m)
	c.doubles = c.doubles || len(c.byHash[m.Hash]) > 1
	c.after[m.Prev] = append(c.after[m.Prev], m)
	for _, h := range m.Deps {
		c.upon[h] = append(c.upon[h], m)
	}
	r := c.run(m)
	r.places[m.Number] = append(r.places[m.Number], m)
	return m
}

func (c *Court) run(m *matter) *run {
	id := runID{m.Device, m.Run}
	r := c.runs[id]
	if r == nil {
		r = &run{places: map[uint64][]*matter{}}
		c.runs[id] = r
	}
	return r
}

func (m *matter) verdict() Verdict {
	switch {
	case m.waits == NoReason && m.refused != NoReason && (m.complete || m.refused != BuildsOn):
		return Verdict{Quarantined, m.refused, m.by}
	case m.waits != NoReason:
		return Verdict{Waiting, m.waits, RecordID{}}
	case !m.chained:
		return Verdict{Waiting, NeedsChain, RecordID{}}
	case !m.complete:
		return Verdict{Waiting, NeedsDeps, RecordID{}}
	case m.accepted:
		return Verdict{Status: Accepted}
	}
	return Verdict{Quarantined, m.doubt, m.by}
}
