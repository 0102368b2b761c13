package app

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"corkboard/access"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
)

// OwnDevice is one of this person's.
type OwnDevice struct {
	ID      string
	Name    string // never empty; only this person's devices know it
	This    bool
	Here    bool      // connected now
	Seen    time.Time // when it has last said something; zero if never
	Added   time.Time
	Removed bool // said of This alone: others that were removed are not listed
}

// devices is the devices of this person, and what they tell each other.
type devices struct {
	a       *App
	id      doc.ID        // of the keyring
	changes doc.Listeners // of the keyring, once it is open

	telling sync.Mutex // one reads or writes what is told

	mu       sync.Mutex
	open     *doc.Live[cards.Keyring] // nil until it is needed
	offer    *offered                 // the newest link of this device; nil before the first
	becoming *becoming                // while this device wants to be another one's
	became   bool
}

func newDevices(a *App) *devices {
	return &devices{a: a, id: derive(cards.KindKeyring, a.store.Profile().ID)}
}

// keyring is what devices tell each other. Who has one device only needs none.
func (d *devices) keyring() *doc.Live[cards.Keyring] {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open == nil {
		d.open = doc.Open[cards.Keyring](d.a.store, d.id, cards.KindKeyring, cards.KeyringCodec{})
		d.open.Subscribe(d.changes.Wake)
	}
	return d.open
}

func (d *devices) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open != nil {
		d.open.Close()
	}
}

// myDevices is what the log of this person says of their devices; nil while that is
// not known.
func (a *App) myDevices() map[identity.DeviceID]identity.DeviceInfo {
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	return a.circles.byID[a.store.HomeCollection()].People[a.store.Person()].Devices
}

// several reports whether this person has, or has had, another device: then the
// profile's own collection travels, among these alone.
func (a *App) several() bool { return len(a.myDevices()) > 1 }

// syncedCircles is the shared collections, and the profile's own if there are other
// devices, in no order.
func (a *App) syncedCircles() []docstore.Collection {
	out := a.sharedCircles()
	if a.several() {
		a.circles.mu.Lock()
		out = append(out, a.circles.byID[a.store.HomeCollection()])
		a.circles.mu.Unlock()
	}
	return out
}

// offeredCircles is syncedCircles, and the profile's own collection if there is a backup
// as well: whoever has restored it is another device of which nothing is known here yet.
func (a *App) offeredCircles() []docstore.Collection {
	if a.several() || a.Device().BackedUp == 0 {
		return a.syncedCircles()
	}
	a.circles.mu.Lock()
	defer a.circles.mu.Unlock()
	var out []docstore.Collection
	for _, c := range a.circles.byID {
		out = append(out, c)
	}
	return out
}

// ErrDeviceRemoved says that another device of this person has removed this one.
var ErrDeviceRemoved = errors.New("this device was removed")

// DeviceRemoved reports whether another device of this person has removed this one: it
// keeps what it had, and nothing comes or goes any more. At once.
func (a *App) DeviceRemoved() bool { return a.myDevices()[a.store.Device()].Removed }

// Devices is those of this person, this one first, then by name. At once.
func (a *App) Devices() []OwnDevice {
	names := a.devices.keyring().Snapshot().Value.Devices
	seen := map[identity.DeviceID]int64{}
	if a.several() {
		if sh, err := a.store.Shelf(a.store.HomeCollection()); err == nil {
			for _, p := range sh.Peers() {
				seen[p.Device] = max(seen[p.Device], p.Time)
			}
		}
	}
	me := a.store.Device()
	var out []OwnDevice
	for id, info := range a.myDevices() {
		if info.Removed && id != me {
			continue
		}
		d := OwnDevice{
			ID: id.String(), Name: names[id.String()], This: id == me, Added: time.UnixMilli(info.Added), Removed: info.Removed,
			Here: id == me || a.company.deviceHere(id),
		}
		if d.Name == "" && d.This {
			d.Name = computerName()
		}
		if d.Name == "" {
			d.Name = "Device " + d.ID[:4]
		}
		if at := seen[id]; at != 0 {
			d.Seen = time.UnixMilli(at)
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y OwnDevice) int {
		if x.This != y.This {
			return map[bool]int{true: -1, false: 1}[x.This]
		}
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.ID, y.ID))
	})
	return out
}

// computerName is what this device is called until somebody has said otherwise.
func computerName() string {
	name, _ := os.Hostname()
	name, _, _ = strings.Cut(name, ".")
	if name = cards.CleanName(name); name == "" || name == "localhost" {
		return "This computer"
	}
	return name
}

// RenameDevice says what a device is called, on all devices of this person. It blocks.
// Errors: identity.ErrBadID, those of docstore.
func (a *App) RenameDevice(ctx context.Context, id, name string) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	if _, err := identity.ParseDeviceID(id); err != nil {
		return err
	}
	if name = cards.CleanName(name); name == "" {
		return nil
	}
	if err := a.devices.make(ctx); err != nil {
		return err
	}
	return a.devices.keep(ctx, cards.Keyring{Devices: map[string]string{id: name}})
}

// RemoveDevice removes another device of this person for good: what it has it keeps, and
// nothing new can be read by it. It blocks. Errors: identity.ErrBadID,
// docstore.ErrThisDevice, identity.ErrNotEntitled, those of docstore.
func (a *App) RemoveDevice(ctx context.Context, id string) error {
	ctx, cancel := a.within(ctx)
	defer cancel()
	device, err := identity.ParseDeviceID(id)
	if err != nil {
		return err
	}
	err = a.store.RemoveDevice(ctx, device)
	a.lookAround()
	return err
}

// make makes the document by which devices tell each other, if it is not here.
func (d *devices) make(ctx context.Context) error {
	here, err := d.a.store.Exists(d.id)
	if err != nil || here {
		return err
	}
	err = d.a.saved(ctx, d.a.store.Create(d.id, cards.NewKeyring()))
	if err != nil && !errors.Is(err, doc.ErrExists) { // it is still to come
		return err
	}
	_, err = loaded(ctx, d.keyring())
	return err
}

// keep writes what is to be told.
func (d *devices) keep(ctx context.Context, k cards.Keyring) error {
	if _, err := loaded(ctx, d.keyring()); err != nil {
		return err
	}
	return d.a.saved(ctx, d.keyring().Do(cards.Keep{Keyring: k}))
}

// lookAfter takes up what other devices have told, and tells what they do not know. It
// is called whenever records have come, or what is told has changed.
func (d *devices) lookAfter(ctx context.Context) {
	a := d.a
	if !a.several() || a.DeviceRemoved() {
		return
	}
	if err := a.store.Tend(ctx); err != nil && ctx.Err() == nil {
		a.opts.Log.Warn("a shared board does not know all devices", "err", err)
	}
	d.telling.Lock()
	defer d.telling.Unlock()
	now := d.keyring().Snapshot()
	if now.State != doc.Ready {
		return // it comes
	}
	if err := d.follow(ctx, now.Value); err != nil && ctx.Err() == nil {
		a.opts.Log.Warn("what another device has told cannot be taken up", "err", err)
	}
	if err := d.tell(ctx, now.Value); err != nil && ctx.Err() == nil {
		a.opts.Log.Warn("other devices cannot be told", "err", err)
	}
}

// shares reports whether there are others in a collection than devices of this person.
func (a *App) shares(c docstore.Collection) bool { return !c.Home || a.several() }

// mayRotate reports whether new keys of a collection are this device's matter: it may
// make them, and there is somebody who needs them.
func (a *App) mayRotate(c docstore.Collection) bool {
	others := len(c.State.Members) > 1 || a.several()
	return c.Ready && c.State.Role(a.store.Person()) >= access.Write && a.shares(c) && others && !a.DeviceRemoved()
}
