package ui

import (
	"time"

	"corkboard/app"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// known is what the program knows of people and machines, for cards.
type known struct {
	t     Together
	sound renderers.Sound
}

// Person implements renderers.Known.
func (k known) Person(board doc.ID, id string) (renderers.PersonKnown, bool) {
	m, ok := k.t.OnBoard(board, app.Person(id))
	if !ok {
		return renderers.PersonKnown{}, false
	}
	p := renderers.PersonKnown{Look: lookOf(m), Me: m.Me, Here: m.Here, Blocked: m.Blocked, Seen: unlessHere(m.Seen, m.Here)}
	switch {
	case m.Owner:
		p.Role = lang.T("Owner")
	case m.Role != 0:
		p.Role = roleWords(m.Role)
	}
	return p, true
}

// Device implements renderers.Known.
func (k known) Device(id string) (renderers.DeviceKnown, bool) {
	d, ok := k.t.DeviceOf(id)
	return renderers.DeviceKnown{
		Name: d.Name, Owner: lookOf(d.Owner), Mine: d.Owner.Me, This: d.This, Here: d.Here, Removed: d.Removed, Seen: unlessHere(d.Seen, d.Here),
	}, ok
}

// Storage implements renderers.Known.
func (k known) Storage(board doc.ID, id string) (renderers.StorageKnown, bool) {
	for _, p := range k.t.StoragePeers() {
		if p.ID == id {
			return renderers.StorageKnown{
				Name: p.Address, Mine: true, Here: p.Here, Boards: p.Boards, Used: p.Used, Free: p.Free, Wrong: sentence(p.Problem),
			}, true
		}
	}
	for _, b := range k.t.Sharing(board).Backups {
		if b.ID == id {
			return renderers.StorageKnown{Name: b.Name, Here: b.Here}, true
		}
	}
	return renderers.StorageKnown{}, false
}

func lookOf(m app.Member) renderers.PersonLook {
	return renderers.PersonLook{Name: m.Name, Colour: m.Colour, Picture: m.Picture}
}

func contactLook(c app.Contact) renderers.PersonLook {
	return renderers.PersonLook{Name: c.Name, Colour: c.Colour, Picture: c.Picture}
}

// unlessHere is when somebody was seen, to the minute, so that a card is not painted for
// every sign of life.
func unlessHere(seen time.Time, here bool) time.Time {
	if here || seen.IsZero() {
		return time.Time{}
	}
	return seen.Truncate(time.Minute)
}
