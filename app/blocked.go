package app

import (
	"slices"

	"corkboard/doc"
	"corkboard/identity"
)

// Block has nothing more come from a person beside what is on shared boards: their
// invitations are dropped without a word, neither sees what the other does on a board,
// and this device does not dial theirs. They stay on the boards that both are on. It is
// kept on this device, and taken back by off. Errors: the system's, identity.ErrBadID.
func (a *App) Block(p Person, on bool) error {
	person, err := identity.ParsePersonID(string(p))
	if err != nil {
		return err
	}
	a.UpdateDevice(func(d *Device) {
		d.Blocked = slices.DeleteFunc(slices.Clone(d.Blocked), func(old Person) bool { return old == p })
		if on {
			d.Blocked = append(d.Blocked, p)
			d.Offers = slices.DeleteFunc(slices.Clone(d.Offers), func(o offer) bool { return o.From == person.String() })
		}
	})
	a.shun()
	if n := a.company.present(); n != nil {
		n.Refresh()
	}
	a.company.Wake()
	return a.device.flush()
}

// blocked reports whether nothing is wanted of a person.
func (a *App) blocked(p identity.PersonID) bool {
	return slices.Contains(a.Device().Blocked, Person(p.String()))
}

// shun lets the network know who is blocked.
func (a *App) shun() {
	var persons []string
	for _, p := range a.Device().Blocked {
		persons = append(persons, string(p))
	}
	devices := map[identity.DeviceID]bool{}
	a.circles.mu.Lock()
	for _, p := range persons {
		person, err := identity.ParsePersonID(p)
		if err != nil {
			continue
		}
		for _, c := range a.circles.byID {
			for id := range c.People[person].Devices {
				devices[id] = true
			}
		}
	}
	a.circles.mu.Unlock()
	a.shunned.Store(&devices)
	a.company.hub.Mute(persons)
}

// avoids reports whether a device is one of somebody who is blocked.
func (a *App) avoids(device identity.DeviceID) bool {
	list := a.shunned.Load()
	return list != nil && (*list)[device]
}

// SetInvisible has others told nothing more of where this person is and what they do, or
// ends that. It lasts over restarts. Errors: the system's.
func (a *App) SetInvisible(on bool) error {
	a.UpdateDevice(func(d *Device) { d.Invisible = on })
	a.company.hub.Hide(on)
	a.company.Wake()
	return a.device.flush()
}

// Invisible reports whether others are told nothing of what this person does.
func (a *App) Invisible() bool { return a.Device().Invisible }

// Where is the board at which a person looks now, of those that both share; ok is false
// where that is not told.
func (a *App) Where(p Person) (board doc.ID, ok bool) { return a.company.hub.Where(string(p)) }

// SubscribeWhere calls wake when anybody does something else on any board: on any
// goroutine, as often as they move a pointer; wake must return at once.
func (a *App) SubscribeWhere(wake func()) (cancel func()) { return a.company.hub.Subscribe(wake) }
