package nearby

import (
	"cmp"
	"slices"
	"strings"

	"corkboard/identity"
)

// MaxPeople is how many a Table holds; who comes later is not shown.
const MaxPeople = 64

// Table is who is there now: each device as often as it has come and not gone, for
// two who dial each other at once meet twice. It belongs to one goroutine, or to a lock.
type Table struct {
	people map[identity.PersonID]Person
	by     map[identity.DeviceID]place
}

// place is whose a device is, and how often it has come.
type place struct {
	who   identity.PersonID
	times int
}

// Come adds somebody at a device, or renews them. It reports whether there was room; a
// device goes as often as it has come, also where there was none.
func (t *Table) Come(device identity.DeviceID, p Person) bool {
	if t.people == nil {
		t.people, t.by = map[identity.PersonID]Person{}, map[identity.DeviceID]place{}
	}
	_, known := t.people[p.ID]
	at, here := t.by[device]
	if !here && len(t.by) >= 2*MaxPeople || !known && len(t.people) >= MaxPeople {
		if here {
			t.by[device] = place{at.who, at.times + 1}
		}
		return false
	}
	t.people[p.ID], t.by[device] = p, place{p.ID, at.times + 1}
	if here && at.who != p.ID {
		t.leave(at.who)
	}
	return true
}

// Go takes a device away when it has gone as often as it came, and its person with
// their last one.
func (t *Table) Go(device identity.DeviceID) {
	at, here := t.by[device]
	switch {
	case !here:
	case at.times > 1:
		t.by[device] = place{at.who, at.times - 1}
	default:
		delete(t.by, device)
		t.leave(at.who)
	}
}

// leave takes a person away who is at no device any more.
func (t *Table) leave(who identity.PersonID) {
	for _, at := range t.by {
		if at.who == who {
			return
		}
	}
	delete(t.people, who)
}

// At is who is at a device.
func (t *Table) At(device identity.DeviceID) (Person, bool) {
	p, ok := t.people[t.by[device].who]
	return p, ok
}

// Who is somebody by their id.
func (t *Table) Who(id identity.PersonID) (Person, bool) {
	p, ok := t.people[id]
	return p, ok
}

// People is everybody who has a name, by it.
func (t *Table) People() []Person {
	var out []Person
	for _, p := range t.people {
		if p.Name != "" {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(x, y Person) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), slices.Compare(x.ID[:], y.ID[:]))
	})
	return out
}
