package app

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
)

// newest is where the newest item of a document stands, as of some time.
type newest struct {
	place uint64
	at    uint64 // place of the newest item of the collection then
}

// places is what is known of newest items; it is asked again, on a goroutine, when the
// collection has grown.
type places struct {
	mu     sync.Mutex
	byID   map[doc.ID]newest
	asking map[doc.ID]bool
}

// SyncState says where a document is besides this device; the board that was shared
// stands for all that is on it, files too. It returns at once with what is known; whoever
// has subscribed with SubscribeTogether is woken when that changes.
func (a *App) SyncState(id doc.ID) SyncState {
	id = a.store.Moved(id)
	c, ok := a.syncedCircleOf(id)
	if !ok {
		return SyncState{Words: "Only on this device"}
	}
	s := SyncState{Shared: !c.Home}
	sh, err := a.store.Shelf(c.ID)
	if err != nil {
		s.Words = "Only on this device"
		return s
	}
	place, known := sh.Last(), true
	if id != c.Root {
		place, known = a.newestOf(sh, id)
	}
	acked := map[identity.DeviceID]docstore.PeerReplica{}
	for _, p := range sh.Peers() {
		if p.Device != (identity.DeviceID{}) {
			acked[p.Device] = p
		}
	}
	var waits string
	var since int64
	me := a.store.Device()
	for person, role := range c.State.Members {
		if role < access.Read {
			continue
		}
		for device := range c.People[person].Devices {
			if device == me || !c.People[person].Active(device) {
				continue
			}
			s.Devices++
			if p, word := acked[device]; known && word && p.Acked >= place {
				s.Have++
			} else if here, _ := a.company.personHere(person); !here && (waits == "" || p.Time > since) {
				waits, since = a.member(c.People, person).Name, p.Time
			}
		}
	}
	for device := range c.State.Stores {
		s.Backed = s.Backed || known && acked[device].Acked >= place && a.files.keptAt(device.String(), c, id, sh.Last())
	}
	s.Waiting = waitingFor(waits, since, a.opts.Now())
	s.Words = s.words(known)
	return s
}

// syncedCircleOf is circleOf, and the profile's own collection where there are other
// devices.
func (a *App) syncedCircleOf(id doc.ID) (docstore.Collection, bool) {
	if c, ok := a.circleOf(id); ok || !a.several() {
		return c, ok
	}
	home := a.store.HomeCollection()
	if c, known := a.store.KnownCollectionOf(id); !known || c != home {
		return docstore.Collection{}, false
	}
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	c, ok := a.circles.byID[home]
	return c, ok
}

// newestOf is where the newest item of a document stands; known is false until it has
// been looked up once.
func (a *App) newestOf(sh *docstore.Shelf, id doc.ID) (place uint64, known bool) {
	p := &a.places
	last := sh.Last()
	p.mu.Lock()
	defer p.mu.Unlock()
	n, known := p.byID[id]
	if (!known || n.at != last) && !p.asking[id] {
		p.asking[id] = true
		a.company.begin(func() {
			place, err := sh.Newest(id)
			p.mu.Lock()
			delete(p.asking, id)
			if err == nil {
				p.byID[id] = newest{place, last}
			}
			p.mu.Unlock()
			if err == nil {
				a.company.Wake()
			}
		})
	}
	if n.at != last { // until it is known better, what has come since may be its
		n.place = last
	}
	return n.place, known
}

func waitingFor(name string, since int64, now time.Time) string {
	if name == "" {
		return ""
	}
	if since == 0 {
		return "Waiting for " + name
	}
	at, form := time.UnixMilli(since).In(now.Location()), "15:04"
	if now.Sub(at) > 20*time.Hour {
		form = "2 January"
	}
	return "Waiting for " + name + " since " + at.Format(form)
}

// words says where it is as far as that is known: others have it once they have said
// so.
func (s SyncState) words(known bool) string {
	on := ""
	switch {
	case !known:
		return "Looking where this is"
	case s.Have == 0 && s.Backed:
		return "Backed up"
	case s.Have == 0:
		return "Only on this device"
	case s.Devices == 1:
		on = "On the other device"
	case s.Have < s.Devices:
		on = fmt.Sprintf("On %d of %d other devices", s.Have, s.Devices)
	case s.Devices == 2:
		on = "On both other devices"
	default:
		on = fmt.Sprintf("On all %d other devices", s.Devices)
	}
	if s.Backed {
		on += " · backed up"
	}
	return on
}

// Reach says how those are connected who share the board of a document. At once.
func (a *App) Reach(id doc.ID) []Reach {
	c, ok := a.circleOf(id)
	if !ok {
		return nil
	}
	t := a.company
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []Reach
	for _, p := range t.devices {
		for _, of := range p.Collections {
			if of.Collection == c.ID && p.Who.Person != (identity.PersonID{}) {
				out = append(out, Reach{Person: Person(p.Who.Person.String()), Step: p.Step.String(), Even: of.Equal})
			}
		}
	}
	slices.SortFunc(out, func(x, y Reach) int { return strings.Compare(string(x.Person), string(y.Person)) })
	return out
}
