package blind

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"

	"corkboard/net/docsync"
	"corkboard/sqlite"
)

// maxCursors is how many replicas of others are remembered for a namespace. Those
// beyond are asked for everything again each time.
const maxCursors = 1024

// Namespace is a collection as this storage peer knows it: a docsync.Index. It lies
// in memory while somebody has it open. Safe on any goroutine.
type Namespace struct {
	store *Store
	id    int64
	users int // behind store.mu

	ready chan struct{} // closed when it is loaded, or fault is set
	fault error

	putting sync.Mutex // one transaction after the other

	mu      sync.Mutex
	replica docsync.ReplicaID
	index   index
	cursors map[docsync.ReplicaID]uint64
	watches map[*func()]struct{}
	gone    bool
}

var _ docsync.Index = (*Namespace)(nil)

// Namespace opens a namespace, loading its index if nobody has it open. ErrGone.
// Close it.
func (s *Store) Namespace(ctx context.Context, id int64) (*Namespace, error) {
	s.mu.Lock()
	n, ok := s.open[id]
	if !ok {
		n = &Namespace{store: s, id: id, ready: make(chan struct{}), watches: map[*func()]struct{}{}}
		s.open[id] = n
	}
	n.users++
	s.mu.Unlock()
	if !ok {
		n.fault = n.load()
		close(n.ready)
	}
	select {
	case <-n.ready:
	case <-ctx.Done():
		n.Close()
		return nil, ctx.Err()
	}
	if n.fault != nil {
		n.Close()
		return nil, fmt.Errorf("opening a namespace: %w", n.fault)
	}
	return n, nil
}

// Close gives a namespace back; the last one takes it out of memory.
func (n *Namespace) Close() {
	n.store.mu.Lock()
	defer n.store.mu.Unlock()
	if n.users--; n.users == 0 {
		delete(n.store.open, n.id)
	}
}

func (n *Namespace) load() error {
	n.cursors = map[docsync.ReplicaID]uint64{}
	return n.store.db.Read(context.Background(), func(tx *sqlite.Tx) error {
		var replica []byte
		err := tx.Row([]any{&replica}, "SELECT replica FROM namespaces WHERE id = ? AND secret IS NOT NULL", n.id)
		if errors.Is(err, sqlite.ErrNoRows) {
			return ErrGone
		}
		if err != nil {
			return err
		}
		copy(n.replica[:], replica)
		if err := tx.Each(n.loadItem, "SELECT place, key, sort, size FROM items WHERE namespace = ? ORDER BY place", n.id); err != nil {
			return err
		}
		return tx.Each(n.loadCursor, "SELECT replica, place FROM cursors WHERE namespace = ?", n.id)
	})
}

func (n *Namespace) loadItem(scan func(...any) error) error {
	var place int64
	var key []byte
	var r row
	if err := scan(&place, &key, &r.sort, &r.size); err != nil {
		return err
	}
	if place != int64(len(n.index.rows))+1 || len(key) != len(r.key) {
		return fmt.Errorf("%w: place %d where %d should be", ErrDamaged, place, len(n.index.rows)+1)
	}
	copy(r.key[:], key)
	n.index.add(r)
	return nil
}

func (n *Namespace) loadCursor(scan func(...any) error) error {
	var replica []byte
	var place int64
	if err := scan(&replica, &place); err != nil {
		return err
	}
	var id docsync.ReplicaID
	copy(id[:], replica)
	n.cursors[id] = uint64(place)
	return nil
}

// Replica implements docsync.Index.
func (n *Namespace) Replica() docsync.ReplicaID { return n.replica }

// Last implements docsync.Index.
func (n *Namespace) Last() uint64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return uint64(len(n.index.rows))
}

// After implements docsync.Index.
func (n *Namespace) After(place uint64, most int) []docsync.Entry {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.index.after(place, most)
}

// Find implements docsync.Index.
func (n *Namespace) Find(key docsync.Key) (docsync.Entry, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	at, ok := n.index.find(key)
	if !ok {
		return docsync.Entry{}, false
	}
	return n.index.entry(at), true
}

// Keys implements docsync.Index.
func (n *Namespace) Keys(lo, hi docsync.Key, records bool) []docsync.Key {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.index.keys(lo, hi, records)
}

// Sum implements docsync.Index.
func (n *Namespace) Sum(records bool) [8]byte {
	n.mu.Lock()
	defer n.mu.Unlock()
	if records {
		return n.index.records
	}
	return n.index.all
}

// Seen implements docsync.Index.
func (n *Namespace) Seen(replica docsync.ReplicaID) uint64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.cursors[replica]
}

// Bytes implements docsync.Index. Errors: ErrMissing, ErrDamaged, those of package
// sqlite.
func (n *Namespace) Bytes(key docsync.Key) ([]byte, error) {
	e, ok := n.Find(key)
	if !ok {
		return nil, fmt.Errorf("reading an item: %w", ErrMissing)
	}
	var body []byte
	err := n.store.db.Read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Row([]any{&body}, `SELECT b.body FROM items i JOIN bodies b ON b.id = i.body
			WHERE i.namespace = ? AND i.place = ?`, n.id, int64(e.Place))
	})
	switch {
	case errors.Is(err, sqlite.ErrNoRows):
		err = ErrDamaged
		if n.Gone() {
			err = ErrMissing
		}
	case err == nil && sha256.Sum256(body) != key:
		err = ErrDamaged
	}
	if err != nil {
		return nil, fmt.Errorf("reading an item: %w", err)
	}
	return body, nil
}

// Watch calls wake, on any goroutine, when something has come, until cancel. It
// must not block.
func (n *Namespace) Watch(wake func()) (cancel func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	at := &wake
	n.watches[at] = struct{}{}
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.watches, at)
	}
}

// Gone reports whether the namespace has been removed since it was opened.
func (n *Namespace) Gone() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.gone
}

// remove marks open namespaces that are no longer in the store.
func (s *Store) remove(ids []int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		if n := s.open[id]; n != nil {
			n.mu.Lock()
			n.gone = true
			n.wake()
			n.mu.Unlock()
			delete(s.open, id)
		}
	}
}

// wake is called behind mu.
func (n *Namespace) wake() {
	for w := range n.watches {
		(*w)()
	}
}
