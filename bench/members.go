package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"corkboard/access"
	"corkboard/identity"
)

const (
	logRecords = 1000
	logMembers = 200
	logAdmins  = 10 // the owner among them
	logRounds  = 25
	logVoid    = 3 // of a hundred records at most: admins who decided at the same time
)

// errUnlikely says that a log of the bench does not say what it should.
var errUnlikely = errors.New("the log of members is not what it should be")

// club is a collection with its log, as somebody sees it who has all keys.
type club struct {
	people []access.Author
	states map[identity.PersonID]identity.State
	log    *access.Log
	view   *access.View
	keys   *access.Keys
	random *rand.Rand
	source *rand.ChaCha8
	now    int64 // ms since 1970 UTC
	recent []access.RecordID
}

func (c *club) directory(p identity.PersonID) (identity.State, bool) {
	s, ok := c.states[p]
	return s, ok
}

// newClub makes the persons, every third of whom has two devices, and begins
// the collection with a key.
func newClub() (*club, error) {
	c := &club{states: map[identity.PersonID]identity.State{}, source: stream(2), now: 1_700_000_000_000}
	c.random = rand.New(c.source)
	words, err := identity.NewWords(c.source)
	if err != nil {
		return nil, err
	}
	recovery, err := words.Recovery()
	if err != nil {
		return nil, err
	}
	for i := range logMembers + 1 {
		if err := c.meet(fmt.Sprint("Person ", i), recovery.Public(), 1+i%3/2); err != nil {
			return nil, err
		}
	}
	owner := c.people[0]
	genesis, err := access.Found(c.source, owner, c.now)
	if err != nil {
		return nil, err
	}
	c.log, c.keys = access.NewLog(genesis.ID), access.NewKeys(genesis.ID, owner.Device)
	c.view = access.Evaluate(c.log, c.directory)
	if err := c.take(genesis); err != nil {
		return nil, err
	}
	return c, c.rotate(owner)
}

// meet makes a person.
func (c *club) meet(name string, recovery identity.RecoveryKey, devices int) error {
	first, err := identity.NewDevice(c.source)
	if err != nil {
		return err
	}
	l, err := identity.Found(c.source, c.now, first, name, recovery)
	if err != nil {
		return err
	}
	for range devices - 1 {
		d, err := identity.NewDevice(c.source)
		if err != nil {
			return err
		}
		if _, err := l.AddDevice(first, c.now, d.Apply(l.Person(), "another")); err != nil {
			return err
		}
	}
	c.people = append(c.people, access.Author{Person: l.Person(), Device: first})
	c.states[l.Person()] = l.State()
	return nil
}

func (c *club) take(r *access.Record) error {
	if err := c.log.Take(r); err != nil {
		return err
	}
	c.view.Extend()
	c.recent = append(c.recent, r.ID)
	return nil
}

// says adds a record on all that there is.
func (c *club) says(by access.Author, p access.Payload) error {
	return c.saysOn(by, c.log.Heads(), p)
}

func (c *club) saysOn(by access.Author, heads []access.RecordID, p access.Payload) error {
	c.now += 60_000
	r, err := by.Sign(c.now, heads, p)
	if err != nil {
		return err
	}
	return c.take(r)
}

func (c *club) rotate(by access.Author) error {
	c.now += 60_000
	r, err := c.keys.Rotate(c.source, by, c.view, c.now)
	if err != nil {
		return err
	}
	return c.take(r)
}

// admit invites a person by name, with the newest key, and lets them accept.
func (c *club) admit(p access.Author, role access.Role) error {
	invite := &access.Invite{Role: role, Person: p.Person}
	if err := c.keys.SealTo(invite, c.view); err != nil {
		return err
	}
	if err := c.says(c.people[0], invite); err != nil {
		return err
	}
	return c.says(p, &access.Accept{Invite: c.recent[len(c.recent)-1]})
}

// live lets the collection have a few years, until its log is full.
func (c *club) live() error {
	for i, p := range c.people[1:] {
		role := access.Write
		switch {
		case i < logAdmins-1:
			role = access.Admin
		case i%4 == 0:
			role = access.Read
		}
		if err := c.admit(p, role); err != nil {
			return err
		}
	}
	for c.log.Len() < logRecords-1 {
		if err := c.decide(); err != nil {
			return err
		}
	}
	if c.log.Len() < logRecords {
		return c.says(c.people[0], &access.SetPolicy{Name: "the last word"})
	}
	return nil
}

// decide is one thing that admins do. Sometimes they do not know yet what
// another did.
func (c *club) decide() error {
	by := c.people[c.random.IntN(logAdmins)]
	on := c.people[logAdmins+c.random.IntN(len(c.people)-logAdmins)]
	heads := c.log.Heads()
	if c.random.IntN(6) == 0 {
		heads = []access.RecordID{c.recent[len(c.recent)-2]}
	}
	name := drawn(c.source)
	role := c.view.State().Role(on.Person)
	switch c.random.IntN(12) {
	case 0:
		if role == access.None {
			return c.admit(on, access.Write)
		}
		marks := []access.Mark{{Device: on.Device.ID(), Run: access.RunID(name[:16]), Number: 7, ID: access.ChangeID(name)}}
		if err := c.says(by, &access.Remove{Person: on.Person, Frontier: access.NewFrontier(marks)}); err != nil {
			return err
		}
		return c.rotate(by)
	case 1, 2, 3, 4:
		if role == access.Write {
			return c.saysOn(by, heads, &access.SetRole{Person: on.Person, Role: access.Read, Lowers: true})
		} else if role == access.Read {
			return c.saysOn(by, heads, &access.SetRole{Person: on.Person, Role: access.Write})
		}
	case 5, 6:
		return c.saysOn(by, heads, &access.Moved{Document: name, To: c.log.Collection()})
	case 7, 8:
		return c.saysOn(by, heads, &access.Tombstone{Document: name})
	}
	return c.saysOn(by, heads, &access.SetPolicy{Name: fmt.Sprint("rule ", name[0]%8), Value: name[:]})
}

// members measures a log of a thousand records: to take it in, which verifies
// each signature, and to say from scratch who may do what.
func members(r results) error {
	c, err := newClub()
	if err == nil {
		err = c.live()
	}
	if err != nil {
		return fmt.Errorf("making a log of members: %w", err)
	}
	var add, eval []float64
	var state *access.State
	for range logRounds {
		log := access.NewLog(c.log.Collection())
		began := time.Now()
		for _, record := range c.log.All() {
			if _, err := log.Add(record.Raw); err != nil {
				return fmt.Errorf("adding a record: %w", err)
			}
		}
		add = append(add, millis(time.Since(began)))
		began = time.Now()
		state = access.Evaluate(log, c.directory).State()
		eval = append(eval, millis(time.Since(began)))
		if log.Len() != logRecords {
			return fmt.Errorf("%w: %d records", errUnlikely, log.Len())
		}
	}
	if len(state.Members) < logMembers*3/4 || len(state.Epochs) < 10 || len(state.Void)*100 > logRecords*logVoid {
		return fmt.Errorf("%w: %d members, %d epochs, %d void", errUnlikely, len(state.Members), len(state.Epochs), len(state.Void))
	}
	r["access_add_1000_ms"], r["access_eval_1000_ms"] = quantile(add, 0.5), quantile(eval, 0.5)
	return nil
}
