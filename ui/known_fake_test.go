package ui

import (
	"context"
	"slices"

	"corkboard/app"
	"corkboard/board"
	"corkboard/doc"
)

// This file is what a crowd knows and does about single people.

func (c *crowd) OnBoard(id doc.ID, p app.Person) (app.Member, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p == c.me.Person {
		return c.me, true
	}
	for _, x := range c.known {
		if x.Person != p {
			continue
		}
		m := app.Member{Person: p, Name: x.Name, Colour: x.Colour, Here: x.Here, Seen: x.Seen, Blocked: x.Blocked}
		for _, on := range c.boards[id].Members {
			if on.Person == p {
				m.Role, m.Owner = on.Role, on.Owner
			}
		}
		return m, true
	}
	return app.Member{}, false
}

func (c *crowd) DeviceOf(id string) (app.DeviceInfo, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, list := range c.devices {
		for _, d := range list {
			if d.Device == id {
				return d, true
			}
		}
	}
	return app.DeviceInfo{}, false
}

func (c *crowd) DevicesOf(p app.Person) []app.DeviceInfo {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.devices[p]
}

func (c *crowd) PinPerson(_ context.Context, _ doc.ID, p app.Person) (board.CardID, error) {
	return "", c.note("pin %s", p)
}

func (c *crowd) PinDevice(_ context.Context, _ doc.ID, id string) (board.CardID, error) {
	return "", c.note("pin %s", id)
}

func (c *crowd) PinStoragePeer(_ context.Context, _ doc.ID, id string) (board.CardID, error) {
	return "", c.note("pin %s", id)
}

func (c *crowd) Block(p app.Person, on bool) error {
	err := c.note("block %s %v", p, on)
	c.change(func() {
		c.known = slices.Clone(c.known)
		for i := range c.known {
			if c.known[i].Person == p {
				c.known[i].Blocked = on
			}
		}
	})
	return err
}

func (c *crowd) SetInvisible(on bool) error {
	err := c.note("invisible %v", on)
	c.change(func() { c.unseen = on })
	return err
}

func (c *crowd) Invisible() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.unseen
}

func (c *crowd) Where(p app.Person) (doc.ID, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id, ok := c.where[p]
	return id, ok
}

func (c *crowd) SubscribeWhere(wake func()) (cancel func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wheres = append(c.wheres, wake)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.wheres = nil
	}
}
