package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"corkboard/cards"
	"corkboard/identity"
	"corkboard/net/nearby"
	"corkboard/net/presence"
	"corkboard/net/wire"
)

// NearbyTime is how long people nearby are looked for, unless somebody ends it sooner.
const NearbyTime = 15 * time.Minute

// Nearby is the people on this network who look for each other now.
type Nearby struct {
	On     bool      // this person can be found, and looks
	Until  time.Time // ends by itself then
	People []Contact // by name
}

// neighbours is what this device does about people nearby. Nothing of it is kept: a
// program that starts looks for nobody.
type neighbours struct {
	a *App

	mu    sync.Mutex
	card  []byte // nil while nobody is looked for
	until time.Time
	timer *time.Timer
	table nearby.Table
}

// Nearby is who looks on this network. At once.
func (a *App) Nearby() Nearby {
	n := &a.nearby
	n.mu.Lock()
	defer n.mu.Unlock()
	out := Nearby{On: n.card != nil, Until: n.until}
	for _, p := range n.table.People() {
		if out.On && !a.blocked(p.ID) && p.ID != a.store.Person() {
			out.People = append(out.People, contactOf(p))
		}
	}
	return out
}

func contactOf(p nearby.Person) Contact {
	c := Contact{Person: Person(p.ID.String()), Name: cards.CleanName(p.Name), Colour: p.Colour, Picture: p.Picture, Here: true}
	if c.Name == "" {
		c.Name = "Somebody " + string(c.Person[:4])
	}
	if c.Colour == ([3]byte{}) {
		c.Colour = presence.ColourOf(string(c.Person))
	}
	return c
}

// SetNearby lets people on this network who look too find this person by name and
// colour, and shows them here; for NearbyTime at most. It blocks on the disk. Errors:
// ErrNobodyMet, nearby.ErrTooLong, those of docstore.
func (a *App) SetNearby(ctx context.Context, on bool) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	if !on {
		a.nearby.end()
		return nil
	}
	if a.company.present() == nil {
		return ErrNobodyMet
	}
	err := a.introduceMyself(ctx)
	if err == nil {
		err = a.nearby.begin()
	}
	if err != nil {
		return fmt.Errorf("looking for people nearby: %w", err)
	}
	a.company.searchNearby()
	return nil
}

// own is what this person says of themselves now.
func (n *neighbours) own() ([]byte, error) {
	log, err := n.a.store.PersonLog(n.a.store.Person())
	if err != nil {
		return nil, err
	}
	return nearby.Card(log)
}

// renew says something new to those who are met from now on.
func (n *neighbours) renew() error {
	card, err := n.own()
	n.mu.Lock()
	defer n.mu.Unlock()
	if err == nil && n.card != nil {
		n.card = card
	}
	return err
}

// begin looks from now on, or longer.
func (n *neighbours) begin() error {
	card, err := n.own()
	if err != nil {
		return err
	}
	n.mu.Lock()
	if n.timer != nil {
		n.timer.Stop()
	}
	n.card, n.until = card, n.a.opts.Now().Add(NearbyTime)
	n.timer = time.AfterFunc(NearbyTime, n.end)
	n.mu.Unlock()
	n.changed()
	return nil
}

// end looks for nobody any more. Whoever was met for this alone is left.
func (n *neighbours) end() {
	n.mu.Lock()
	if n.timer != nil {
		n.timer.Stop()
	}
	n.card, n.until, n.timer = nil, time.Time{}, nil
	n.mu.Unlock()
	n.changed()
}

func (n *neighbours) changed() {
	if net := n.a.company.present(); net != nil {
		net.Refresh()
	}
	n.a.company.Wake()
}

// Card implements node.Neighbours.
func (n *neighbours) Card() []byte {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.card
}

// Meet implements node.Neighbours.
func (n *neighbours) Meet(who wire.Who, card []byte) error {
	p, err := nearby.Read(card, who.Person, who.Device)
	if errors.Is(err, nearby.ErrNewer) {
		return nil // nobody is shown whom this program cannot read
	}
	if err != nil {
		return err
	}
	n.mu.Lock()
	room := n.table.Come(who.Device, p)
	n.mu.Unlock()
	if !room {
		n.a.opts.Log.Warn("too many people nearby to show them all")
	}
	n.a.company.Wake()
	return nil
}

// Part implements node.Neighbours.
func (n *neighbours) Part(who wire.Who) {
	n.mu.Lock()
	n.table.Go(who.Device)
	n.mu.Unlock()
	n.a.company.Wake()
}

// vouches reports whether somebody has shown that a device is theirs, and is still
// there.
func (n *neighbours) vouches(who wire.Who) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	p, here := n.table.At(who.Device)
	return here && p.ID == who.Person && n.card != nil
}

// who is somebody who is there.
func (n *neighbours) who(person identity.PersonID) (nearby.Person, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	p, here := n.table.Who(person)
	return p, here && n.card != nil
}
