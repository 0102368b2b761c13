package docstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"corkboard/doc"
	"corkboard/sqlite"
)

// badRow is a row whose body is not what was written.
type badRow struct {
	table    string
	row      int64
	document doc.ID // if it is known
	body     []byte
	name     []byte // the hash that was stored with it, if it has another
	why      string
}

func bodyHash(b []byte) []byte {
	h := sha256.Sum256(b)
	return h[:]
}

func headsText(h doc.Heads) string { return strings.Join(h, " ") }

func headsOf(s string) doc.Heads { return strings.Fields(s) }

// readSteps reads a document's undo steps, oldest first.
func readSteps(tx *sqlite.Tx, id doc.ID) (steps []doc.Step, bad []badRow, err error) {
	err = tx.Each(func(scan func(...any) error) error {
		var s doc.Step
		var body, hash []byte
		if err := scan(&s.ID, &s.Turn, &s.Undone, &s.Label, &s.Gesture, &body, &hash); err != nil {
			return err
		}
		var err error
		if !bytes.Equal(hash, bodyHash(body)) {
			err = errors.New(wrongHash)
		} else {
			s.Inverse, err = doc.DecodeSteps(body)
		}
		if err != nil {
			bad = append(bad, badRow{"steps", s.ID, id, body, hash, err.Error()})
			return nil
		}
		steps = append(steps, s)
		return nil
	}, "SELECT id, turn, undone, label, gesture, body, body_hash FROM steps WHERE document = ? ORDER BY id", string(id))
	return steps, bad, err
}

// read runs f on one state of the log, whichever file handle is the present one.
func (s *Store) read(ctx context.Context, f func(*sqlite.Tx) error) error {
	s.logMu.RLock()
	defer s.logMu.RUnlock()
	if s.log == nil {
		return fmt.Errorf("reading the log: %w", doc.ErrClosed)
	}
	err := s.log.Read(ctx, f)
	s.tear(err)
	return err
}

// write is read for one transaction that writes: whole, or an error after which
// nobody knows.
func (s *Store) write(f func(*sqlite.Tx) error) error {
	s.logMu.RLock()
	defer s.logMu.RUnlock()
	if s.log == nil {
		return sqlite.ErrIO
	}
	err := s.log.Write(context.Background(), f)
	s.tear(err)
	return err
}

// idList is a parameter for "IN (SELECT value FROM json_each(?))".
func idList(ids []doc.ID) string {
	b, _ := json.Marshal(ids) // strings always marshal
	return string(b)
}

// Exists reports whether the log has a document. It blocks on the disk.
func (s *Store) Exists(id doc.ID) (bool, error) {
	var one int
	err := s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&one}, "SELECT 1 FROM documents WHERE document = ?", string(id))
	})
	if errors.Is(err, sqlite.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("looking for document: %w", err)
	}
	return true, nil
}
