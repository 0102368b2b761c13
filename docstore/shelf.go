package docstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/sqlite"
)

// Entry is an item of a collection as this device counts it: a chunk, or a record
// sealed as one.
type Entry struct {
	Place  uint64 // when it came; later ones have larger numbers
	Key    [32]byte
	Record bool
	Size   int // bytes
}

// Shelf is the items of one collection as they travel, in the order in which they
// came. Safe on any goroutine.
type Shelf struct {
	c       *collection
	replica [16]byte

	mu      sync.Mutex
	loaded  bool
	entries []Entry
	at      map[[32]byte]int // of entries
	sorted  [2][][32]byte    // keys ascending, of all and of records; nil: to be made
	sums    [2][8]byte       // of all and of records
	peers   map[[16]byte]PeerReplica
	recent  recent // own items, which several others will ask for

	subs  doc.Listeners // items have come
	shown doc.Listeners // documents show what has come
}

// Shelf gives that of a collection; the first time it reads the disk. Errors:
// ErrNoCollection, those of the disk.
func (s *Store) Shelf(id access.RecordID) (*Shelf, error) {
	c, err := s.collections.get(id)
	if err != nil {
		return nil, err
	}
	base, err := s.replicaBase()
	if err != nil {
		return nil, fmt.Errorf("naming this replica: %w", err)
	}
	h := bodyHash(append(append([]byte("corkboard/replica/1\x00"), base[:]...), id[:]...))
	fresh := &Shelf{c: c, replica: [16]byte(h)}
	c.shelf.CompareAndSwap(nil, fresh)
	sh := c.shelf.Load()
	sh.mu.Lock()
	defer sh.mu.Unlock()
	return sh, sh.load()
}

// load reads what is on disk, once. Under mu.
func (sh *Shelf) load() error {
	if sh.loaded {
		return nil
	}
	sh.entries, sh.at, sh.sorted, sh.sums = nil, map[[32]byte]int{}, [2][][32]byte{}, [2][8]byte{}
	c := sh.c
	var list []Entry
	err := c.s.read(context.Background(), func(tx *sqlite.Tx) error {
		list = nil
		err := tx.Each(func(scan func(...any) error) error {
			var e Entry
			var place int64
			var hash []byte
			if err := scan(&place, &hash, &e.Size); err != nil {
				return err
			}
			e.Place = uint64(place)
			copy(e.Key[:], hash)
			list = append(list, e)
			return nil
		}, "SELECT id, body_hash, length(body) FROM chunks WHERE collection = ? AND state <> ?", c.row, stateLost)
		if err != nil {
			return err
		}
		return tx.Each(func(scan func(...any) error) error {
			var place, sort int64
			var body, hash []byte
			if err := scan(&place, &sort, &body, &hash); err != nil {
				return err
			}
			if !bytes.Equal(hash, bodyHash(body)) {
				return nil // set aside when the member was opened
			}
			e, err := c.recordEntry(place, replica.Item{Sort: replica.Sort(sort), Raw: body})
			list = append(list, e)
			return err
		}, "SELECT id, sort, body, body_hash FROM records WHERE collection = ?", c.row)
	})
	if err == nil && sh.peers == nil {
		sh.peers, err = c.readPeers()
	}
	if err != nil {
		return fmt.Errorf("counting items: %w", err)
	}
	slices.SortFunc(list, func(a, b Entry) int { return int(int64(a.Place) - int64(b.Place)) })
	for _, e := range list {
		sh.add(e)
	}
	sh.loaded = true
	return nil
}

// add puts the newest entry at the end, unless it is there. Under mu.
func (sh *Shelf) add(e Entry) {
	if _, here := sh.at[e.Key]; here {
		return
	}
	sh.at[e.Key] = len(sh.entries)
	sh.entries = append(sh.entries, e)
	for n := range sh.sums {
		if n == which(false) || e.Record {
			sh.sorted[n] = nil
			for i := range sh.sums[n] {
				sh.sums[n][i] ^= e.Key[i]
			}
		}
	}
}

// recordEntry is how a record travels.
func (c *collection) recordEntry(place int64, i replica.Item) (Entry, error) {
	sealed, err := c.sealRecord(i)
	if err != nil {
		return Entry{}, err
	}
	return Entry{Place: uint64(place), Key: [32]byte(bodyHash(sealed)), Record: true, Size: len(sealed)}, nil
}

func (c *collection) sealRecord(i replica.Item) ([]byte, error) {
	kind := chunk.KindAccess
	if i.Sort == replica.PersonRecord {
		kind = chunk.KindPerson
	}
	return chunk.SealRecord(chunk.CollectionID(c.id), kind, i.Raw)
}

// shelve counts what a batch has brought to the disk.
func (s *Store) shelve(batch []*item) {
	grown := map[*Shelf][]Entry{}
	shown := map[*Shelf]bool{} // a document says something new
	for _, i := range batch {
		if i.in == nil {
			continue
		}
		sh := i.in.shelf.Load()
		if sh == nil {
			continue
		}
		grown[sh] = append(grown[sh], i.in.entriesOf(i)...)
		shown[sh] = shown[sh] || i.came != nil
	}
	for sh, list := range grown {
		slices.SortFunc(list, func(a, b Entry) int { return int(int64(a.Place) - int64(b.Place)) })
		sh.mu.Lock()
		for _, i := range batch {
			if i.in == sh.c {
				sh.recent.add(i.rows)
			}
		}
		before := len(sh.entries)
		if sh.loaded { // else it will be read
			for _, e := range list {
				sh.add(e)
			}
		}
		news := !sh.loaded || len(sh.entries) > before
		sh.mu.Unlock()
		if news {
			sh.subs.Wake()
		}
		if shown[sh] {
			sh.shown.Wake()
		}
	}
}

func (c *collection) entriesOf(i *item) (out []Entry) {
	for _, list := range [][]*loose{i.records, i.held} {
		for _, l := range list {
			if l.Sort == replica.Chunk {
				out = append(out, Entry{Place: uint64(l.place), Key: l.Key, Size: len(l.Raw)})
				continue
			}
			if e, err := c.recordEntry(l.place, l.Item); err == nil {
				out = append(out, e)
			}
		}
	}
	for _, r := range i.rows {
		w := r.written.Item
		out = append(out, Entry{Place: uint64(r.id), Key: w.Key, Size: len(w.Raw)})
	}
	return out
}

// unshelve forgets all counts: they are read again.
func (s *Store) unshelve() {
	for _, c := range s.collections.all() {
		c.unshelve()
	}
}

func (c *collection) unshelve() {
	if sh := c.shelf.Load(); sh != nil {
		sh.mu.Lock()
		sh.loaded = false
		sh.mu.Unlock()
		sh.subs.Wake()
	}
}

// Put takes items from outside, as they travel. The errors are for each: without one
// it is on disk. Errors: those of Store.Receive and of chunk.OpenRecord; see Passing.
func (sh *Shelf) Put(ctx context.Context, raws [][]byte) []error {
	errs := make([]error, len(raws))
	var list []replica.Item
	var from []int
	for n, raw := range raws {
		i, err := sh.c.itemOf(raw)
		if err != nil {
			errs[n] = err
			continue
		}
		list, from = append(list, i), append(from, n)
	}
	for n, err := range sh.c.s.Receive(ctx, sh.c.id, list...) {
		errs[from[n]] = err
	}
	return errs
}

func (c *collection) itemOf(raw []byte) (replica.Item, error) {
	s, err := chunk.Parse(raw)
	if err != nil && !errors.Is(err, chunk.ErrNewer) {
		return replica.Item{}, err
	}
	i := replica.Item{Sort: replica.Chunk, Raw: bytes.Clone(raw)}
	if err == nil && s.Kind.IsRecord() {
		var kind chunk.Kind
		if kind, i.Raw, err = chunk.OpenRecord(chunk.CollectionID(c.id), raw); err != nil {
			return replica.Item{}, err
		}
		i.Sort = replica.AccessRecord
		if kind == chunk.KindPerson {
			i.Sort = replica.PersonRecord
		}
	}
	i.Key = replica.Key(bodyHash(i.Raw))
	return i, nil
}

// Passing says that an item was not taken for a reason that has nothing to do with
// it: it must come again.
func Passing(err error) bool {
	for _, why := range []error{ErrNotSaved, ErrReadOnly, ErrLocked, ErrNoKeys, ErrNoCollection, doc.ErrClosed, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, why) {
			return true
		}
	}
	return false
}

// SetPeer notes what another replica has: both numbers only grow. It returns at once;
// it is on disk with what is written next, or a second later.
func (sh *Shelf) SetPeer(replica [16]byte, person identity.PersonID, device identity.DeviceID, seen, acked uint64) {
	sh.mu.Lock()
	was := sh.peers[replica]
	p := PeerReplica{
		Replica: replica, Person: person, Device: device,
		Seen: max(seen, was.Seen), Acked: max(acked, was.Acked), Time: sh.c.s.now(),
	}
	sh.peers[replica] = p
	if len(sh.peers) > maxPeers {
		delete(sh.peers, oldest(sh.peers))
	}
	sh.mu.Unlock()
	if s := sh.c.s; s.readOnly == nil && (p.Seen != was.Seen || p.Acked != was.Acked) {
		s.writer.note(sh.c, p)
	}
}
