package docstore

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/member"
	"corkboard/docstore/verify"
	"corkboard/sqlite"
)

// copying writes an old log anew, document by document. The first actor of each
// document becomes that of a first run, the second that of a second, and so on:
// within a run, a document has one.
type copying struct {
	s     *Store
	old   *sqlite.DB
	found member.Founding
	runs  []*member.Member
	next  int64 // newest row
}

// oldDocument is a document while it is copied.
type oldDocument struct {
	id      doc.ID
	heads   doc.Heads
	created int64
	changed int64
	genesis chunk.DocumentID
	begin   *member.Beginning // until it is written
	actors  [][verify.ActorSize]byte
	seqs    []uint64
	hashes  map[string][32]byte // of old changes: of the new ones, or the last of several
	changes int
}

func (c *copying) write(tx *sqlite.Tx) error {
	if err := writeHome(tx, c.found.Collection); err != nil {
		return err
	}
	if err := writeRecords(tx, homeCollection, c.found.Records, c.s.now(), &c.next); err != nil {
		return err
	}
	return c.old.Read(context.Background(), func(from *sqlite.Tx) error {
		list, err := oldDocuments(from)
		if err != nil {
			return err
		}
		for _, d := range list {
			if err := c.document(from, tx, d); err != nil {
				return fmt.Errorf("document %s: %w", d.id, err)
			}
		}
		return copySteps(from, tx)
	})
}

func oldDocuments(tx *sqlite.Tx) (list []*oldDocument, err error) {
	err = tx.Each(func(scan func(...any) error) error {
		d := &oldDocument{hashes: map[string][32]byte{}}
		var heads string
		if err := scan(&d.id, &heads, &d.created, &d.changed); err != nil {
			return err
		}
		d.heads = headsOf(heads)
		list = append(list, d)
		return nil
	}, "SELECT document, heads, created, changed FROM documents ORDER BY created, document")
	return list, err
}

// document copies one; a row that is damaged is set aside, as when it is opened.
func (c *copying) document(from, to *sqlite.Tx, d *oldDocument) error {
	begin := member.Beginning{Nonce: nonceOf(d.id), Time: uint64(max(d.created, 0))}
	d.begin = &begin
	d.genesis = c.genesis(begin)
	bad, err := eachOldChange(from, d.id, func(body []byte, time int64) error {
		changes, run, err := c.anew(d, body)
		if err != nil {
			return err
		}
		return c.put(to, d, run, changes, time)
	})
	if err != nil {
		return err
	}
	c.s.quarantine(d.id, bad)
	if d.begin != nil { // no change could be read
		if err := c.put(to, d, 0, nil, d.created); err != nil {
			return err
		}
	}
	return to.Exec("INSERT INTO documents (document, genesis, collection, heads, created, changed, changes) VALUES (?, ?, ?, ?, ?, ?, ?)",
		string(d.id), d.genesis[:], homeCollection, headsText(d.newHeads()), d.created, d.changed, d.changes)
}

func (c *copying) genesis(b member.Beginning) chunk.DocumentID {
	g := chunk.Genesis{
		Collection: chunk.CollectionID(c.found.Collection), Person: c.found.Keys.Person, Device: c.found.Keys.Device.ID(),
		Nonce: b.Nonce, Time: b.Time,
	}
	return g.ID()
}

// anew is an old change under its new names, and the number of its run.
func (c *copying) anew(d *oldDocument, body []byte) (changes []engine.Change, run int, err error) {
	old, err := verify.Own(body)
	if err != nil {
		return nil, 0, err
	}
	run = slices.Index(d.actors, old.Actor)
	if run < 0 {
		run = len(d.actors)
		d.actors, d.seqs = append(d.actors, old.Actor), append(d.seqs, 0)
	}
	if _, err := c.run(len(d.actors) - 1); err != nil {
		return nil, 0, err
	}
	names := verify.Names{Seq: d.seqs[run] + 1, Actor: func(a [verify.ActorSize]byte) [verify.ActorSize]byte {
		if n := slices.Index(d.actors, a); n >= 0 {
			return c.runs[n].Actor(d.genesis)
		}
		return a
	}}
	for _, dep := range old.Deps {
		names.Deps = append(names.Deps, d.hash(dep))
	}
	pieces, err := old.Rewrite(names)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range pieces {
		changes = append(changes, changeOf(p))
		d.hashes[hex.EncodeToString(old.Hash[:])] = p.Hash
	}
	d.seqs[run] += uint64(len(pieces))
	return changes, run, nil
}

// hash is what became of a change; one that is missing keeps its name.
func (d *oldDocument) hash(old [32]byte) [32]byte {
	if h, ok := d.hashes[hex.EncodeToString(old[:])]; ok {
		return h
	}
	return old
}

func (d *oldDocument) newHeads() (heads doc.Heads) {
	for _, h := range d.heads {
		if now, ok := d.hashes[h]; ok {
			h = hex.EncodeToString(now[:])
		}
		heads = append(heads, h)
	}
	slices.Sort(heads)
	return heads
}

// put signs and writes changes of a run.
func (c *copying) put(tx *sqlite.Tx, d *oldDocument, run int, changes []engine.Change, time int64) error {
	m, err := c.run(run)
	if err != nil {
		return err
	}
	bodies, actor := make([][]byte, len(changes)), [16]byte{}
	for n, change := range changes {
		bodies[n] = change.Body
		copy(actor[:], change.Actor)
	}
	i := &item{in: &collection{row: homeCollection}, doc: &document{id: d.id}, time: time}
	err = m.Write(d.genesis, d.begin, actor, bodies, c.s.now(), func(w []member.Written) {
		i.rows, i.records = rowsOf(w, changes)
	})
	if err != nil {
		return err
	}
	d.begin = nil
	d.changes += len(changes)
	return writeChunks(tx, []*item{i}, &c.next)
}

// run is the member that writes as one of the runs.
func (c *copying) run(n int) (*member.Member, error) {
	for n >= len(c.runs) {
		m, err := c.open()
		if err != nil {
			return nil, err
		}
		c.runs = append(c.runs, m)
	}
	return c.runs[n], nil
}

func (c *copying) open() (*member.Member, error) {
	return member.Open(rand.Reader, c.found.Keys, c.found.Collection, nil, c.found.Records)
}

func eachOldChange(tx *sqlite.Tx, id doc.ID, f func(body []byte, time int64) error) (bad []badRow, err error) {
	err = tx.Each(func(scan func(...any) error) error {
		var row, time int64
		var body, hash []byte
		if err := scan(&row, &body, &hash, &time); err != nil {
			return err
		}
		if !bytes.Equal(hash, bodyHash(body)) {
			bad = append(bad, badRow{table: "chunks", row: row, body: body, why: wrongHash})
			return nil
		}
		return f(body, time)
	}, "SELECT id, body, body_hash, time FROM chunks WHERE document = ? ORDER BY id", string(id))
	return bad, err
}

func copySteps(from, to *sqlite.Tx) error {
	put, err := to.Prepare("INSERT INTO steps (id, document, turn, undone, label, gesture, body, body_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	return from.Each(func(scan func(...any) error) error {
		var id, turn, undone int64
		var document, label, gesture string
		var body, hash []byte
		if err := scan(&id, &document, &turn, &undone, &label, &gesture, &body, &hash); err != nil {
			return err
		}
		return put.Exec(id, document, turn, undone, label, gesture, body, hash)
	}, "SELECT id, document, turn, undone, label, gesture, body, body_hash FROM steps ORDER BY id")
}

var errDiffers = errors.New("the copy differs")

// compare reads the new log back and holds every document against the old one.
func (c *copying) compare(db *sqlite.DB) error {
	if err := db.Check(context.Background()); err != nil {
		return err
	}
	m, err := c.open()
	if err != nil {
		return err
	}
	return db.Read(context.Background(), func(now *sqlite.Tx) error {
		if bad, err := badBodies(now); err != nil || len(bad) > 0 {
			return errors.Join(err, fmt.Errorf("%w: %d damaged rows", errDiffers, len(bad)))
		}
		return c.old.Read(context.Background(), func(then *sqlite.Tx) error {
			list, err := oldDocuments(then)
			for _, d := range list {
				if err == nil {
					err = c.compareOne(then, now, m, d.id)
				}
			}
			return err
		})
	})
}

func (c *copying) compareOne(then, now *sqlite.Tx, m *member.Member, id doc.ID) error {
	var was [][]byte
	if _, err := eachOldChange(then, id, func(body []byte, _ int64) error { was = append(was, body); return nil }); err != nil {
		return err
	}
	var genesis []byte
	if err := now.Row([]any{&genesis}, "SELECT genesis FROM documents WHERE document = ?", string(id)); err != nil {
		return err
	}
	h, err := readHistory(now, id, 0)
	if err != nil {
		return err
	}
	is := h.open(m, chunk.DocumentID(genesis))
	a, errA := c.s.treeOf(was)
	b, errB := c.s.treeOf(is)
	if (errA == nil) != (errB == nil) || errA == nil && !doc.Equal(a, b) || len(h.bad) > 0 {
		return fmt.Errorf("document %s: %w: %w", id, errDiffers, errors.Join(errA, errB))
	}
	return nil
}

// treeOf is what changes make.
func (s *Store) treeOf(changes [][]byte) (doc.Map, error) {
	actor := random16()
	e, err := s.opt.Engine.Load(nil, changes, actor[:])
	if err != nil {
		return nil, err
	}
	defer e.Close()
	return e.Tree()
}
