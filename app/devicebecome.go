package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
	"corkboard/net/node"
	"corkboard/net/pair"
	"corkboard/net/wire"
	"corkboard/share"
)

// How long the other device may take to answer at an address of its link, and to be
// found on the local network if it does not.
const (
	becomeWait    = 45 * time.Second
	neighbourWait = 10 * time.Second
)

// becoming is under way to become another device's.
type becoming struct{ secret wire.Secret }

// BecomeDevice makes this profile, which must hold nothing of its own, that of another
// device of the person whose device has made the link. show is called with the words
// that the other device shows as well. It blocks until the person there has said yes,
// and takes effect when the profile is opened the next time. Errors: ErrNotDeviceLink,
// ErrNotFresh, ErrLinkOver, ErrNobodyMet, share.ErrBadLink, those of package pair,
// pair.ErrRefused above all, of host and of docstore.
func (a *App) BecomeDevice(ctx context.Context, link string, show func(words string)) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	l, err := share.Parse(link)
	if err != nil {
		return err
	}
	if l.Kind != share.KindDevice || !l.Invites() {
		return ErrNotDeviceLink
	}
	if err := a.fresh(ctx); err != nil {
		return err
	}
	n := a.company.present()
	if n == nil {
		return ErrNobodyMet
	}
	d, secret := a.devices, pair.Secret(l.Secret)
	d.mu.Lock()
	d.becoming = &becoming{secret}
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		d.becoming = nil
		d.mu.Unlock()
		n.Refresh()
	}()
	n.Refresh()
	s, at, where, err := a.knock(ctx, n, l, secret)
	if err != nil {
		return err
	}
	device, err := identity.NewDevice(rand.Reader)
	if err != nil {
		return err
	}
	ends := pair.Ends{Asks: at.Local, Gives: at.Remote}
	err = pair.Ask(ctx, s, ends, device, computerName(), func(s identity.Spoken) { show(string(s)) }, func(person identity.PersonID, b []byte) error {
		if err := a.fresh(ctx); err != nil { // still: that took a while
			return err
		}
		return a.become(person, device, b, where, at.Who.Device)
	})
	if err != nil {
		return err
	}
	a.company.Wake()
	return nil
}

// knock opens a stream at the other device, wherever it is.
func (a *App) knock(ctx context.Context, n *node.Node, l share.Link, secret wire.Secret) (s wire.Stream, at node.Door, where wire.Address, err error) {
	err = ErrNotDeviceLink
	for _, text := range l.At {
		if text == "" {
			continue
		}
		if where, err = a.company.parse(text); err != nil {
			continue
		}
		limited, stop := context.WithTimeout(ctx, becomeWait)
		s, at, err = n.OpenDoor(limited, where, secret)
		stop()
		if err == nil {
			return s, at, where, nil
		}
		if ctx.Err() != nil {
			break
		}
	}
	if ctx.Err() == nil && !errors.Is(err, wire.ErrStranger) { // perhaps it is a neighbour
		limited, stop := context.WithTimeout(ctx, neighbourWait)
		defer stop()
		if s, at, again := n.AwaitDoor(limited, secret); again == nil {
			return s, at, "", nil
		}
	}
	if errors.Is(err, wire.ErrStranger) {
		err = fmt.Errorf("%w: %w", ErrLinkOver, err)
	}
	return nil, at, where, err
}

// become keeps what the other device has given, and where it is.
func (a *App) become(person identity.PersonID, device *identity.Device, b []byte, where wire.Address, other identity.DeviceID) error {
	w, err := docstore.DecodeWelcome(b)
	if err != nil {
		return err
	}
	if w.Person != person {
		return docstore.ErrNotWelcome
	}
	if err := a.store.Adopt(w, device); err != nil {
		return err
	}
	a.UpdateDevice(func(d *Device) {
		d.Current, d.Cameras, d.Recent, d.Offers, d.Declined = "", map[string]board.Camera{}, nil, nil, nil
		d.Met = nil
		if where != "" {
			d.Met = []met{{Address: string(where), Device: other.String(), At: a.opts.Now().UnixMilli()}}
		}
	})
	a.devices.mu.Lock()
	a.devices.became = true
	a.devices.mu.Unlock()
	return a.device.flush()
}

// Became reports whether this profile is that of another device as soon as it is opened
// again.
func (a *App) Became() bool {
	a.devices.mu.Lock()
	defer a.devices.mu.Unlock()
	return a.devices.became
}

// Fresh reports whether BecomeDevice would lose nothing. It asks the disk.
func (a *App) Fresh(ctx context.Context) bool { return a.fresh(ctx) == nil }

// fresh is ErrNotFresh if anything but the welcome card is here.
func (a *App) fresh(ctx context.Context) error {
	if why := a.ReadOnly(); why != nil {
		return why
	}
	if len(a.sharedCircles()) > 0 || len(a.StoragePeers()) > 0 || a.several() {
		return ErrNotFresh
	}
	list, err := a.store.Documents(ctx)
	if err != nil {
		return err
	}
	welcome := derive("welcome", a.store.Profile().ID)
	for _, known := range list {
		switch known.ID {
		case a.home, welcome, a.workspace.ID(), a.devices.id:
		default:
			return ErrNotFresh
		}
	}
	b, err := a.readBoard(ctx, a.home)
	if err != nil {
		return err
	}
	for _, c := range b.Cards {
		if c.Link.Document != welcome {
			return ErrNotFresh
		}
	}
	root, err := a.readWhole(ctx, welcome)
	if err != nil {
		return err
	}
	if text, _ := root["text"].(doc.Text); !cards.IsWelcome(string(text)) {
		return ErrNotFresh
	}
	return nil
}
