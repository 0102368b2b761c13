package app

import (
	"context"
	"errors"

	"corkboard/cards"
	"corkboard/net/node"
	"corkboard/net/pair"
	"corkboard/net/wire"
)

// doors is what the network asks of links for devices.
type doors struct{ d *devices }

// Doors implements node.Doors.
func (s doors) Doors() (out []wire.Secret) {
	s.d.mu.Lock()
	defer s.d.mu.Unlock()
	if o := s.d.offer; o != nil {
		select {
		case <-o.over:
		default:
			out = append(out, o.secret)
		}
	}
	if b := s.d.becoming; b != nil {
		out = append(out, b.secret)
	}
	return out
}

// Serve implements node.Doors.
func (s doors) Serve(ctx context.Context, at node.Door, stream wire.Stream) {
	d := s.d
	d.mu.Lock()
	o := d.offer
	mine := o != nil && o.secret == at.Secret && !o.taken && o.State == PairingWaiting
	if mine {
		o.taken = true // whatever comes of it
	}
	d.mu.Unlock()
	if !mine {
		return
	}
	a := d.a
	ends := pair.Ends{Asks: at.Remote, Gives: at.Local}
	err := pair.Give(ctx, stream, ends, a.store.Person(), func(ctx context.Context, who pair.Asker) ([]byte, error) {
		return d.decide(ctx, o, who)
	})
	switch {
	case err == nil:
		a.endOffer(o, PairingDone, nil)
	case errors.Is(err, errNotNow):
		a.endOffer(o, PairingRefused, nil)
	default:
		a.endOffer(o, PairingFailed, err)
	}
	a.lookAround()
}

// decide waits for the person, and lets the device in.
func (d *devices) decide(ctx context.Context, o *offered, who pair.Asker) ([]byte, error) {
	a := d.a
	name := cards.CleanName(who.Label)
	if name == "" {
		name = "Another device"
	}
	d.mu.Lock()
	if o.State == PairingWaiting {
		o.State, o.Name, o.Words = PairingAsks, name, string(who.Words)
	}
	d.mu.Unlock()
	a.company.Wake()
	select {
	case yes := <-o.answer:
		if !yes {
			return nil, errNotNow
		}
	case <-o.over:
		return nil, ErrLinkOver
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if !d.letIn(o) {
		return nil, ErrLinkOver
	}
	a.company.Wake()
	welcome, err := a.store.AddDevice(a.ctx, who.Candidate)
	if err != nil {
		return nil, err
	}
	if err := d.keep(a.ctx, cards.Keyring{Devices: map[string]string{who.Candidate.Device.String(): name}}); err != nil {
		a.opts.Log.Warn("a device has no name", "err", err)
	}
	a.lookAround()
	return welcome, nil
}

// letIn notes that a device is being let in; false if the link has died meanwhile.
func (d *devices) letIn(o *offered) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-o.over:
		return false
	default:
	}
	o.State = PairingAdding
	o.ends.Stop()
	return true
}
