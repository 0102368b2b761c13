package docstore

import (
	"context"
	"errors"
	"fmt"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/sqlite"
)

// PersonLog is the records of a person that have come in any collection. It reads
// the disk.
func (s *Store) PersonLog(person identity.PersonID) ([][]byte, error) {
	var out [][]byte
	err := s.read(context.Background(), func(tx *sqlite.Tx) (err error) {
		out, err = personRecords(tx, person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading a person's log: %w", err)
	}
	return out, nil
}

func personRecords(tx *sqlite.Tx, person identity.PersonID) (out [][]byte, err error) {
	err = tx.Each(func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		if whose, _, err := identity.CheckRecord(body); err == nil && whose == person {
			out = append(out, body)
		}
		return nil
	}, "SELECT body FROM records WHERE sort = ? GROUP BY body_hash ORDER BY min(id)", int64(replica.PersonRecord))
	return out, err
}

// DocumentsIn is the documents of a collection that have changed since a time, in ms
// since 1970 UTC. It reads the disk. ErrNoCollection.
func (s *Store) DocumentsIn(ctx context.Context, id access.RecordID, since int64) (out []doc.ID, err error) {
	c, err := s.collections.get(id)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(tx *sqlite.Tx) error {
		out = nil
		return tx.Each(func(scan func(...any) error) error {
			var id doc.ID
			err := scan(&id)
			out = append(out, id)
			return err
		}, "SELECT document FROM documents WHERE collection = ? AND changed >= ?", c.row, since)
	})
	if err != nil {
		return nil, fmt.Errorf("listing documents: %w", err)
	}
	return out, nil
}

// DeviceKey is what this installation proves itself with. Errors: ErrLocked, ErrNoKeys.
func (s *Store) DeviceKey() (*identity.Device, error) {
	k, err := s.keys.wait()
	return k.Device, err
}

// SetProfile says in all collections how this person is shown. It blocks on the
// disk. Errors: record.ErrMalformed for a name that is too long, ErrReadOnly,
// ErrLocked, ErrNoKeys, ErrNotSaved.
func (s *Store) SetProfile(ctx context.Context, p identity.Profile) error {
	k, raws, err := s.myself()
	if err != nil {
		return fmt.Errorf("setting the profile: %w", err)
	}
	log := identity.NewLog(k.Person)
	for _, raw := range raws {
		if err := log.Add(raw); err != nil {
			return fmt.Errorf("setting the profile: %w", err)
		}
	}
	raw, err := log.SetProfile(k.Device, s.now(), p)
	if err != nil {
		return fmt.Errorf("setting the profile: %w", err)
	}
	var errs []error
	for _, c := range s.collections.all() {
		errs = append(errs, s.Receive(ctx, c.id, replica.Item{Sort: replica.PersonRecord, Raw: raw})...)
	}
	return errors.Join(errs...)
}
