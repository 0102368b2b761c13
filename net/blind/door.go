package blind

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"corkboard/net/wire"
	"corkboard/share"
	"corkboard/sqlite"
)

// Lock says what a Door leads to.
type Lock uint8

// What doors lead to.
const (
	ToNamespace Lock = 1 + iota // sync with a namespace
	ToTenant                    // register namespaces, and ask what is used
	ToOwner                     // and admit others
	ToNobody                    // become the first owner
)

// Door is a secret of this storage peer: whoever knows it may pass.
type Door struct {
	Secret wire.Secret
	Lock   Lock
	ID     int64 // of the namespace or tenant
}

const (
	firstFact   = "first owner"
	addressFact = "addresses"
)

// FirstSecret is what a handshake proves with the secret of a first owner's link:
// 32 bytes of HKDF-SHA256, without salt, info "corkboard/storage/owner/1".
func FirstSecret(link share.Secret) wire.Secret {
	b := link.Reveal()
	key, err := hkdf.Key(sha256.New, b[:], nil, "corkboard/storage/owner/1", wire.SecretSize)
	if err != nil {
		return wire.Secret{}
	}
	return wire.NewSecret([wire.SecretSize]byte(key))
}

// Doors is all secrets of this storage peer. The list is not to be changed.
func (s *Store) Doors(ctx context.Context) ([]Door, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.doors != nil {
		return s.doors, nil
	}
	all := []Door{}
	add := func(scan func(...any) error) error {
		var d Door
		var secret []byte
		if err := scan(&secret, &d.Lock, &d.ID); err != nil {
			return err
		}
		if len(secret) != wire.SecretSize {
			return fmt.Errorf("%w: secret of %d bytes", ErrDamaged, len(secret))
		}
		d.Secret = wire.NewSecret([wire.SecretSize]byte(secret))
		all = append(all, d)
		return nil
	}
	err := s.db.Read(ctx, func(tx *sqlite.Tx) error {
		return errors.Join(
			tx.Each(add, "SELECT secret, ?, id FROM namespaces WHERE secret IS NOT NULL", ToNamespace),
			tx.Each(add, "SELECT secret, CASE owner WHEN 1 THEN ? ELSE ? END, id FROM tenants", ToOwner, ToTenant))
	})
	if err != nil {
		return nil, fmt.Errorf("reading the secrets: %w", err)
	}
	first, err := s.First(ctx)
	switch {
	case err == nil:
		all = append(all, Door{Secret: FirstSecret(first), Lock: ToNobody})
	case !errors.Is(err, ErrOwned):
		return nil, err
	}
	s.doors = all
	return all, nil
}

// change is write, for what changes the doors.
func (s *Store) change(doing string, f func(*sqlite.Tx) error) error {
	err := s.write(doing, f)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.doors = nil
	return err
}

// First is the secret of the first owner's link. ErrOwned if it has been used.
func (s *Store) First(ctx context.Context) (share.Secret, error) {
	var b []byte
	err := s.db.Read(ctx, func(tx *sqlite.Tx) error {
		return tx.Row([]any{&b}, "SELECT value FROM facts WHERE name = ?", firstFact)
	})
	switch {
	case errors.Is(err, sqlite.ErrNoRows):
		return share.Secret{}, ErrOwned
	case err == nil && len(b) != share.SecretSize:
		err = ErrDamaged
	}
	if err != nil {
		return share.Secret{}, fmt.Errorf("reading the first owner's secret: %w", err)
	}
	return share.NewSecret([share.SecretSize]byte(b)), nil
}

// Offer draws the secret of a first owner's link, if there is neither one nor an
// owner. With anew, whoever uses it becomes the owner in place of the one there is.
func (s *Store) Offer(anew bool) error {
	var b [share.SecretSize]byte
	if _, err := rand.Read(b[:]); err != nil {
		return fmt.Errorf("drawing the first owner's secret: %w", err)
	}
	return s.change("offering the storage peer", func(tx *sqlite.Tx) error {
		var owners int
		if err := tx.Row([]any{&owners}, "SELECT count(*) FROM tenants WHERE owner = 1"); err != nil {
			return err
		}
		if owners > 0 && !anew {
			return nil
		}
		return tx.Exec("INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", firstFact, b[:])
	})
}

// Own makes whoever has the secret the owner, and the link dead. An owner from
// before stays a tenant. ErrOwned if the link has been used.
func (s *Store) Own(secret wire.Secret) (tenant int64, err error) {
	err = s.change("making the owner", func(tx *sqlite.Tx) error {
		var name string
		err := tx.Row([]any{&name}, "DELETE FROM facts WHERE name = ? RETURNING name", firstFact)
		if errors.Is(err, sqlite.ErrNoRows) {
			return ErrOwned
		}
		if err != nil {
			return err
		}
		if err := tx.Exec("UPDATE tenants SET owner = 0 WHERE owner = 1"); err != nil {
			return err
		}
		if tenant, err = addTenant(tx, secret, 0); err != nil {
			return err
		}
		return tx.Exec("UPDATE tenants SET owner = 1, quota = 0 WHERE id = ?", tenant)
	})
	return tenant, err
}

// Announce notes where the storage peer can be dialled, for its link.
func (s *Store) Announce(at share.Addresses) error {
	return s.write("noting the addresses", func(tx *sqlite.Tx) error {
		return tx.Exec("INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
			addressFact, []byte(strings.Join(at[:], "\n")))
	})
}

// Addresses is what was noted last.
func (s *Store) Addresses(ctx context.Context) (at share.Addresses, err error) {
	var b []byte
	err = s.db.Read(ctx, func(tx *sqlite.Tx) error {
		return tx.Row([]any{&b}, "SELECT value FROM facts WHERE name = ?", addressFact)
	})
	if err != nil && !errors.Is(err, sqlite.ErrNoRows) {
		return at, fmt.Errorf("reading the addresses: %w", err)
	}
	copy(at[:], strings.Split(string(b), "\n"))
	return at, nil
}
