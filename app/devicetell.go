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

// tellStore says that a storage peer is used from now on, or no longer, while nobody
// else reads what is told: change does it here.
func (d *devices) tellStore(ctx context.Context, device identity.DeviceID, t *docstore.Tenancy, change func() error) error {
	d.telling.Lock()
	defer d.telling.Unlock()
	if err := change(); err != nil {
		return err
	}
	if !d.a.several() || d.keyring().Snapshot().State != doc.Ready {
		return nil // it is told once there is somebody
	}
	s := cards.KeptStore{Gone: true}
	if t != nil {
		var err error
		if s, err = d.storeOf(*t); err != nil {
			return err
		}
	}
	return d.keep(ctx, cards.Keyring{Stores: map[string]cards.KeptStore{device.String(): s}})
}
