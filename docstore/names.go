package docstore

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/sqlite"
)

// nameMark begins the rows of meta that say what a document is called here.
const nameMark = "name "

// names is what documents are called here that another device of this person has begun
// under a name of its own choice: outside they go by their genesis.
type names struct {
	mu sync.RWMutex
	of map[chunk.DocumentID]doc.ID
	by map[doc.ID]chunk.DocumentID
}

// readNames reads all of them.
func (s *Store) readNames() error {
	s.names.of, s.names.by = map[chunk.DocumentID]doc.ID{}, map[doc.ID]chunk.DocumentID{}
	return s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var name, value string
			if err := scan(&name, &value); err != nil {
				return err
			}
			b, err := hex.DecodeString(strings.TrimPrefix(name, nameMark))
			if err != nil || len(b) != len(chunk.DocumentID{}) {
				return fmt.Errorf("%w: no name of a document", ErrDamaged)
			}
			s.names.of[chunk.DocumentID(b)], s.names.by[doc.ID(value)] = doc.ID(value), chunk.DocumentID(b)
			return nil
		}, "SELECT name, value FROM meta WHERE name LIKE 'name %'")
	})
}

func writeName(tx *sqlite.Tx, genesis chunk.DocumentID, id doc.ID) error {
	return tx.Exec("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", nameMark+hex.EncodeToString(genesis[:]), string(id))
}

// given is what a document is called that began so; false if it has no other name.
func (n *names) given(genesis chunk.DocumentID) (doc.ID, bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	id, ok := n.of[genesis]
	return id, ok
}

// promised reports whether a document has begun elsewhere: it comes, and is not to be
// made here.
func (n *names) promised(id doc.ID) bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	_, ok := n.by[id]
	return ok
}

// namesOf is the documents of the profile's own collection that go by another name
// than that of their genesis, here or on the device they came from.
func (s *Store) namesOf(ctx context.Context) (map[chunk.DocumentID]doc.ID, error) {
	out := map[chunk.DocumentID]doc.ID{}
	err := s.read(ctx, func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var id doc.ID
			var b []byte
			if err := scan(&id, &b); err != nil {
				return err
			}
			var genesis chunk.DocumentID
			if copy(genesis[:], b); genesis.Doc() != id {
				out[genesis] = id
			}
			return nil
		}, "SELECT document, genesis FROM documents WHERE collection = ?", homeCollection)
	})
	if err != nil {
		return nil, fmt.Errorf("listing names of documents: %w", err)
	}
	s.names.mu.RLock()
	defer s.names.mu.RUnlock()
	for genesis, id := range s.names.of {
		out[genesis] = id
	}
	return out, nil
}
