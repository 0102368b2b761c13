package app

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/net/presence"
	"corkboard/share"
)

// circles is what is known of the shared collections, kept so that the window can ask
// at any time.
type circles struct {
	mu        sync.Mutex
	byID      map[access.RecordID]docstore.Collection
	returning map[access.RecordID]*[16]byte // to which this person comes back, by the secret of a link or by name
	refused   map[access.RecordID]uint64    // whose invitation was not open as of a place of their items
}

// lookAround reads anew what the collections say, and wakes whoever wants to know. It
// blocks.
func (a *App) lookAround() {
	list, err := a.store.Collections()
	if err != nil {
		return // locked: whoever waits for the keys is woken
	}
	byID := make(map[access.RecordID]docstore.Collection, len(list))
	for _, c := range list {
		byID[c.ID] = c
	}
	a.circles.mu.Lock()
	a.circles.byID = byID
	a.circles.mu.Unlock()
	a.shun()
	a.company.records.Wake()
	a.company.Wake()
}

// sharedCircles is the shared collections, in no order.
func (a *App) sharedCircles() []docstore.Collection {
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	var out []docstore.Collection
	for _, c := range a.circles.byID {
		if !c.Home {
			out = append(out, c)
		}
	}
	return out
}

// circleOf is the shared collection of a document that is open, or that was joined
// and is still to come.
func (a *App) circleOf(id doc.ID) (docstore.Collection, bool) {
	c, known := a.store.KnownCollectionOf(id)
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	if known {
		circle, ok := a.circles.byID[c]
		return circle, ok && !circle.Home
	}
	for _, circle := range a.circles.byID {
		if circle.Root == id && !circle.Home {
			return circle, true
		}
	}
	return docstore.Collection{}, false
}

// Sharing is what is to be said of a board that is open and those who share it. It
// returns at once.
func (a *App) Sharing(id doc.ID) Sharing {
	c, ok := a.circleOf(id)
	if !ok {
		return Sharing{}
	}
	me := a.store.Person()
	s := Sharing{
		Shared: true, Root: c.Root, Mine: roleOf(c.State.Role(me)),
		Removed: a.out(c),
	}
	s.Waiting = !s.Removed && (!c.Ready || c.State.Role(me) == access.None)
	a.circles.mu.Lock()
	s.Refused = s.Waiting && c.State.Role(me) == access.None && a.circles.refused[c.ID] > 0
	a.circles.mu.Unlock()
	for person, role := range c.State.Members {
		if role == access.Store {
			continue
		}
		m := a.member(c.People, person)
		m.Role, m.Owner = roleOf(role), person == c.State.Owner
		s.Members = append(s.Members, m)
	}
	for _, i := range c.State.Invitations {
		if i.Person != (identity.PersonID{}) {
			m := a.member(c.People, i.Person)
			m.Role, m.Invited, m.Here, m.Seen = roleOf(i.Role), true, false, time.Time{}
			m.Reached = a.reached(i.ID)
			s.Members = append(s.Members, m)
			continue
		}
		l := OpenLink{ID: i.ID.String(), Role: roleOf(i.Role), Created: time.UnixMilli(i.Time)}
		if i.Expires != 0 {
			l.Expires = time.UnixMilli(i.Expires)
		}
		s.Links = append(s.Links, l)
	}
	for device, name := range c.State.Stores {
		s.Backups = append(s.Backups, Backup{ID: device.String(), Name: PlaceOf(name), Here: a.company.deviceHere(device)})
	}
	slices.SortFunc(s.Members, func(x, y Member) int {
		if x.Owner != y.Owner {
			return map[bool]int{true: -1, false: 1}[x.Owner]
		}
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Person, y.Person))
	})
	slices.SortFunc(s.Backups, func(x, y Backup) int { return cmp.Compare(x.ID, y.ID) })
	return s
}

// member is how a person shows themselves.
func (a *App) member(people map[identity.PersonID]identity.State, person identity.PersonID) Member {
	p := people[person].Profile
	m := Member{Person: Person(person.String()), Name: p.Name, Colour: p.Colour, Picture: p.Picture, Me: person == a.store.Person()}
	if m.Name == "" {
		m.Name = "Somebody " + string(m.Person[:4])
	}
	if m.Colour == ([3]byte{}) {
		m.Colour = presence.ColourOf(string(m.Person))
	}
	m.Here, m.Seen = a.company.personHere(person)
	m.Here = m.Here || m.Me
	return m
}

// memberAnywhere is a person as any collection knows them; this profile's own comes first,
// where one's newest name always is.
func (a *App) memberAnywhere(person identity.PersonID) Member {
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	if home := a.circles.byID[a.store.HomeCollection()]; home.People[person].Profile.Name != "" {
		return a.member(home.People, person)
	}
	for _, c := range a.circles.byID {
		if c.People[person].Profile.Name != "" {
			return a.member(c.People, person)
		}
	}
	return a.member(nil, person)
}

// profileOf is how a person is shown on boards.
func (a *App) profileOf(id string) presence.Profile {
	person, err := identity.ParsePersonID(id)
	if err != nil {
		return presence.Profile{}
	}
	m := a.memberAnywhere(person)
	return presence.Profile{Name: m.Name, Colour: m.Colour, Picture: m.Picture}
}

// roleOf is a role as links name it; reading for one that only comments.
func roleOf(r access.Role) share.Role {
	switch r {
	case access.Store:
		return share.Store
	case access.Read, access.Comment:
		return share.Read
	case access.Write:
		return share.Write
	case access.Admin:
		return share.Admin
	}
	return 0
}

func accessRole(r share.Role) access.Role {
	switch r {
	case share.Store:
		return access.Store
	case share.Read:
		return access.Read
	case share.Write:
		return access.Write
	case share.Admin:
		return access.Admin
	}
	return access.None
}
