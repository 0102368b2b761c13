package blind

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"corkboard/net/docsync"
	"corkboard/net/wire"
	"corkboard/sqlite"
)

// MaxSecrets is how many tenants and namespaces there may be in all: a handshake
// goes through them.
const MaxSecrets = wire.MaxSecrets - 8

// Tenant is somebody who may store something.
type Tenant struct {
	ID         int64
	Owner      bool
	Quota      int64 // bytes; 0: as much as the disk holds
	Used       int64 // bytes
	Namespaces int   // that they pay for
	Created    int64 // seconds since 1970, to the hour
	Seen       int64 // when they were connected last; 0 for never
}

// AddTenant lets whoever has the secret store up to quota bytes. With a secret
// that is there already it says whose that is. Errors: ErrMany, those of write.
func (s *Store) AddTenant(secret wire.Secret, quota int64) (id int64, err error) {
	err = s.change("adding a tenant", func(tx *sqlite.Tx) error {
		id, err = addTenant(tx, secret, quota)
		return err
	})
	return id, err
}

func addTenant(tx *sqlite.Tx, secret wire.Secret, quota int64) (id int64, err error) {
	bytes := secret.Reveal()
	err = tx.Row([]any{&id}, "SELECT id FROM tenants WHERE secret = ?", bytes[:])
	if err == nil || !errors.Is(err, sqlite.ErrNoRows) {
		return id, err
	}
	if err := roomForSecret(tx); err != nil {
		return 0, err
	}
	err = tx.Row([]any{&id}, `INSERT INTO tenants (secret, owner, quota, used, created, seen)
		VALUES (?, 0, ?, 0, ?, 0) RETURNING id`, bytes[:], quota, hour())
	return id, err
}

func roomForSecret(tx *sqlite.Tx) error {
	var n int
	err := tx.Row([]any{&n}, `SELECT (SELECT count(*) FROM tenants) +
		(SELECT count(*) FROM namespaces WHERE secret IS NOT NULL)`)
	if err == nil && n >= MaxSecrets {
		err = ErrMany
	}
	return err
}

// SetQuota changes what a tenant may store. What they have above it stays. ErrGone.
func (s *Store) SetQuota(tenant, quota int64) error {
	return s.write("setting a quota", func(tx *sqlite.Tx) error {
		var id int64
		err := tx.Row([]any{&id}, "UPDATE tenants SET quota = ? WHERE id = ? RETURNING id", quota, tenant)
		return gone(err)
	})
}

// RemoveTenant takes a tenant out. Namespaces that another tenant has registered, too,
// are theirs from now on; the rest goes, with all in it. Not the owner. ErrGone.
func (s *Store) RemoveTenant(tenant int64) error {
	var dead []int64
	err := s.change("removing a tenant", func(tx *sqlite.Tx) (err error) {
		var id int64
		if err := gone(tx.Row([]any{&id}, "SELECT id FROM tenants WHERE id = ? AND owner = 0", tenant)); err != nil {
			return err
		}
		held, err := column(tx, "SELECT namespace FROM holders WHERE tenant = ?", tenant)
		if err != nil {
			return err
		}
		for _, n := range held {
			died, err := release(tx, n, tenant)
			if err != nil {
				return err
			}
			if died {
				dead = append(dead, n)
			}
		}
		return tx.Exec("DELETE FROM tenants WHERE id = ?", tenant)
	})
	if err == nil {
		s.bury(dead)
	}
	return err
}

// Register keeps a namespace for a tenant, who pays for it unless somebody else
// does already. Registering again changes nothing. Errors: ErrMany, ErrGone.
func (s *Store) Register(tenant int64, secret wire.Secret) (id int64, err error) {
	bytes := secret.Reveal()
	var replica docsync.ReplicaID
	if _, err := rand.Read(replica[:]); err != nil {
		return 0, fmt.Errorf("drawing a replica's name: %w", err)
	}
	err = s.change("registering a namespace", func(tx *sqlite.Tx) error {
		var there int64
		if err := gone(tx.Row([]any{&there}, "SELECT id FROM tenants WHERE id = ?", tenant)); err != nil {
			return err
		}
		err := tx.Row([]any{&id}, "SELECT id FROM namespaces WHERE secret = ?", bytes[:])
		if errors.Is(err, sqlite.ErrNoRows) {
			if err := roomForSecret(tx); err != nil {
				return err
			}
			err = tx.Row([]any{&id}, `INSERT INTO namespaces (secret, tenant, replica, created)
				VALUES (?, ?, ?, ?) RETURNING id`, bytes[:], tenant, replica[:], hour())
		}
		if err != nil {
			return err
		}
		return tx.Exec("INSERT INTO holders (namespace, tenant) VALUES (?, ?) ON CONFLICT DO NOTHING", id, tenant)
	})
	return id, err
}

// Release takes a namespace from a tenant; if nobody else has registered it, it
// goes with all in it. ErrGone.
func (s *Store) Release(tenant int64, secret wire.Secret) error {
	bytes := secret.Reveal()
	var id int64
	var died bool
	err := s.change("releasing a namespace", func(tx *sqlite.Tx) (err error) {
		err = gone(tx.Row([]any{&id}, `SELECT n.id FROM namespaces n JOIN holders h ON h.namespace = n.id
			WHERE n.secret = ? AND h.tenant = ?`, bytes[:], tenant))
		if err != nil {
			return err
		}
		died, err = release(tx, id, tenant)
		return err
	})
	if err == nil && died {
		s.bury([]int64{id})
	}
	return err
}

// release takes a namespace from a tenant, and says whether it is nobody's now.
func release(tx *sqlite.Tx, namespace, tenant int64) (died bool, err error) {
	if err := tx.Exec("DELETE FROM holders WHERE namespace = ? AND tenant = ?", namespace, tenant); err != nil {
		return false, err
	}
	var payer, size int64
	if err := tx.Row([]any{&payer}, "SELECT tenant FROM namespaces WHERE id = ?", namespace); err != nil || payer != tenant {
		return false, err
	}
	if size, err = sizeOf(tx, namespace); err != nil {
		return false, err
	}
	if err := tx.Exec("UPDATE tenants SET used = used - ? WHERE id = ?", size, tenant); err != nil {
		return false, err
	}
	var heir int64
	err = tx.Row([]any{&heir}, "SELECT tenant FROM holders WHERE namespace = ? ORDER BY tenant LIMIT 1", namespace)
	if errors.Is(err, sqlite.ErrNoRows) {
		return true, tx.Exec("UPDATE namespaces SET secret = NULL, tenant = NULL WHERE id = ?", namespace)
	}
	if err != nil {
		return false, err
	}
	if err := tx.Exec("UPDATE tenants SET used = used + ? WHERE id = ?", size, heir); err != nil {
		return false, err
	}
	return false, tx.Exec("UPDATE namespaces SET tenant = ? WHERE id = ?", heir, namespace)
}

// sizeOf is what a namespace counts against a quota.
func sizeOf(tx *sqlite.Tx, namespace int64) (size int64, err error) {
	err = tx.Row([]any{&size}, `SELECT
		(SELECT coalesce(sum(size + ?2), 0) FROM items WHERE namespace = ?1) +
		(SELECT coalesce(sum(size + ?2), 0) FROM pieces WHERE namespace = ?1)`, namespace, overhead)
	return size, err
}

// Greet notes that a tenant is connected, once an hour.
func (s *Store) Greet(tenant int64) error {
	now := hour()
	t, err := s.Tenant(context.Background(), tenant)
	if err != nil || t.Seen >= now {
		return err
	}
	return s.write("greeting a tenant", func(tx *sqlite.Tx) error {
		return tx.Exec("UPDATE tenants SET seen = ? WHERE id = ?", now, tenant)
	})
}

// Tenant is one of Tenants. ErrGone.
func (s *Store) Tenant(ctx context.Context, id int64) (Tenant, error) {
	all, err := s.tenants(ctx, "WHERE t.id = ?", id)
	if err == nil && len(all) == 0 {
		err = ErrGone
	}
	if err != nil {
		return Tenant{}, fmt.Errorf("reading a tenant: %w", err)
	}
	return all[0], nil
}

// Tenants is everybody who may store something, the oldest first.
func (s *Store) Tenants(ctx context.Context) ([]Tenant, error) {
	all, err := s.tenants(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("reading the tenants: %w", err)
	}
	return all, nil
}

func (s *Store) tenants(ctx context.Context, which string, args ...any) (all []Tenant, err error) {
	err = s.db.Read(ctx, func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var t Tenant
			if err := scan(&t.ID, &t.Owner, &t.Quota, &t.Used, &t.Created, &t.Seen, &t.Namespaces); err != nil {
				return err
			}
			all = append(all, t)
			return nil
		}, `SELECT t.id, t.owner, t.quota, t.used, t.created, t.seen,
			(SELECT count(*) FROM namespaces n WHERE n.tenant = t.id) FROM tenants t `+which+" ORDER BY t.id", args...)
	})
	return all, err
}

// gone says of a row that is not there that it is gone.
func gone(err error) error {
	if errors.Is(err, sqlite.ErrNoRows) {
		return ErrGone
	}
	return err
}

func column(tx *sqlite.Tx, query string, args ...any) (list []int64, err error) {
	err = tx.Each(func(scan func(...any) error) error {
		var v int64
		if err := scan(&v); err != nil {
			return err
		}
		list = append(list, v)
		return nil
	}, query, args...)
	return list, err
}
