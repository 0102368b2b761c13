package docstore

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/docstore/verify/poison"
	"corkboard/sqlite"
)

const poisonName = "poison.journal"

// poisoned is the changes on which an engine has failed, here or in a process
// that is no more, by hash.
type poisoned struct {
	mu sync.Mutex
	is map[[32]byte]bool
}

func (p *poisoned) add(hash [32]byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.is == nil {
		p.is = map[[32]byte]bool{}
	}
	p.is[hash] = true
}

// sift parts changes into those that may be given to an engine and those that
// may not: the poisoned, and whatever builds on them.
func (p *poisoned) sift(list []replica.Arrival) (good, bad []replica.Arrival) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range list {
		is := p.is[a.Change.Hash]
		for _, dep := range a.Change.Deps {
			is = is || p.is[dep]
		}
		if !is {
			good = append(good, a)
			continue
		}
		p.is[a.Change.Hash] = true
		bad = append(bad, a)
	}
	return good, bad
}

// openPoison opens the journal and puts away what it holds: over that the last
// process died. Nothing is given to an engine from elsewhere before.
func (s *Store) openPoison() error {
	if s.poison != nil {
		return nil
	}
	err := s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var text string
			if err := scan(&text); err != nil {
				return err
			}
			if b, err := hex.DecodeString(text); err == nil && len(b) == 32 {
				s.poisoned.add([32]byte(b))
			}
			return nil
		}, "SELECT hash FROM chunks WHERE state = ? UNION SELECT value FROM meta WHERE name LIKE 'poison %'", statePoison)
	})
	if err != nil {
		return err
	}
	journal, left, err := poison.Open(s.profile.path(poisonName))
	if err != nil {
		return err
	}
	for _, suspect := range left {
		if err := s.putAway(journal, suspect); err != nil {
			return errors.Join(err, journal.Close())
		}
	}
	s.poison = journal
	return nil
}

// putAway sees to it that a suspect is never given to an engine again.
func (s *Store) putAway(journal *poison.Journal, suspect poison.Suspect) error {
	s.poisoned.add(suspect.Hash)
	s.aside(doc.ID(suspect.Document), suspect.Hash, nil, "the program ended while it was taken in")
	err := s.write(func(tx *sqlite.Tx) error {
		text := hex.EncodeToString(suspect.Hash[:])
		return tx.Exec("INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)", "poison "+text, text)
	})
	if err != nil {
		return err
	}
	return journal.Settle(suspect)
}

// refuse puts away a change on which the engine has failed, with its author.
func (s *Store) refuse(id doc.ID, a replica.Arrival, why error) {
	s.poisoned.add(a.Change.Hash)
	s.aside(id, a.Change.Hash, a.Change.Chunk, fmt.Sprintf("written by person %v, device %v\n%v", a.Run.Person, a.Run.Device, why))
}

func (s *Store) aside(id doc.ID, hash [32]byte, body []byte, why string) {
	s.setAside(fmt.Sprintf("change-%x", hash[:8]), body, fmt.Sprintf("document %s\nchange %x\n%s\n", id, hash, why))
}
