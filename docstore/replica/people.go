package replica

import (
	"errors"
	"fmt"

	"corkboard/identity"
)

// people is the logs of the persons who matter in the collection: whose records
// its access log holds, or whom it invites.
type people struct {
	logs   map[identity.PersonID]*identity.Log
	states map[identity.PersonID]identity.State // of the logs, made when asked for
	lost   bool                                 // a log has lost a device that it had
}

func newPeople() people {
	return people{logs: map[identity.PersonID]*identity.Log{}, states: map[identity.PersonID]identity.State{}}
}

// directory is what package access asks.
func (p *people) directory(id identity.PersonID) (identity.State, bool) {
	if s, ok := p.states[id]; ok {
		return s, true
	}
	l := p.logs[id]
	if l == nil || l.Len() == 0 {
		return identity.State{}, false
	}
	s := l.State()
	p.states[id] = s
	return s, true
}

// matter opens a log for a person; false if there was one.
func (p *people) matter(id identity.PersonID) bool {
	if p.logs[id] != nil || id == (identity.PersonID{}) {
		return false
	}
	p.logs[id] = identity.NewLog(id)
	return true
}

// add says whether the record is in the log now. It is not without an error if
// it waits for others, or for the person to matter.
func (p *people) add(raw []byte) (person identity.PersonID, in bool, err error) {
	person, id, err := identity.CheckRecord(raw)
	l := p.logs[person]
	if err != nil || l == nil {
		return person, false, err
	}
	if have := l.Raw(id); have != nil {
		if string(have) != string(raw) {
			return person, false, fmt.Errorf("add person record: %w", ErrDouble)
		}
		return person, true, nil
	}
	before, known := p.directory(person)
	if err := l.Add(raw); err != nil {
		return person, false, err
	}
	if !l.Has(id) {
		return person, false, nil
	}
	delete(p.states, person)
	after, _ := p.directory(person)
	if known {
		for d := range before.Devices {
			p.lost = p.lost || !after.Has(d)
		}
	}
	return person, true, nil
}

// takePerson takes a person's record. Whether the log has released others with
// it does not matter: they are parked here, too, and come by again.
func (r *Replica) takePerson(i Item) (need, error) {
	person, in, err := r.people.add(i.Raw)
	switch {
	case errors.Is(err, identity.ErrNewer):
		return need{what: anUpdate}, nil
	case err != nil:
		return need{}, err
	case !in:
		return need{aPerson, person}, nil
	}
	r.stale = true
	r.arrived(need{aPerson, person})
	return need{}, nil
}

// matters makes room for a person's log.
func (r *Replica) matters(id identity.PersonID) {
	if r.people.matter(id) {
		r.arrived(need{aPerson, id})
	}
}

// People is the logs of all persons who matter here, as far as they have come.
func (r *Replica) People() map[identity.PersonID]identity.State {
	out := map[identity.PersonID]identity.State{}
	for id := range r.people.logs {
		if s, ok := r.people.directory(id); ok {
			out[id] = s
		}
	}
	return out
}

// Spoken reports whether this person has a record in the access log.
func (r *Replica) Spoken() bool {
	for _, record := range r.log.All() {
		if record.Author == r.opt.Person {
			return true
		}
	}
	return false
}
