package docstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"

	"corkboard/doc"
	"corkboard/sqlite"
)

// cacheRow is what the cache keeps of a document.
type cacheRow struct {
	id    doc.ID
	heads doc.Heads
	tree  []byte
	save  []byte // nil if no new one
	upto  int64  // newest row of chunks in save
}

type cachedTree struct {
	heads doc.Heads
	body  []byte
}

type cachedSave struct {
	upto int64
	body []byte
}

// cache is cache.db. Nothing in it is needed: whatever goes wrong here costs
// time, never content.
type cache struct {
	s *Store

	dbMu sync.RWMutex
	db   *sqlite.DB // nil if there is none

	mu   sync.Mutex
	rows map[doc.ID]cacheRow
	wake chan struct{}
	done chan struct{}
}

func newCache(s *Store) *cache {
	c := &cache{s: s, rows: map[doc.ID]cacheRow{}, wake: make(chan struct{}, 1), done: make(chan struct{})}
	if s.readOnly != nil {
		return c // it may belong to another version
	}
	if err := c.open(); err != nil {
		s.opt.Log.Warn("cache thrown away", "err", err)
		c.rebuild()
	}
	return c
}

func (c *cache) open() error {
	db, err := sqlite.Open(c.s.profile.path(cacheName), sqlite.Options{Migrations: cacheSchema, Relaxed: true})
	if err == nil {
		c.db = db
	}
	return err
}

// rebuild begins with an empty cache.
func (c *cache) rebuild() {
	c.dbMu.Lock()
	defer c.dbMu.Unlock()
	if c.db != nil {
		_ = c.db.Close() // damaged, and of no value
		c.db = nil
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(c.s.profile.path(cacheName + suffix)); err != nil && !errors.Is(err, os.ErrNotExist) {
			c.s.opt.Log.Warn("cache cannot be removed", "err", err)
		}
	}
	if err := c.open(); err != nil {
		c.s.opt.Log.Warn("working without a cache", "err", err)
	}
}

// put queues a row; the newest of a document wins.
func (c *cache) put(r cacheRow) {
	c.mu.Lock()
	if old, ok := c.rows[r.id]; ok && r.save == nil {
		r.save, r.upto = old.save, old.upto
	}
	c.rows[r.id] = r
	c.mu.Unlock()
	signal(c.wake)
}

func (c *cache) run() {
	defer close(c.done)
	for {
		select {
		case <-c.wake:
			c.write()
		case <-c.s.quit:
			c.write()
			return
		}
	}
}

func (c *cache) write() {
	c.mu.Lock()
	rows := c.rows
	c.rows = map[doc.ID]cacheRow{}
	c.mu.Unlock()
	if len(rows) == 0 {
		return
	}
	err := c.with(func(db *sqlite.DB) error {
		return db.Write(context.Background(), func(tx *sqlite.Tx) error {
			for _, r := range rows {
				if err := r.write(tx); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil {
		c.s.opt.Log.Warn("cache not written", "err", err)
	}
	c.s.feed.tell(Changes{Documents: slices.Collect(maps.Keys(rows)), Rested: true})
}

func (r cacheRow) write(tx *sqlite.Tx) error {
	err := tx.Exec(`INSERT INTO trees (document, heads, body, body_hash) VALUES (?, ?, ?, ?)
		ON CONFLICT (document) DO UPDATE SET heads = excluded.heads, body = excluded.body, body_hash = excluded.body_hash`,
		string(r.id), headsText(r.heads), r.tree, bodyHash(r.tree))
	if err != nil || r.save == nil {
		return err
	}
	return tx.Exec(`INSERT INTO saves (document, upto, body, body_hash) VALUES (?, ?, ?, ?)
		ON CONFLICT (document) DO UPDATE SET upto = excluded.upto, body = excluded.body, body_hash = excluded.body_hash`,
		string(r.id), r.upto, r.save, bodyHash(r.save))
}

// with runs f on the cache if there is one; a damaged one is thrown away.
func (c *cache) with(f func(*sqlite.DB) error) error {
	c.dbMu.RLock()
	db := c.db
	var err error
	if db != nil {
		err = f(db)
	}
	c.dbMu.RUnlock()
	if errors.Is(err, sqlite.ErrCorrupt) {
		c.rebuild()
	}
	return err
}

// trees reads cached trees whose bodies are what was written.
func (c *cache) trees(ids []doc.ID) map[doc.ID]cachedTree {
	out := map[doc.ID]cachedTree{}
	err := c.with(func(db *sqlite.DB) error {
		return db.Read(context.Background(), func(tx *sqlite.Tx) error {
			return tx.Each(func(scan func(...any) error) error {
				var id doc.ID
				var heads string
				var body, hash []byte
				if err := scan(&id, &heads, &body, &hash); err != nil {
					return err
				}
				if bytes.Equal(hash, bodyHash(body)) {
					out[id] = cachedTree{headsOf(heads), body}
				}
				return nil
			}, "SELECT document, heads, body, body_hash FROM trees WHERE document IN (SELECT value FROM json_each(?))", idList(ids))
		})
	})
	if err != nil {
		c.s.opt.Log.Warn("cache not read", "err", err)
	}
	return out
}

// save reads a document's engine save, if there is a sound one.
func (c *cache) save(id doc.ID) (cachedSave, bool) {
	var r cachedSave
	var hash []byte
	err := c.with(func(db *sqlite.DB) error {
		return db.Read(context.Background(), func(tx *sqlite.Tx) error {
			return tx.Row([]any{&r.upto, &r.body, &hash}, "SELECT upto, body, body_hash FROM saves WHERE document = ?", string(id))
		})
	})
	if err != nil && !errors.Is(err, sqlite.ErrNoRows) {
		c.s.opt.Log.Warn("cache not read", "err", err)
	}
	return r, err == nil && len(r.body) > 0 && bytes.Equal(hash, bodyHash(r.body))
}

func (c *cache) close() error {
	c.dbMu.Lock()
	defer c.dbMu.Unlock()
	if c.db == nil {
		return nil
	}
	err := c.db.Close()
	c.db = nil
	if err != nil {
		return fmt.Errorf("closing the cache: %w", err)
	}
	return nil
}
