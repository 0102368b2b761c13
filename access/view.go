package access

import (
	"slices"
	"sort"

	"corkboard/identity"
)

// A Directory knows persons' logs. It is asked on the goroutine of the caller.
type Directory func(identity.PersonID) (identity.State, bool)

// View is what the records of a log say, seen with the persons' logs that a
// Directory has. Records whose author is not known there wait, with all that
// builds on them. It is a function of the two, whatever the order of anything.
type View struct {
	log      *Log
	dir      Directory
	seen     int      // entries of the log that were looked at
	pending  []*entry // those whose author is not known
	nodes    []*node
	order    []*node // by depth and id
	byID     map[RecordID]*node
	persons  []identity.PersonID
	personAt map[identity.PersonID]int
	seatAt   map[Seat]int
	offers   []*node // invitations by number
	strikers map[trait][]*node
	having   map[trait][]*node
	childish set // nodes that others build on
	cache    cache
	now      *State
}

// Evaluate looks at all records of a log: 1,000 take some milliseconds. What
// the log takes later is seen after Extend; if a person lost a device that
// their log had before, evaluate anew.
func Evaluate(l *Log, dir Directory) *View {
	v := &View{
		log: l, dir: dir, byID: map[RecordID]*node{},
		personAt: map[identity.PersonID]int{}, seatAt: map[Seat]int{},
		strikers: map[trait][]*node{}, having: map[trait][]*node{}, cache: newCache(),
	}
	v.Extend()
	return v
}

// Extend takes in what has come to the log and what persons have become known,
// and says whether there was anything.
func (v *View) Extend() bool {
	todo := append(v.pending, v.log.inserted[v.seen:]...)
	v.seen, v.pending = len(v.log.inserted), nil
	known := map[identity.PersonID]identity.State{}
	before := len(v.nodes)
	for _, e := range todo {
		if v.ready(e, known) {
			v.insert(e)
		} else {
			v.pending = append(v.pending, e)
		}
	}
	if len(v.nodes) == before {
		return false
	}
	v.now = nil
	return true
}

func (v *View) ready(e *entry, known map[identity.PersonID]identity.State) bool {
	for _, p := range e.parents {
		if v.byID[p.ID] == nil {
			return false
		}
	}
	s, ok := known[e.Author]
	if !ok {
		s, _ = v.dir(e.Author)
		known[e.Author] = s
	}
	return s.Has(e.Device)
}

func (v *View) insert(e *entry) {
	n := &node{entry: e, at: len(v.nodes), subject: -1, lost: -1, granted: -1, offer: -1}
	for _, p := range e.parents {
		up := v.byID[p.ID]
		n.up = append(n.up, up)
		n.past = n.past.union(up.past).with(up.at)
		v.childish = v.childish.with(up.at)
	}
	n.author, n.seat = v.personNumber(e.Author), v.seatNumber(e.Author, e.Device)
	st := &standings{}
	if len(n.up) > 0 {
		n.base = nearestBase(n.up)
		n.steps = n.base.steps + 1
		st = v.standingsAt(n.up)
	}
	n.fault = v.entitle(st, n)
	v.nodes = append(v.nodes, n)
	v.order = slices.Insert(v.order, sort.Search(len(v.order), func(i int) bool { return n.before(v.order[i]) }), n)
	v.byID[n.ID] = n
	if n.fault == Sound {
		v.link(n, st)
	}
}

// nearestBase is the last record that is an ancestor of all, or one of them,
// and that every way from them to the genesis goes through.
func nearestBase(of []*node) *node {
	base := of[0]
	for _, n := range of[1:] {
		for base != n {
			if base.steps < n.steps {
				base, n = n, base
			}
			base = base.base
		}
	}
	return base
}

func (v *View) personNumber(id identity.PersonID) int {
	n, ok := v.personAt[id]
	if !ok {
		n = len(v.persons)
		v.persons, v.personAt[id] = append(v.persons, id), n
	}
	return n
}

// A Seat is a device as one person's: what another says of it means nothing.
type Seat struct {
	Person identity.PersonID
	Device identity.DeviceID
}

func (v *View) seatNumber(person identity.PersonID, device identity.DeviceID) int {
	at := Seat{person, device}
	n, ok := v.seatAt[at]
	if !ok {
		n = len(v.seatAt)
		v.seatAt[at] = n
	}
	return n
}

func (v *View) invite(offer int) *Invite { return v.offers[offer].Payload.(*Invite) }

// heads are the nodes that no other builds on, in order.
func (v *View) heads() []*node {
	var heads []*node
	for _, n := range v.order {
		if !v.childish.has(n.at) {
			heads = append(heads, n)
		}
	}
	return heads
}

// Heads are the records to build on: what is known and does not wait, ascending.
func (v *View) Heads() []RecordID {
	var ids []RecordID
	for _, n := range v.heads() {
		ids = append(ids, n.ID)
	}
	slices.SortFunc(ids, compareIDs)
	return ids
}

// Waiting is the persons whose logs are missing, or lack the device of a
// record here; ascending.
func (v *View) Waiting() []identity.PersonID {
	var ids []identity.PersonID
	for _, e := range v.pending {
		if s, _ := v.dir(e.Author); !s.Has(e.Device) {
			ids = append(ids, e.Author)
		}
	}
	slices.SortFunc(ids, func(a, b identity.PersonID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}
