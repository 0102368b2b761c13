package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/pair"
	"corkboard/net/wire"
	"corkboard/share"
)

// deviceLinkLife is how long a link for another device is good.
const deviceLinkLife = 10 * time.Minute

// Errors of links for devices, besides those of package pair.
var (
	// ErrNotDeviceLink says that a link does not let a device in.
	ErrNotDeviceLink = errors.New("not a link for another device")
	// ErrNotFresh says that a profile holds something that would be lost.
	ErrNotFresh = errors.New("this profile has something of its own already")
	// ErrLinkOver says that nobody waits behind a link: it was used, or is too old.
	ErrLinkOver = errors.New("the link has been used or is too old")
	// ErrNobodyAsks says that no device waits to be let in.
	ErrNobodyAsks = errors.New("no device asks to be let in")
)

// errNotNow is said as a no.
var errNotNow = errors.New("the person has said no")

// PairingState is how far it is with a link for another device.
type PairingState int

// The states; from PairingDone on the link is dead.
const (
	PairingNone    PairingState = iota
	PairingWaiting              // for the other device
	PairingAsks                 // it is there: compare the words
	PairingAdding               // it was let in and gets what it needs
	PairingDone
	PairingRefused
	PairingOver // nobody has come in time, or it was called off
	PairingFailed
)

// Pairing is how it stands with the newest link for another device.
type Pairing struct {
	State   PairingState
	Link    string
	Expires time.Time
	Name    string // of the device that asks, as it calls itself
	Words   string // which it shows as well
	Err     error  // of PairingFailed; ErrUnheard: it is let in and may not know
}

// offered is a link of this device. Under devices.mu.
type offered struct {
	Pairing
	secret wire.Secret
	taken  bool
	answer chan bool // of the person; room for one
	ends   *time.Timer
	over   chan struct{} // closed when the link is dead
}

// NewDeviceLink makes a link by which one other device becomes one of this person's:
// good once, for ten minutes, and instead of the one before. It blocks on the disk.
// Errors: ErrNobodyMet, those of docstore.
func (a *App) NewDeviceLink(ctx context.Context) (Pairing, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	n, at := a.company.present(), a.Addresses()
	if n == nil || len(at) == 0 {
		return Pairing{}, ErrNobodyMet
	}
	if why := a.ReadOnly(); why != nil {
		return Pairing{}, why
	}
	if a.DeviceRemoved() {
		return Pairing{}, ErrDeviceRemoved
	}
	if err := a.prepareDevices(ctx); err != nil {
		return Pairing{}, fmt.Errorf("making a link for a device: %w", err)
	}
	var raw [share.SecretSize]byte
	_, _ = rand.Read(raw[:]) // never fails
	secret := share.NewSecret(raw)
	l := share.Link{Document: doc.NewID(a.store.Device()), Kind: share.KindDevice, Role: share.Admin, Secret: secret}
	for i, k := 0, 0; i < len(at) && k < len(l.At); i++ {
		if share.ValidAddress(at[i]) {
			l.At[k] = at[i]
			k++
		}
	}
	o := &offered{
		Pairing: Pairing{State: PairingWaiting, Link: share.Format(l), Expires: a.opts.Now().Add(deviceLinkLife)},
		secret:  pair.Secret(secret), answer: make(chan bool, 1), over: make(chan struct{}),
	}
	d := a.devices
	d.mu.Lock()
	if d.offer != nil {
		d.offer.finish(PairingOver, nil)
	}
	d.offer = o
	o.ends = time.AfterFunc(deviceLinkLife, func() { a.endOffer(o, PairingOver, nil) })
	now := o.Pairing
	d.mu.Unlock()
	n.Refresh()
	a.company.Wake()
	return now, nil
}

// prepareDevices makes the documents that a new device must not make anew.
func (a *App) prepareDevices(ctx context.Context) error {
	if err := a.introduceMyself(ctx); err != nil {
		return err
	}
	return a.makeNamed(ctx)
}

// makeNamed makes the documents that are called the same on all devices of a person, if
// they are not here: two that are made apart would not be one.
func (a *App) makeNamed(ctx context.Context) error {
	if err := a.devices.make(ctx); err != nil {
		return err
	}
	here, err := a.store.Exists(a.workspace.ID())
	if err == nil && !here {
		err = a.saved(ctx, a.store.Create(a.workspace.ID(), cards.NewWorkspace()))
	}
	if errors.Is(err, doc.ErrExists) {
		return nil // meanwhile
	}
	return err
}

// finish makes a link dead, once. Under devices.mu.
func (o *offered) finish(s PairingState, err error) {
	select {
	case <-o.over:
		return
	default:
	}
	close(o.over)
	if o.ends != nil {
		o.ends.Stop()
	}
	o.State, o.Err, o.Link = s, err, ""
}

func (a *App) endOffer(o *offered, s PairingState, err error) {
	a.devices.mu.Lock()
	o.finish(s, err)
	a.devices.mu.Unlock()
	if n := a.company.present(); n != nil {
		n.Refresh()
	}
	a.company.Wake()
}

// Pairing is how it stands with the newest link of this device. At once.
func (a *App) Pairing() Pairing {
	d := a.devices
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.offer == nil {
		return Pairing{}
	}
	return d.offer.Pairing
}

// ConfirmDevice says whether the device that asks is let in. How it goes on Pairing
// tells. Errors: ErrNobodyAsks.
func (a *App) ConfirmDevice(yes bool) error {
	d := a.devices
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.offer == nil || d.offer.State != PairingAsks {
		return ErrNobodyAsks
	}
	select {
	case d.offer.answer <- yes:
	default:
	}
	return nil
}

// CancelDeviceLink calls the link off, unless a device is being let in by it.
func (a *App) CancelDeviceLink() {
	d := a.devices
	d.mu.Lock()
	o := d.offer
	busy := o == nil || o.State == PairingAdding
	d.mu.Unlock()
	if !busy {
		a.endOffer(o, PairingOver, nil)
	}
}
