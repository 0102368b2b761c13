package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/net/node"
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
		o.State, o.Name, o.Words = PairingAsks, name, who.Words.String()
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
	a.company.begin(a.packHome)
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

// packHome lets the other devices of this person fetch the files of what is theirs.
func (a *App) packHome() {
	ids, err := a.store.DocumentsIn(a.ctx, a.store.HomeCollection(), 0)
	if err != nil {
		a.opts.Log.Warn("the files of this profile cannot be listed", "err", err)
	}
	for _, id := range ids {
		if a.ctx.Err() != nil {
			return
		}
		if err := a.packOne(id); err != nil && a.ctx.Err() == nil {
			a.opts.Log.Warn("a file cannot go to another device", "err", err)
		}
	}
	a.files.poke()
}

func (a *App) packOne(id doc.ID) error {
	if a.store.Moved(id) != id {
		return nil
	}
	h := a.store.Open(id, whole)
	defer h.Close()
	v, err := loaded(a.ctx, h)
	if err != nil {
		return err
	}
	root, _ := v.(doc.Map)
	edits, err := a.fetchable(root)
	if err != nil || len(edits) == 0 {
		return err
	}
	return a.saved(a.ctx, h.Do(func(any) (doc.Plan, error) {
		return doc.Plan{Label: "share file", Silent: true, Edits: edits}, nil
	}))
}
