package docstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/identity/vault"
	"corkboard/sqlite"
)

// secretInfo binds a secret to what it is for.
const secretInfo = "corkboard/link/1"

// ErrHere says that a collection is here already.
var ErrHere = errors.New("the collection is here already")

// Invited is what an invitation tells of a collection.
type Invited struct {
	Collection access.RecordID
	Root       doc.ID    // the document that is shared,
	Kind       string    // and what shows it
	Secret     *[16]byte // of a link; nil for who was asked by name
	At         []string  // where somebody who has it may be found; no line feeds
}

// beginning is a collection on its way to the disk.
type beginning struct {
	c *collection
}

// Found makes a collection of this person's own, with keys and without documents.
// What it is about is said by SetRoot. It blocks on the disk. Errors: ErrReadOnly,
// ErrLocked, ErrNoKeys, ErrNotSaved.
func (s *Store) Found(ctx context.Context) (access.RecordID, error) {
	k, log, err := s.myself()
	if err != nil {
		return access.RecordID{}, fmt.Errorf("making a collection: %w", err)
	}
	r, items, err := replica.Found(replica.Options{Person: k.Person, Device: k.Device, Random: rand.Reader}, log, s.now())
	if err != nil {
		return access.RecordID{}, fmt.Errorf("making a collection: %w", err)
	}
	c := &collection{s: s, id: r.Collection()}
	s.ExpectOthers()
	return c.id, s.begin(ctx, c, items)
}

// Join keeps an invitation: what the collection holds comes by Receive, and whoever
// drives that takes the invitation up when it has come. It blocks on the disk.
// Errors: ErrHere; those of Found.
func (s *Store) Join(ctx context.Context, i Invited) error {
	if _, err := s.collections.get(i.Collection); err == nil {
		return ErrHere
	}
	k, log, err := s.myself()
	if err != nil {
		return fmt.Errorf("joining: %w", err)
	}
	c := &collection{s: s, id: i.Collection, root: i.Root, kind: i.Kind, at: i.At}
	if i.Secret != nil {
		if c.sealed, err = sealSecret(k, c.id, i.Secret[:]); err != nil {
			return fmt.Errorf("joining: %w", err)
		}
	}
	s.ExpectOthers()
	var items []replica.Item
	for _, raw := range log {
		items = append(items, replica.Item{Sort: replica.PersonRecord, Key: replica.Key(bodyHash(raw)), Raw: raw})
	}
	return s.begin(ctx, c, items)
}

// myself is the keys, and the log of this person.
func (s *Store) myself() (vault.Keys, [][]byte, error) {
	if s.readOnly != nil {
		return vault.Keys{}, nil, ErrReadOnly
	}
	k, err := s.keys.wait()
	if err != nil {
		return k, nil, err
	}
	log, err := s.PersonLog(k.Person)
	return k, log, err
}

// begin keeps a collection and its first records, and makes it known.
func (s *Store) begin(ctx context.Context, c *collection, items []replica.Item) error {
	s.collections.mu.Lock()
	if s.collections.byID[c.id] != nil {
		s.collections.mu.Unlock()
		return ErrHere
	}
	for c.row = homeCollection; s.collections.byRow[c.row] != nil; {
		c.row++
	}
	s.collections.byRow[c.row], s.collections.byID[c.id] = c, c
	i := &item{in: c, begins: &beginning{c}, held: looseOf(items), time: s.now(), receipt: newReceipt(&s.board.pending)}
	s.writer.put(i) // before anything else that names it
	s.collections.mu.Unlock()
	c.mu.Lock() // nobody reads its records before they are there
	err := i.receipt.Wait(ctx)
	c.mu.Unlock()
	s.collections.subs.Wake()
	return err
}

// SetRoot says what a collection is about: the document that was shared, and what
// shows it. It blocks on the disk.
func (s *Store) SetRoot(ctx context.Context, id access.RecordID, root doc.ID, kind string) error {
	c, err := s.collections.get(id)
	if err != nil {
		return err
	}
	s.collections.mu.Lock()
	c.root, c.kind = root, kind
	i := &item{in: c, begins: &beginning{c}, time: s.now(), receipt: newReceipt(&s.board.pending)}
	s.writer.put(i)
	s.collections.mu.Unlock()
	err = i.receipt.Wait(ctx)
	s.collections.subs.Wake()
	return err
}

func writeBeginnings(tx *sqlite.Tx, batch []*item) error {
	for _, i := range batch {
		if i.begins == nil {
			continue
		}
		c := i.begins.c
		root, kind := c.about()
		err := tx.Exec(`INSERT INTO collections (id, genesis, root, kind, secret, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET root = excluded.root, kind = excluded.kind`,
			c.row, c.id[:], string(root), kind, append([]byte{}, c.sealed...), strings.Join(c.at, "\n"))
		if err != nil {
			return fmt.Errorf("writing a collection: %w", err)
		}
	}
	return nil
}

func sealSecret(k vault.Keys, id access.RecordID, secret []byte) ([]byte, error) {
	return k.Masters[0].Seal(rand.Reader, append([]byte(secretInfo+"\x00"), id[:]...), secret)
}

// openSecret opens what sealSecret made for the same id, of a length in bytes.
func openSecret(k vault.Keys, id access.RecordID, sealed []byte, length int) ([]byte, error) {
	for _, m := range k.Masters {
		b, err := m.Open(sealed, append([]byte(secretInfo+"\x00"), id[:]...))
		if err == nil && len(b) == length {
			return b, nil
		}
	}
	return nil, fmt.Errorf("opening a kept secret: %w", identity.ErrCannotOpen)
}
