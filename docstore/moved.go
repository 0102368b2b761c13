package docstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"corkboard/doc"
	"corkboard/sqlite"
)

// maxMoves is how often a document may have moved.
const maxMoves = 16

// Errors of Move.
var (
	// ErrMoved says that another document has taken the place of this one.
	ErrMoved = errors.New("the document has moved")
	// ErrChanged says that a document was edited while it was copied.
	ErrChanged = errors.New("the document has changed meanwhile")
)

// Move says that a document has been copied: the copy takes its place.
type Move struct {
	From, To doc.ID
	Heads    doc.Heads // of From, when it was copied
}

// moves is which document has taken the place of which.
type moves struct {
	mu   sync.RWMutex
	to   map[doc.ID]doc.ID
	from map[doc.ID]doc.ID // the other way round
}

// note is called with the lock held, or before anybody asks.
func (m *moves) note(from, to doc.ID) { m.to[from], m.from[to] = to, from }

// readMoves reads all moves.
func (s *Store) readMoves() error {
	s.moves.to, s.moves.from = map[doc.ID]doc.ID{}, map[doc.ID]doc.ID{}
	if s.log.Version() < sharingSchema {
		return nil
	}
	return s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var from, to doc.ID
			err := scan(&from, &to)
			s.moves.note(from, to)
			return err
		}, "SELECT document, target FROM moved")
	})
}

// Moved is the document that has taken the place of another, or id itself. At once.
func (s *Store) Moved(id doc.ID) doc.ID {
	s.moves.mu.RLock()
	defer s.moves.mu.RUnlock()
	for range maxMoves {
		to, ok := s.moves.to[id]
		if !ok {
			break
		}
		id = to
	}
	return id
}

// lives is the ids that a document has had here, the oldest first, its present one last.
func (s *Store) lives(id doc.ID) []doc.ID {
	id = s.Moved(id)
	s.moves.mu.RLock()
	defer s.moves.mu.RUnlock()
	out := []doc.ID{id}
	for range maxMoves {
		before, ok := s.moves.from[out[0]]
		if !ok {
			break
		}
		out = append([]doc.ID{before}, out...)
	}
	return out
}

// Move lets copies take the place of documents, all or none: from then on whoever
// opens an old one gets its copy, and edits of handles that were open before are
// refused with ErrMoved. The old documents stay in the log. It blocks on the disk.
// *ChangedError names those that were edited since they were copied; then nothing
// has moved.
func (s *Store) Move(ctx context.Context, list []Move) error { return s.move(ctx, list, false) }

// Follow does what another device of this person has done by Move: without looking at
// what has been edited here meanwhile, which stays in the old documents.
func (s *Store) Follow(ctx context.Context, moves map[doc.ID]doc.ID) error {
	var list []Move
	for from, to := range moves {
		if s.Moved(from) == from && s.Moved(to) != from {
			list = append(list, Move{From: from, To: to})
		}
	}
	return s.move(ctx, list, true)
}

// Moves is every document whose place another has taken, and that other.
func (s *Store) Moves() map[doc.ID]doc.ID {
	s.moves.mu.RLock()
	defer s.moves.mu.RUnlock()
	return maps.Clone(s.moves.to)
}

func (s *Store) move(ctx context.Context, list []Move, anyway bool) error {
	docs := make([]*document, len(list))
	for n, m := range list {
		d, err := s.holdAs(m.From)
		if err != nil {
			return err
		}
		defer d.release()
		docs[n] = d
	}
	changed := make([]bool, len(list))
	var asked sync.WaitGroup
	for n, d := range docs {
		asked.Add(1)
		d.post(func() {
			defer asked.Done()
			d.moved = true // holds edits off until it is decided
			changed[n] = !anyway && (d.state != doc.Ready || !slices.Equal(d.heads, list[n].Heads))
		})
	}
	asked.Wait()
	var e ChangedError
	for n, is := range changed {
		if is {
			e.Documents = append(e.Documents, list[n].From)
		}
	}
	var err error
	if len(e.Documents) > 0 {
		err = &e
	} else if len(list) > 0 {
		err = s.keepMoves(list)
	}
	for _, d := range docs {
		d.post(func() {
			switch {
			case err == nil:
				d.state, d.err = doc.Unavailable, ErrMoved
				d.republish(doc.Local)
			case !errors.Is(err, sqlite.ErrUnknown): // else the next start tells
				d.moved = false
			}
		})
	}
	if err != nil {
		return fmt.Errorf("moving documents: %w", err)
	}
	return ctx.Err()
}

func (s *Store) keepMoves(list []Move) error {
	err := s.write(func(tx *sqlite.Tx) error {
		for _, m := range list {
			if err := writeMove(tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil { // perhaps it is there all the same
		kept, again := s.movesKept(list)
		if again != nil {
			return fmt.Errorf("%w: %w", sqlite.ErrUnknown, errors.Join(err, again))
		}
		if !kept {
			return err
		}
	}
	ids := make([]doc.ID, 0, len(list))
	s.moves.mu.Lock()
	for _, m := range list {
		s.moves.note(m.From, m.To)
		ids = append(ids, m.From)
	}
	s.moves.mu.Unlock()
	s.feed.tell(Changes{Documents: ids, Rested: true})
	return nil
}

// moveMark begins the rows of meta that say once more what has moved: where the page of
// moved is lost, an old document would be taken for the present one.
const moveMark = "moved "

func writeMove(tx *sqlite.Tx, m Move) error {
	err := tx.Exec("INSERT OR REPLACE INTO moved (document, target) VALUES (?, ?)", string(m.From), string(m.To))
	if err == nil {
		err = tx.Exec("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", moveMark+string(m.From), string(m.To))
	}
	return err
}

func (s *Store) movesKept(list []Move) (kept bool, err error) {
	var n int
	err = s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&n}, "SELECT count(*) FROM moved WHERE document = ? AND target = ?", string(list[0].From), string(list[0].To))
	})
	return n > 0, err
}

// ChangedError names documents that were edited while they were copied.
type ChangedError struct{ Documents []doc.ID }

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%d documents were edited while they were copied", len(e.Documents))
}

// Unwrap is ErrChanged.
func (e *ChangedError) Unwrap() error { return ErrChanged }
