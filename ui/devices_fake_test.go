package ui

import (
	"context"

	"corkboard/app"
)

// own is the devices of somebody who is not there.
type own struct {
	list    []app.OwnDevice
	gone    bool
	pairing app.Pairing
	fresh   bool
}

func (c *crowd) Devices() []app.OwnDevice {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.several.list
}

func (c *crowd) DeviceRemoved() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.several.gone
}

func (c *crowd) RenameDevice(_ context.Context, id, name string) error {
	return c.note("rename %s to %s", id, name)
}

func (c *crowd) RemoveDevice(_ context.Context, id string) error {
	return c.note("remove device %s", id)
}

func (c *crowd) NewDeviceLink(context.Context) (app.Pairing, error) {
	if err := c.note("device link"); err != nil {
		return app.Pairing{}, err
	}
	c.change(func() {
		c.several.pairing = app.Pairing{State: app.PairingWaiting, Link: deviceLink, Expires: atNoon}
	})
	return c.Pairing(), nil
}

func (c *crowd) Pairing() app.Pairing {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.several.pairing
}

func (c *crowd) ConfirmDevice(yes bool) error { return c.note("confirm %v", yes) }

func (c *crowd) CancelDeviceLink() { _ = c.note("cancel link") }

func (c *crowd) BecomeDevice(ctx context.Context, link string, show func(string)) error {
	if err := c.note("become %s", link); err != nil {
		return err
	}
	show("lamp river chair seven")
	<-ctx.Done()
	return ctx.Err()
}

func (c *crowd) Fresh(context.Context) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.several.fresh
}
