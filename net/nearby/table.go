package nearby

import (
	"cmp"
	"slices"
	"strings"

	"corkboard/identity"
)

// MaxPeople is how many a Table holds; who comes later is not shown.
const MaxPeople = 64

// Table is who is there now. It belongs to one goroutine, or to a lock.
type Table struct {
	people map[identity.PersonID]Person
	by     map[identity.DeviceID]identity.PersonID
}

// Come adds somebody at a device, or renews them. It reports whether there was room.
func (t *Table) Come(device identity.DeviceID, p Person) bool {
	if t.people == nil {
		t.people, t.by = map[identity.PersonID]Person{}, map[identity.DeviceID]identity.PersonID{}
	}
	_, known := t.people[p.ID]
	if _, here := t.by[device]; !here && len(t.by) >= 2*MaxPeople || !known && len(t.people) >= MaxPeople {
		return false
	}
	t.Go(device)
	t.people[p.ID], t.by[device] = p, p.ID
	return true
}

// Go takes a device away, and its person with their last one.
func (t *Table) Go(device identity.DeviceID) {
	who, here := t.by[device]
	if !here {
		return
	}
	delete(t.by, device)
	for _, other := range t.by {
		if other == who {
			return
		}
	}
	delete(t.people, who)
}

// Clear takes everybody away.
func (t *Table) Clear() { *t = Table{} }

// At is who is at a device.
func (t *Table) At(device identity.DeviceID) (Person, bool) {
	p, ok := t.people[t.by[device]]
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
