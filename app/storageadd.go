package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"corkboard/docstore"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/net/blind"
	"corkboard/net/blind/admin"
	"corkboard/net/host"
	"corkboard/net/node"
	"corkboard/net/wire"
	"corkboard/share"
)

// The first connection to a storage peer may have been made by other secrets, before
// the link was used.
const (
	strangerTries = 2 // that it may know nothing in common
	ownTries      = 4 // that it may refuse, or not answer
)

// Errors of storage peers, besides those of package admin.
var (
	// ErrNotStorage says that a link does not lead to a storage peer.
	ErrNotStorage = errors.New("not a link to a storage peer")
	// ErrStorageKnown says that this person uses the storage peer already.
	ErrStorageKnown = errors.New("the storage peer is used already")
)

// AddStoragePeer makes this person the owner of a storage peer, by the link that it
// has shown at its first start; from then on it keeps all boards that they share. It
// blocks until the storage peer has answered. If the answer is lost, the storage peer
// is kept, and whether it has taken this person is found out by the next connection.
// Errors: share.ErrBadLink, ErrNotStorage, ErrStorageKnown, ErrNobodyMet,
// host.ErrAddress, host.ErrNobody, node.ErrAway, those of package admin, admin.ErrOwned
// above all.
func (a *App) AddStoragePeer(ctx context.Context, link string) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, storageWait)
	defer stop()
	t, secret, err := readStorageLink(link)
	if err != nil {
		return err
	}
	known, kept := a.storage.tenancy(t.Device)
	switch {
	case kept && a.company.deviceHere(t.Device):
		return ErrStorageKnown
	case kept:
		t.Secret = known.Secret // what was said with it may have arrived
	default:
		_, _ = rand.Read(t.Secret[:]) // never fails
	}
	var doubt error
	err = a.devices.tellStore(ctx, t, func() error { // other devices hear of it once it knows the secret
		if err := a.store.KeepTenancy(t); err != nil { // before it is told to anybody
			return err
		}
		said, err := a.storage.own(ctx, t, secret)
		if err != nil && !kept && !said {
			return errors.Join(fmt.Errorf("adding a storage peer: %w", err), a.store.DropTenancy(t.Device))
		}
		doubt = err
		return nil
	})
	if err != nil {
		return err
	}
	a.storage.load()
	a.lookAround()
	if doubt != nil {
		return fmt.Errorf("adding a storage peer: %w", doubt)
	}
	return nil
}

// readStorageLink is the storage peer that a link leads to, and the secret in it.
func readStorageLink(link string) (t docstore.Tenancy, secret share.Secret, err error) {
	l, err := share.Parse(link)
	if err != nil {
		return t, secret, err
	}
	if l.Kind != share.KindStorage || !l.Invites() {
		return t, secret, ErrNotStorage
	}
	t.Owner = true
	if t.Device, err = identity.ParseDeviceID(string(l.Document)); err != nil {
		return t, secret, err
	}
	for _, at := range l.At {
		if to, err := host.ParseAddress(at); at != "" && err == nil {
			t.Addresses = append(t.Addresses, strings.Fields(string(to))...)
		}
	}
	if len(t.Addresses) == 0 {
		return t, secret, host.ErrAddress
	}
	return t, l.Secret, nil
}

// tenancy is what is kept of a storage peer.
func (s *storage) tenancy(device identity.DeviceID) (docstore.Tenancy, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.list {
		if t.Device == device {
			return t, true
		}
	}
	return docstore.Tenancy{}, false
}

// own uses the link: the storage peer knows its owner by another secret afterwards.
// said means that it may do so although there is an error.
func (s *storage) own(ctx context.Context, t docstore.Tenancy, first share.Secret) (said bool, err error) {
	n := s.a.company.present()
	if n == nil {
		return false, ErrNobodyMet
	}
	defer func() {
		s.mu.Lock()
		delete(s.claim, t.Device)
		s.mu.Unlock()
		n.Reconnect(t.Device)
		n.Refresh()
	}()
	s.claimBy(t, blind.FirstSecret(first))
	for range ownTries {
		var c *admin.Client
		if c, err = s.introduce(ctx, n, t); err != nil {
			break
		}
		err = c.Own(ctx, wire.NewSecret(t.Secret))
		_ = c.Close()
		switch {
		case err == nil, errors.Is(err, admin.ErrOwned), errors.Is(err, admin.ErrMany), errors.Is(err, admin.ErrNewer):
			return false, err
		case errors.Is(err, admin.ErrRefused): // it has not been connected by the link
			err = admin.ErrOwned
		default: // the answer is lost; asking again does no harm
			said = true
		}
		n.Reconnect(t.Device)
	}
	if !said || !errors.Is(err, admin.ErrOwned) {
		return said, err
	}
	s.claimBy(t, wire.NewSecret(t.Secret)) // is the owner this person, then?
	c, err := s.introduce(ctx, n, t)
	if err != nil {
		return !errors.Is(err, admin.ErrOwned), err
	}
	defer c.Close()
	if standing, _, err := c.Status(ctx); err == nil && !standing.Owner || errors.Is(err, admin.ErrRefused) {
		return false, admin.ErrOwned
	} else if err != nil {
		return true, err
	}
	return true, nil
}

// claimBy has a storage peer dialled by a secret that is not kept.
func (s *storage) claimBy(t docstore.Tenancy, secret wire.Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claim[t.Device] = node.Tenancy{Store: node.Store{Device: t.Device, Addresses: wireAddresses(t.Addresses)}, Secret: secret}
}

// introduce connects with a storage peer by its link, and opens a stream. A connection
// that was there before, by other secrets, ends meanwhile: then it is tried again.
// admin.ErrOwned if the storage peer does not know the link.
func (s *storage) introduce(ctx context.Context, n *node.Node, t docstore.Tenancy) (*admin.Client, error) {
	strangers := 0
	for {
		err := n.Dial(ctx, wire.Address(strings.Join(t.Addresses, " ")))
		if err == nil {
			var stream wire.Stream
			if stream, err = n.OpenAt(ctx, t.Device, admin.Protocol); err == nil {
				return admin.NewClient(stream), nil
			}
		} else if errors.Is(err, wire.ErrStranger) {
			if strangers++; strangers == strangerTries {
				return nil, admin.ErrOwned
			}
		} else if final(err) {
			return nil, err
		}
		select {
		case <-time.After(dialPause):
		case <-ctx.Done():
			return nil, err
		}
	}
}

// final reports whether dialling again at once would fail in the same way.
func final(err error) bool {
	return slices.ContainsFunc([]error{host.ErrAddress, host.ErrNobody, wire.ErrHandshake, node.ErrBanned, node.ErrCrowded, node.ErrClosed}, func(known error) bool {
		return errors.Is(err, known)
	})
}

// ask opens a stream to a storage peer, as soon as it is connected.
func (s *storage) ask(ctx context.Context, device identity.DeviceID) (*admin.Client, error) {
	n := s.a.company.present()
	if n == nil {
		return nil, ErrNobodyMet
	}
	met := make(chan struct{}, 1)
	defer n.Subscribe(func() {
		select {
		case met <- struct{}{}:
		default:
		}
	})()
	for {
		stream, err := n.OpenAt(ctx, device, admin.Protocol)
		if err == nil {
			return admin.NewClient(stream), nil
		}
		if !errors.Is(err, node.ErrAway) {
			return nil, err
		}
		select {
		case <-met:
		case <-ctx.Done():
			return nil, err
		}
	}
}

// RemoveStoragePeer forgets a storage peer: what it keeps stays there, sealed, until
// its next owner clears it. It blocks. Errors: identity.ErrBadID, those of docstore.
func (a *App) RemoveStoragePeer(ctx context.Context, id string) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	device, err := identity.ParseDeviceID(id)
	if err != nil {
		return err
	}
	s := a.storage
	s.mu.Lock() // nobody names it from now on
	s.list = slices.DeleteFunc(slices.Clone(s.list), func(t docstore.Tenancy) bool { return t.Device == device })
	s.mu.Unlock()
	defer a.lookAround()
	defer s.load()
	if err := a.unname(ctx, device); err != nil {
		return fmt.Errorf("removing a storage peer: %w", err)
	}
	if err := a.dropStorage(device); err != nil {
		return err
	}
	s.mu.Lock()
	delete(s.standing, device)
	maps.DeleteFunc(s.kept, func(r registered, _ bool) bool { return r.device == device })
	s.mu.Unlock()
	return nil
}

// dropStorage forgets a storage peer on all devices of this person.
func (a *App) dropStorage(device identity.DeviceID) error {
	return a.devices.tellGone(a.ctx, device, func() error { return a.store.DropTenancy(device) })
}

// unname lets those who share this person's boards look for them at a storage peer no
// longer.
func (a *App) unname(ctx context.Context, device identity.DeviceID) error {
	me := a.store.Person()
	list, err := a.store.Collections()
	if err != nil {
		return err
	}
	for _, c := range list {
		if _, is := c.State.Stores[device]; !is || c.State.Owner != me {
			continue
		}
		err := a.store.Govern(ctx, c.ID, func(r *replica.Replica) ([]replica.Item, error) {
			return r.RemoveStore(device, a.opts.Now().UnixMilli())
		})
		if err != nil {
			return err
		}
	}
	return nil
}
