package docstore

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/member"
	"corkboard/docstore/replica"
	"corkboard/sqlite"
)

// came is what has become of a document by what others wrote.
type came struct {
	applied []replica.Arrival
	poison  []replica.Arrival // on which the engine failed
	remade  bool              // applied is all that counts
	mends   bool              // some of it was damaged on the disk
}

// Receive takes items of a collection from outside, in any order: records, and
// chunks as they were sealed. The errors are for each item: without one it is on
// disk, and documents show what came of it; what waits or is refused is kept as
// well. It blocks on the disk, the first time also until everything that is kept has
// been read. Errors: those of package replica; ErrNoCollection, ErrReadOnly,
// ErrLocked, ErrNoKeys, ErrNotSaved.
func (s *Store) Receive(ctx context.Context, collection access.RecordID, list ...replica.Item) []error {
	errs := make([]error, len(list))
	c, m, err := s.awake(collection, slices.ContainsFunc(list, func(i replica.Item) bool { return i.Sort == replica.Chunk }))
	if err != nil {
		for n := range errs {
			errs[n] = fmt.Errorf("receiving: %w", err)
		}
		return errs
	}
	i := &item{in: c, time: s.now()}
	records := false
	for n := range list {
		list[n].Key = replica.Key(bodyHash(list[n].Raw))
	}
	errs = m.Receive(list, func(held []replica.Item) {
		for _, h := range held {
			records = records || h.Sort != replica.Chunk
		}
		i.held, i.receipt = looseOf(held), newReceipt(&s.board.pending)
		s.writer.put(i)
	})
	if i.receipt == nil {
		return errs
	}
	if err := i.receipt.Wait(ctx); err != nil {
		for n := range errs {
			errs[n] = errors.Join(errs[n], err)
		}
	}
	if records {
		c.look(m)
		s.collections.subs.Wake()
	}
	return errs
}

// Govern runs a command on the members, invitations or keys of a collection and
// keeps what it made. command may only use the replica while it runs. It blocks on
// the disk. Errors: the command's; those of Receive.
func (s *Store) Govern(ctx context.Context, collection access.RecordID, command func(*replica.Replica) ([]replica.Item, error)) error {
	c, m, err := s.awake(collection, true)
	if err != nil {
		return fmt.Errorf("changing members: %w", err)
	}
	i := &item{in: c, time: s.now(), receipt: newReceipt(&s.board.pending)}
	err = m.Govern(command, func(w []member.Written) {
		for _, one := range w {
			i.held = append(i.held, &loose{Item: one.Item})
		}
		s.writer.put(i)
	})
	err = errors.Join(err, i.receipt.Wait(ctx))
	c.look(m)
	s.collections.subs.Wake()
	return err
}

// Awaken reads what is kept of a collection and judges it: what came shortly before
// the program ended is shown then. It blocks, for some seconds if there are tens of
// thousands of items; again does nothing. Errors: those of Receive.
func (s *Store) Awaken(collection access.RecordID) error {
	if _, _, err := s.awake(collection, true); err != nil {
		return fmt.Errorf("reading a collection: %w", err)
	}
	return nil
}

// awake is a collection whose member judges what others send. That of the profile
// itself sleeps on for records: they say nothing of what its own devices have written.
func (s *Store) awake(id access.RecordID, chunks bool) (*collection, *member.Member, error) {
	if s.readOnly != nil {
		return nil, nil, ErrReadOnly
	}
	if s.closed.Load() {
		return nil, nil, doc.ErrClosed
	}
	c, err := s.collections.get(id)
	if err != nil {
		return nil, nil, err
	}
	m, err := c.wait()
	if err != nil {
		return nil, nil, err
	}
	if c.row == homeCollection && !chunks {
		return c, m, nil
	}
	return c, m, c.awaken(m)
}

// awaken gives the member what is kept, once.
func (c *collection) awaken(m *member.Member) error {
	c.waking.Lock()
	defer c.waking.Unlock()
	if m.Awake() {
		return nil
	}
	if err := c.s.openPoison(); err != nil {
		return err
	}
	var applied applied
	news, err := m.Wake(func(take func([]byte)) ([]chunk.DocumentID, error) { // nobody signs meanwhile
		var err error
		if applied, err = c.readApplied(); err != nil {
			return nil, err
		}
		lost, err := c.eachChunk(take)
		if err == nil && c.s.mend(badOf(lost)) {
			lost, err = c.eachChunk(take)
		}
		if err != nil || len(lost) == 0 {
			return nil, err
		}
		return c.lose(lost, applied)
	}, c.hear)
	if err != nil {
		return err
	}
	return c.reconcile(news, applied)
}

// eachChunk gives every chunk, those on their way to the disk as well; some twice. What
// is damaged is handed back apart.
func (c *collection) eachChunk(take func([]byte)) (lost []lostRow, err error) {
	for _, d := range c.s.present() {
		if d.col.Load() != c {
			continue
		}
		for _, i := range d.onTheirWay() {
			for _, r := range i.rows {
				take(r.written.Item.Raw)
			}
		}
	}
	err = c.s.read(context.Background(), func(tx *sqlite.Tx) error {
		lost = nil
		return tx.Each(func(scan func(...any) error) error {
			r := lostRow{badRow: badRow{table: "chunks", why: wrongHash}}
			if err := scan(&r.row, &r.document, &r.run, &r.hash, &r.body, &r.name); err != nil {
				return err
			}
			if !bytes.Equal(r.name, bodyHash(r.body)) {
				lost = append(lost, r)
				return nil
			}
			take(r.body)
			return nil
		}, "SELECT id, document, run, hash, body, body_hash FROM chunks WHERE collection = ? ORDER BY id", c.row)
	})
	return lost, err
}

// applied is the changes that are in the documents on disk, by hash.
type applied map[doc.ID]changesOf

// changesOf is those of one document.
type changesOf map[string]appliedChange

type appliedChange struct {
	run  string // its reference
	deps doc.Heads
}

func (c *collection) readApplied() (applied, error) {
	applied := applied{}
	err := c.s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			var id doc.ID
			var hash, deps string
			var run []byte
			if err := scan(&id, &hash, &deps, &run); err != nil {
				return err
			}
			if applied[id] == nil {
				applied[id] = changesOf{}
			}
			applied[id][hash] = appliedChange{string(run), headsOf(deps)}
			return nil
		}, "SELECT document, hash, deps, run FROM chunks WHERE collection = ? AND kind = ? AND state IN (?, ?)",
			c.row, chunk.KindChange.String(), stateApplied, stateLost)
	})
	if err != nil {
		return nil, fmt.Errorf("reading what is applied: %w", err)
	}
	return applied, nil
}

// reconcile passes on what counts and is not in the documents, and what is in
// them and does not count: what a crash came between. What does not count for want of
// a damaged record is kept.
func (c *collection) reconcile(all []replica.News, applied applied) error {
	var rest []replica.News
	for _, n := range all {
		id, err := c.s.nameOf(n.Document)
		if err != nil {
			return err
		}
		have, missing := applied[id], n
		missing.Added = nil
		for _, a := range n.Added {
			hash := hex.EncodeToString(a.Change.Hash[:])
			if _, here := have[hash]; !here && !a.Own {
				missing.Added = append(missing.Added, a)
			}
			delete(have, hash)
		}
		if missing.Remade = len(have) > 0 && !c.lacks; missing.Remade {
			missing.Added = n.Added
		}
		if missing.Remade || len(missing.Added) > 0 {
			rest = append(rest, missing)
		}
	}
	c.hear(rest)
	return nil
}

// hear passes news on to documents, those of their own changes too: one may have
// been made after a verdict turned and before the document heard of it. Called under
// the member's lock, or before anybody else has the member awake.
func (c *collection) hear(list []replica.News) {
	s := c.s
	for _, n := range list {
		id, err := s.nameOf(n.Document)
		if err != nil {
			s.opt.Log.Error("changes from elsewhere wait for the next start", "err", err)
			continue
		}
		d, err := s.holdAs(id)
		if err != nil { // closing: the next start finds them
			return
		}
		d.expect(c, n)
	}
}

// nameOf is what a document is called in this profile.
func (s *Store) nameOf(genesis chunk.DocumentID) (id doc.ID, err error) {
	if s.holds(genesis) {
		return genesis.Doc(), nil
	}
	if id, ok := s.names.given(genesis); ok {
		return id, nil
	}
	err = s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&id}, "SELECT document FROM documents WHERE genesis = ?", genesis[:])
	})
	if errors.Is(err, sqlite.ErrNoRows) {
		return genesis.Doc(), nil
	}
	return id, err
}

// writeForeign keeps what came from elsewhere, and what has become of it.
func writeForeign(tx *sqlite.Tx, batch []*item, next *int64) error {
	for _, i := range batch {
		for _, h := range i.held {
			*next++
			h.place = *next
			var err error
			if h.Sort == replica.Chunk {
				err = writeHeld(tx, i.in.row, h, i.time)
			} else {
				err = writeRecord(tx, i.in.row, h.place, h.Item, i.time)
			}
			if err != nil {
				return err
			}
		}
		if i.came != nil {
			if err := i.came.write(tx, i.in.row, i.doc.id); err != nil {
				return fmt.Errorf("writing what came: %w", err)
			}
		}
	}
	return nil
}

func writeHeld(tx *sqlite.Tx, collection int64, h *loose, time int64) error {
	outside, err := chunk.Parse(h.Raw)
	if err != nil && !errors.Is(err, chunk.ErrNewer) {
		return err
	}
	err = tx.Exec(`INSERT INTO chunks (id, collection, document, kind, run, hash, deps, label, body, body_hash, state, time)
		VALUES (?, ?, '', ?, x'', '', '', '', ?, ?, ?, ?)
		ON CONFLICT (body_hash) DO UPDATE SET id = excluded.id, body = excluded.body, state = excluded.state WHERE state = ?`,
		h.place, collection, outside.Kind.String(), h.Raw, h.Key[:], stateHeld, time, stateLost)
	if err != nil {
		return fmt.Errorf("writing a chunk: %w", err)
	}
	return nil
}

func (c *came) write(tx *sqlite.Tx, collection int64, id doc.ID) error {
	if c.remade {
		err := tx.Exec("UPDATE chunks SET state = ? WHERE document = ? AND kind = ? AND state = ?",
			stateHeld, string(id), chunk.KindChange.String(), stateApplied)
		if err != nil {
			return err
		}
	}
	for state, list := range map[int][]replica.Arrival{stateApplied: c.applied, statePoison: c.poison} {
		for _, a := range list {
			e, ref := changeOf(a.Change), a.Run.Ref()
			err := tx.Exec("UPDATE chunks SET document = ?, run = ?, hash = ?, deps = ?, label = ?, state = ?, time = min(time, ?) WHERE body_hash = ?",
				string(id), ref[:], e.Hash, headsText(e.Deps), e.Label, state, e.UnixMilli, a.Item[:])
			if err != nil {
				return err
			}
			if err := writeRun(tx, collection, &member.Written{Run: ref, Announced: a.Run.Raw()}); err != nil {
				return err
			}
			if c.mends { // a row whose name is damaged was another row's
				err := tx.Exec("DELETE FROM chunks WHERE document = ? AND hash = ? AND state = ?", string(id), e.Hash, stateLost)
				if err != nil {
					return err
				}
			}
		}
	}
	return tx.Exec(`UPDATE documents SET shared = 1, changes = (SELECT count(*) FROM chunks WHERE document = documents.document AND kind = ? AND state = ?)
		WHERE document = ?`, chunk.KindChange.String(), stateApplied, string(id))
}
