package app

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/share"
)

// Contact is somebody met on a shared board, or invited to one.
type Contact struct {
	Person   Person
	Name     string // as they call themselves; never empty
	Colour   [3]byte
	Picture  string // as in identity.Profile; may be empty
	Verified bool   // name and colour come from their own log, signed by a device of theirs
	Here     bool
	Seen     time.Time // when they were here last, since this start; zero: not
	Blocked  bool
	Boards   []Common
}

// Common is a shared board on which somebody is with this person, or is to be.
type Common struct {
	Board   doc.ID
	Mine    share.Role // 0: this person is not on it any more
	Theirs  share.Role
	Owner   bool // it is theirs
	Invited bool // they have not answered
	Reached bool // as in Member
}

// Contacts is everybody who is or was met on a shared board or is invited to one, by
// name, at once.
func (a *App) Contacts() []Contact {
	circles, blocked := a.sharedCircles(), a.Device().Blocked
	known := map[identity.PersonID]*Contact{}
	of := func(c docstore.Collection, person identity.PersonID) *Contact {
		x := known[person]
		if x == nil {
			x = &Contact{Person: Person(person.String())}
			x.Blocked = slices.Contains(blocked, x.Person)
			known[person] = x
		}
		if !x.Verified {
			m := a.member(c.People, person)
			x.Name, x.Colour, x.Picture, x.Here, x.Seen = m.Name, m.Colour, m.Picture, m.Here, m.Seen
			x.Verified = c.People[person].Profile.Name != ""
		}
		return x
	}
	for _, c := range circles {
		for person := range c.People {
			of(c, person)
		}
		mine := roleOf(c.State.Role(a.store.Person()))
		for person, role := range c.State.Members {
			if role != access.Store {
				x := of(c, person)
				x.Boards = append(x.Boards, Common{Board: c.Root, Mine: mine, Theirs: roleOf(role), Owner: person == c.State.Owner})
			}
		}
		for _, i := range c.State.Invitations {
			if i.Person != (identity.PersonID{}) {
				x := of(c, i.Person)
				x.Boards = append(x.Boards, Common{Board: c.Root, Mine: mine, Theirs: roleOf(i.Role), Invited: true, Reached: a.reached(i.ID)})
			}
		}
	}
	delete(known, a.store.Person())
	out := make([]Contact, 0, len(known))
	for _, x := range known {
		slices.SortFunc(x.Boards, func(p, q Common) int { return cmp.Compare(p.Board, q.Board) })
		out = append(out, *x)
	}
	slices.SortFunc(out, func(x, y Contact) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Person, y.Person))
	})
	return out
}

// OnBoard is a person as they are to be shown on a board, at once: with their role where
// they share it. ok is false for somebody of whom nothing is known. This person is
// known, too.
func (a *App) OnBoard(id doc.ID, p Person) (m Member, ok bool) {
	person, err := identity.ParsePersonID(string(p))
	if err != nil {
		return Member{}, false
	}
	me := person == a.store.Person()
	if me {
		m = a.Me()
	} else {
		m = a.memberAnywhere(person)
	}
	m.Blocked = a.blocked(person)
	for _, c := range a.sharedCircles() {
		_, is := c.People[person]
		ok = ok || is
	}
	if c, shared := a.circleOf(id); shared {
		m.Role, m.Owner = roleOf(c.State.Role(person)), c.State.Owner == person
	}
	return m, ok || me
}

// DeviceInfo is a device of a person.
type DeviceInfo struct {
	Device  string
	Name    string // as it was called when it was added; may be empty
	Owner   Member
	This    bool // the one that the program runs on
	Here    bool
	Seen    time.Time // when it was here last; zero: not known
	Removed bool
}

// DeviceOf is a device, as the log of its person has it, at once; ok is false for one of
// nobody who is known.
func (a *App) DeviceOf(id string) (d DeviceInfo, ok bool) {
	device, err := identity.ParseDeviceID(id)
	if err != nil {
		return DeviceInfo{}, false
	}
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	for _, c := range a.circles.byID {
		for person, log := range c.People {
			if info, has := log.Devices[device]; has {
				d = DeviceInfo{Device: id, Name: info.Name, Owner: a.member(c.People, person), Removed: info.Removed}
				d.This = device == a.store.Device()
				d.Here, d.Seen = d.This || a.company.deviceHere(device), a.company.deviceSeen(device)
				return d, true
			}
		}
	}
	return DeviceInfo{}, false
}

// DevicesOf is the devices of a person that belong to them now, by name, at once.
func (a *App) DevicesOf(p Person) []DeviceInfo {
	person, err := identity.ParsePersonID(string(p))
	if err != nil {
		return nil
	}
	ids := map[identity.DeviceID]bool{}
	a.circles.mu.Lock()
	for _, c := range a.circles.byID {
		for id := range c.People[person].Devices {
			ids[id] = true
		}
	}
	a.circles.mu.Unlock()
	var out []DeviceInfo
	for id := range ids {
		if d, ok := a.DeviceOf(id.String()); ok && !d.Removed {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(x, y DeviceInfo) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Device, y.Device)) })
	return out
}
