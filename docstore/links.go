package docstore

import (
	"context"
	"fmt"

	"corkboard/access"
	"corkboard/identity/vault"
	"corkboard/sqlite"
)

// KeepLink keeps the secret of an invitation by link that this person has made, so
// that the link can be told again. It blocks on the disk.
func (s *Store) KeepLink(ctx context.Context, id, invite access.RecordID, secret [16]byte) error {
	c, err := s.collections.get(id)
	if err != nil {
		return err
	}
	k, err := s.keys.wait()
	if err != nil {
		return err
	}
	sealed, err := sealSecret(k, id, secret[:])
	if err != nil {
		return err
	}
	err = s.write(func(tx *sqlite.Tx) error {
		return tx.Exec("INSERT OR REPLACE INTO links (collection, invite, secret) VALUES (?, ?, ?)", c.row, invite[:], sealed)
	})
	if err != nil {
		return fmt.Errorf("keeping a link: %w", err)
	}
	return ctx.Err()
}

// Link is a secret that KeepLink has kept; ok is false if there is none. It reads
// the disk.
func (s *Store) Link(id, invite access.RecordID) (secret [16]byte, ok bool) {
	c, err := s.collections.get(id)
	if err != nil {
		return secret, false
	}
	k, err := s.keys.wait()
	if err != nil {
		return secret, false
	}
	var sealed []byte
	err = s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&sealed}, "SELECT secret FROM links WHERE collection = ? AND invite = ?", c.row, invite[:])
	})
	if err != nil {
		return secret, false
	}
	return linkSecret(k, id, sealed)
}

func linkSecret(k vault.Keys, id access.RecordID, sealed []byte) (secret [16]byte, ok bool) {
	b, err := openSecret(k, id, sealed, len(secret))
	copy(secret[:], b)
	return secret, err == nil
}

// CameBy is the secret of the link by which this person has come into a collection;
// ok is false if there is none.
func (s *Store) CameBy(id access.RecordID) (secret [16]byte, ok bool) {
	c, err := s.collections.get(id)
	if err != nil || len(c.sealed) == 0 {
		return secret, false
	}
	k, err := s.keys.wait()
	if err != nil {
		return secret, false
	}
	return linkSecret(k, id, c.sealed)
}
