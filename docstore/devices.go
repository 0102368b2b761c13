package docstore

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"corkboard/access"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/sqlite"
)

// ErrThisDevice says that a device cannot remove itself.
var ErrThisDevice = errors.New("this device cannot remove itself")

// ownLog is the log of this person.
func (s *Store) ownLog() (*identity.Device, *identity.Log, error) {
	k, raws, err := s.myself()
	if err != nil {
		return nil, nil, err
	}
	log := identity.NewLog(k.Person)
	for _, raw := range raws {
		if err := log.Add(raw); err != nil {
			return nil, nil, err
		}
	}
	return k.Device, log, nil
}

// AddDevice lets a device in that asks to be one of this person's: from now on the keys
// of the profile's own collection are sealed to it as well. Other collections follow by
// Tend. What is given is a Welcome for that device alone. It blocks on the disk. Errors:
// identity.ErrNotEntitled if it belongs already or once did, record.ErrMalformed,
// ErrReadOnly, ErrLocked, ErrNoKeys, ErrNotSaved.
func (s *Store) AddDevice(ctx context.Context, c identity.Candidate) ([]byte, error) {
	welcome, err := s.addDevice(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("adding a device: %w", err)
	}
	return welcome, nil
}

func (s *Store) addDevice(ctx context.Context, c identity.Candidate) ([]byte, error) {
	device, log, err := s.ownLog()
	if err != nil {
		return nil, err
	}
	raw, err := log.AddDevice(device, s.now(), c)
	if err != nil {
		return nil, err
	}
	home := s.home()
	if err := s.Receive(ctx, home.id, replica.Item{Sort: replica.PersonRecord, Raw: raw})[0]; err != nil {
		return nil, err
	}
	err = s.Govern(ctx, home.id, func(r *replica.Replica) ([]replica.Item, error) { return r.Rotate(s.now()) })
	if err != nil {
		return nil, err
	}
	return s.welcome(ctx)
}

func (s *Store) welcome(ctx context.Context) ([]byte, error) {
	k, own, err := s.myself()
	if err != nil {
		return nil, err
	}
	w := Welcome{Person: k.Person, Home: s.home().id, Masters: k.Masters}
	id, err := hex.DecodeString(s.profile.header.Profile)
	if err != nil || len(id) != len(w.Profile) {
		return nil, ErrDamagedHeader
	}
	copy(w.Profile[:], id)
	if w.Names, err = s.namesOf(ctx); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(tx *sqlite.Tx) (err error) {
		w.Records, _, err = readRecords(tx, homeCollection)
		return err
	})
	if err != nil {
		return nil, err
	}
	have := map[replica.Key]bool{}
	for _, i := range w.Records {
		have[i.Key] = true
	}
	for _, raw := range own {
		if i := (replica.Item{Sort: replica.PersonRecord, Key: replica.Key(bodyHash(raw)), Raw: raw}); !have[i.Key] {
			w.Records = append(w.Records, i)
		}
	}
	return w.encode(), nil
}

// RemoveDevice removes another device of this person for good, from the person and from
// all collections, with new keys wherever this person may make them: it reads nothing
// that is sealed from then on, and what it writes does not count. It blocks on the disk.
// Errors: ErrThisDevice, those of AddDevice; identity.ErrNotEntitled for an unknown one.
func (s *Store) RemoveDevice(ctx context.Context, id identity.DeviceID) error {
	device, log, err := s.ownLog()
	if err != nil {
		return fmt.Errorf("removing a device: %w", err)
	}
	if device.ID() == id {
		return ErrThisDevice
	}
	raw, err := log.RemoveDevice(device, s.now(), id)
	if err == nil {
		err = s.Receive(ctx, s.home().id, replica.Item{Sort: replica.PersonRecord, Raw: raw})[0]
	}
	if err != nil {
		return fmt.Errorf("removing a device: %w", err)
	}
	return s.Tend(ctx)
}

// Tend has every collection know the devices of this person: it passes on what has come
// of the person's log in any of them, and leaves devices behind that were removed. If
// nothing has come since the last time it does nothing. It blocks on the disk. Errors:
// those of AddDevice, for as many collections as there are.
func (s *Store) Tend(ctx context.Context) error {
	s.tending.Lock()
	defer s.tending.Unlock()
	var now tended
	err := s.read(ctx, func(tx *sqlite.Tx) error {
		return tx.Row([]any{&now.records}, "SELECT count(*) FROM records")
	})
	if err != nil {
		return fmt.Errorf("looking after devices: %w", err)
	}
	list := s.collections.all()
	if now.collections = len(list); now == s.tended {
		return nil
	}
	k, raws, err := s.myself()
	if err != nil {
		return fmt.Errorf("looking after devices: %w", err)
	}
	_, log, err := s.ownLog()
	if err != nil {
		return fmt.Errorf("looking after devices: %w", err)
	}
	state := log.State()
	if !state.Active(k.Device.ID()) {
		return nil // whoever was removed says nothing
	}
	var errs []error
	for _, c := range list {
		errs = append(errs, s.tendOne(ctx, c, state, raws))
	}
	if err = errors.Join(errs...); err != nil {
		return fmt.Errorf("looking after devices: %w", err)
	}
	s.tended = now
	return nil
}

// tended is what Tend has seen.
type tended struct{ records, collections int }

func (s *Store) tendOne(ctx context.Context, c *collection, own identity.State, raws [][]byte) error {
	m, err := c.wait()
	if err != nil {
		return err
	}
	var items []replica.Item
	err = s.read(ctx, func(tx *sqlite.Tx) error {
		items = nil
		for _, raw := range raws {
			var n int
			key := bodyHash(raw)
			if err := tx.Row([]any{&n}, "SELECT count(*) FROM records WHERE collection = ? AND body_hash = ?", c.row, key); err != nil {
				return err
			}
			if n == 0 {
				items = append(items, replica.Item{Sort: replica.PersonRecord, Raw: raw})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(items) > 0 {
		if err := errors.Join(s.Receive(ctx, c.id, items...)...); err != nil {
			return err
		}
	}
	for id, d := range own.Devices {
		state, _ := m.View()
		if !d.Removed || state.Role(own.Person) == access.None || state.Left[access.Seat{Person: own.Person, Device: id}] {
			continue
		}
		err := s.Govern(ctx, c.id, func(r *replica.Replica) ([]replica.Item, error) {
			return r.RemoveDevice(own.Person, id, s.now())
		})
		if err != nil {
			return err
		}
	}
	return nil
}
