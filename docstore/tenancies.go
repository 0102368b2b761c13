package docstore

import (
	"context"
	"fmt"
	"strings"

	"corkboard/access"
	"corkboard/identity"
	"corkboard/sqlite"
)

// Tenancy is a storage peer that keeps collections for this person, who proves with a
// secret that they may have them kept.
type Tenancy struct {
	Device    identity.DeviceID
	Addresses []string // without white space
	Secret    [32]byte
	Owner     bool // this person looks after it
}

// KeepTenancy keeps one, or renews the one of its device. It blocks on the disk.
// Errors: ErrLocked, ErrNoKeys, those of the disk.
func (s *Store) KeepTenancy(t Tenancy) error {
	k, err := s.keys.wait()
	if err != nil {
		return err
	}
	sealed, err := sealSecret(k, access.RecordID(t.Device), t.Secret[:])
	if err == nil {
		err = s.write(func(tx *sqlite.Tx) error {
			return tx.Exec("INSERT OR REPLACE INTO tenancies (device, addresses, secret, owner) VALUES (?, ?, ?, ?)",
				t.Device[:], strings.Join(t.Addresses, " "), sealed, t.Owner)
		})
	}
	if err != nil {
		return fmt.Errorf("keeping a storage peer: %w", err)
	}
	return nil
}

// DropTenancy forgets a storage peer. It blocks on the disk.
func (s *Store) DropTenancy(device identity.DeviceID) error {
	err := s.write(func(tx *sqlite.Tx) error { return tx.Exec("DELETE FROM tenancies WHERE device = ?", device[:]) })
	if err != nil {
		return fmt.Errorf("forgetting a storage peer: %w", err)
	}
	return nil
}

// Tenancies is all of them, by device. It reads the disk.
func (s *Store) Tenancies() ([]Tenancy, error) {
	k, err := s.keys.wait()
	if err != nil {
		return nil, err
	}
	var out []Tenancy
	err = s.read(context.Background(), func(tx *sqlite.Tx) error {
		out = nil
		return tx.Each(func(scan func(...any) error) error {
			var t Tenancy
			var device, sealed []byte
			var addresses string
			if err := scan(&device, &addresses, &sealed, &t.Owner); err != nil {
				return err
			}
			copy(t.Device[:], device)
			t.Addresses = strings.Fields(addresses)
			secret, err := openSecret(k, access.RecordID(t.Device), sealed, len(t.Secret))
			if err != nil {
				return err
			}
			copy(t.Secret[:], secret)
			out = append(out, t)
			return nil
		}, "SELECT device, addresses, secret, owner FROM tenancies ORDER BY device")
	})
	if err != nil {
		return nil, fmt.Errorf("listing storage peers: %w", err)
	}
	return out, nil
}
