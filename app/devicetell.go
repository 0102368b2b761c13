package app

import (
	"context"
	"errors"

	"corkboard/access"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/identity"
)

// follow does here what other devices of this person have done: joins what they have
// joined, and uses what they use.
func (d *devices) follow(ctx context.Context, k cards.Keyring) error {
	var errs []error
	fresh := false
	for id, l := range k.Collections {
		c, err := identity.ParsePersonID(string(id)) // any id of 32 bytes
		if err != nil {
			continue
		}
		did, err := d.enter(ctx, access.RecordID(c), l)
		fresh, errs = fresh || did, append(errs, err)
	}
	errs = append(errs, d.a.store.Follow(ctx, k.Moved), d.followStores(k.Stores))
	if fresh {
		d.a.lookAround()
	}
	return errors.Join(errs...)
}

func (d *devices) enter(ctx context.Context, id access.RecordID, l cards.KeptLink) (fresh bool, err error) {
	if _, err := d.a.store.Collection(id); !errors.Is(err, docstore.ErrNoCollection) {
		return false, err
	}
	i := docstore.Invited{Collection: id, Root: l.Root, Kind: l.Kind, At: l.At}
	if len(l.Secret) > 0 {
		b, err := d.a.store.OpenFromDevices(id, l.Secret, 16)
		if err != nil {
			return false, err
		}
		i.Secret = (*[16]byte)(b)
	}
	if err := d.a.store.Join(ctx, i); err != nil {
		return false, err
	}
	d.a.company.hint(l.At...)
	return true, nil
}

func (d *devices) followStores(told map[string]cards.KeptStore) error {
	var errs []error
	changed := false
	for id, s := range told {
		device, err := identity.ParseDeviceID(id)
		if err != nil {
			continue
		}
		switch _, here := d.a.storage.tenancy(device); {
		case s.Gone && here:
			errs = append(errs, d.a.store.DropTenancy(device))
			changed = true
		case !s.Gone && !here:
			secret, err := d.a.store.OpenFromDevices(device, s.Secret, 32)
			if err == nil {
				err = d.a.store.KeepTenancy(docstore.Tenancy{Device: device, Addresses: s.At, Secret: [32]byte(secret), Owner: s.Owner})
			}
			errs, changed = append(errs, err), true
		}
	}
	if changed {
		d.a.storage.load()
		d.a.company.records.Wake()
	}
	return errors.Join(errs...)
}

// tell writes what other devices do not know yet.
func (d *devices) tell(ctx context.Context, known cards.Keyring) error {
	a, news := d.a, cards.Keyring{
		Devices: map[string]string{}, Collections: map[doc.ID]cards.KeptLink{},
		Moved: map[doc.ID]doc.ID{}, Stores: map[string]cards.KeptStore{},
	}
	if me := a.store.Device().String(); known.Devices[me] == "" {
		news.Devices[me] = computerName()
	}
	for _, c := range a.sharedCircles() {
		id := doc.ID(c.ID.String())
		if _, told := known.Collections[id]; told || c.Root == "" {
			continue
		}
		l := cards.KeptLink{Root: c.Root, Kind: c.Kind, At: c.At}
		if secret, ok := a.store.CameBy(c.ID); ok {
			var err error
			if l.Secret, err = a.store.SealForDevices(c.ID, secret[:]); err != nil {
				return err
			}
		}
		news.Collections[id] = l
	}
	for from, to := range a.store.Moves() {
		if known.Moved[from] == "" {
			news.Moved[from] = to
		}
	}
	list, err := a.store.Tenancies()
	if err != nil {
		return err
	}
	for _, t := range list {
		id := t.Device.String()
		if _, told := known.Stores[id]; told {
			continue
		}
		if news.Stores[id], err = d.storeOf(t); err != nil {
			return err
		}
	}
	if err := d.keep(ctx, news); !errors.Is(err, doc.ErrNothing) {
		return err
	}
	return nil
}

func (d *devices) storeOf(t docstore.Tenancy) (cards.KeptStore, error) {
	sealed, err := d.a.store.SealForDevices(t.Device, t.Secret[:])
	return cards.KeptStore{At: t.Addresses, Secret: sealed, Owner: t.Owner}, err
}

// tellStore says that a storage peer is used from now on, while nobody else reads what is
// told: change does it here. What is not told yet is by tell.
func (d *devices) tellStore(ctx context.Context, t docstore.Tenancy, change func() error) error {
	d.telling.Lock()
	defer d.telling.Unlock()
	if err := change(); err != nil {
		return err
	}
	return d.sayStore(ctx, t.Device, func() (cards.KeptStore, error) { return d.storeOf(t) })
}

// tellGone says that a storage peer is used no longer, as tellStore. It is told first: what
// others are not told comes back from them.
func (d *devices) tellGone(ctx context.Context, device identity.DeviceID, change func() error) error {
	d.telling.Lock()
	defer d.telling.Unlock()
	gone := func() (cards.KeptStore, error) { return cards.KeptStore{Gone: true}, nil }
	if err := d.sayStore(ctx, device, gone); err != nil {
		return err
	}
	return change()
}

// sayStore writes how a storage peer is used, if there is somebody to read it. It waits until
// that is known.
func (d *devices) sayStore(ctx context.Context, device identity.DeviceID, of func() (cards.KeptStore, error)) error {
	d.a.lookAround()
	if !d.a.several() {
		return nil
	}
	s, err := of()
	if err != nil {
		return err
	}
	err = d.keep(ctx, cards.Keyring{Stores: map[string]cards.KeptStore{device.String(): s}})
	if errors.Is(err, ErrAbsent) { // it is still to come
		return nil
	}
	return err
}
