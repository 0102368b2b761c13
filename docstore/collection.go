package docstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/member"
	"corkboard/docstore/replica"
	"corkboard/identity"
	"corkboard/identity/vault"
	"corkboard/sqlite"
)

// ErrNotAllowed says that a person has not the role for what they want to do.
var ErrNotAllowed = replica.ErrNotAllowed

// ErrNoCollection says that this device knows no such collection.
var ErrNoCollection = errors.New("no such collection is here")

// Collection is what this device knows of a collection: a unit of access and keys.
type Collection struct {
	ID     access.RecordID
	Home   bool     // the profile's own, which nobody else is in
	Root   doc.ID   // what was shared; "" for Home
	Kind   string   // of the root
	At     []string // where the link by which it came said that somebody may be found
	State  *access.State
	People map[identity.PersonID]identity.State // as far as their logs have come
	Ready  bool                                 // its keys are here
	Spoken bool                                 // this person has a record in its log, such as that they joined
}

// collection is a row of the log, and the member that this device is in it.
type collection struct {
	s    *Store
	row  int64
	id   access.RecordID
	root doc.ID // under collections.mu
	kind string // likewise

	sealed []byte   // the secret of the link by which it came, under a master key
	at     []string // where that link said that somebody may be found

	waking sync.Mutex // one wakes the member

	mu     sync.Mutex
	member *member.Member // nil until it is asked for
	err    error          // why there is none
	lacks  bool           // some of its records are damaged or may be lost

	shelf atomic.Pointer[Shelf] // nil until it is asked for
	reads atomic.Bool           // its records say that this person may not write
}

// collections is all that this profile knows of, by row and by id.
type collections struct {
	mu    sync.Mutex
	byRow map[int64]*collection
	byID  map[access.RecordID]*collection

	subs doc.Listeners // of what the records say, and of the list
}

func (cs *collections) add(c *collection) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.byRow[c.row], cs.byID[c.id] = c, c
}

func (cs *collections) get(id access.RecordID) (*collection, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if c := cs.byID[id]; c != nil {
		return c, nil
	}
	return nil, ErrNoCollection
}

func (cs *collections) at(row int64) *collection {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	return cs.byRow[row]
}

func (cs *collections) all() []*collection {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	out := make([]*collection, 0, len(cs.byRow))
	for row := int64(1); len(out) < len(cs.byRow); row++ {
		if c := cs.byRow[row]; c != nil {
			out = append(out, c)
		}
	}
	return out
}

// readCollections reads the rows of all collections; sqlite.ErrNoRows if not even
// the profile's own is there.
func (s *Store) readCollections() error {
	s.collections = collections{byRow: map[int64]*collection{}, byID: map[access.RecordID]*collection{}}
	columns := "id, genesis, root, kind, secret, at"
	if s.log.Version() < sharingSchema { // open for reading, as an older program left it
		columns = "id, genesis, '', '', x'', ''"
	}
	err := s.read(context.Background(), func(tx *sqlite.Tx) error {
		return tx.Each(func(scan func(...any) error) error {
			c := &collection{s: s}
			var genesis []byte
			var at string
			if err := scan(&c.row, &genesis, &c.root, &c.kind, &c.sealed, &at); err != nil {
				return err
			}
			if at != "" {
				c.at = strings.Split(at, "\n")
			}
			if len(genesis) != len(c.id) {
				return fmt.Errorf("%w: no id of a collection", ErrDamaged)
			}
			c.id = access.RecordID(genesis)
			s.collections.add(c)
			return nil
		}, "SELECT "+columns+" FROM collections ORDER BY id")
	})
	if err == nil && s.home() == nil {
		err = sqlite.ErrNoRows
	}
	return err
}

// home is the profile's own collection.
func (s *Store) home() *collection { return s.collections.at(homeCollection) }

// wait gives the member once it is known whether the keys open.
func (c *collection) wait() (*member.Member, error) {
	held, err := c.s.keys.wait()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.member == nil && c.err == nil {
		if c.member, c.err = c.open(held); c.err == nil {
			c.look(c.member)
		}
	}
	return c.member, c.err
}

// rouse opens the member in time for what this person may do to be known.
func (c *collection) rouse() {
	if c.row == homeCollection || c.s.keys.failed() != nil {
		return
	}
	if _, err := c.wait(); err != nil {
		c.s.opt.Log.Error("a shared collection cannot be opened", "err", err)
	}
}

// look notes what this person may do on this device, after records have come.
func (c *collection) look(m *member.Member) {
	state, people := m.View()
	k := c.s.keys
	gone := state.Left[access.Seat{Person: k.person, Device: k.device}] || people[k.person].Devices[k.device].Removed
	c.reads.Store(state.Role(k.person) < access.Write || gone)
}

// open makes the member of the records in the log.
func (c *collection) open(k vault.Keys) (*member.Member, error) {
	var list []replica.Item
	bad, err := c.s.readMended(context.Background(), func(tx *sqlite.Tx) (bad []badRow, err error) {
		list, bad, err = readRecords(tx, c.row)
		return bad, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading records: %w", err)
	}
	c.s.quarantine("", bad)
	c.lacks = len(bad) > 0 || c.s.lacks
	var links [][16]byte
	if len(c.sealed) > 0 {
		secret, ok := linkSecret(k, c.id, c.sealed)
		if !ok {
			return nil, fmt.Errorf("%w: the secret of the link by which it came", ErrNoKeys)
		}
		links = append(links, secret)
	}
	if c.row == homeCollection {
		return openHome(k, c.id, list)
	}
	m, err := member.Open(rand.Reader, k, c.id, links, list)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoKeys, err)
	}
	return m, nil
}

// openHome opens the profile's own collection, whose keys must be here.
func openHome(k vault.Keys, id access.RecordID, records []replica.Item) (*member.Member, error) {
	m, err := member.Open(rand.Reader, k, id, nil, records)
	if err == nil && !m.Ready() {
		err = replica.ErrNotReady
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoKeys, err)
	}
	return m, nil
}

// genesis is the id of a document that begins here so.
func (c *collection) genesis(b member.Beginning) chunk.DocumentID {
	k := c.s.keys
	g := chunk.Genesis{Collection: chunk.CollectionID(c.id), Person: k.person, Device: k.device, Nonce: b.Nonce, Time: b.Time}
	return g.ID()
}

// Collections is all collections, that of the profile first. It may read the disk.
// Errors: ErrLocked, ErrNoKeys.
func (s *Store) Collections() ([]Collection, error) {
	var out []Collection
	for _, c := range s.collections.all() {
		known, err := c.tell()
		if err != nil {
			return nil, fmt.Errorf("listing collections: %w", err)
		}
		out = append(out, known)
	}
	return out, nil
}

// Collection is one of them. Errors: ErrNoCollection, ErrLocked, ErrNoKeys.
func (s *Store) Collection(id access.RecordID) (Collection, error) {
	c, err := s.collections.get(id)
	if err != nil {
		return Collection{}, err
	}
	return c.tell()
}

func (c *collection) tell() (Collection, error) {
	m, err := c.wait()
	if err != nil {
		return Collection{}, err
	}
	root, kind := c.about()
	out := Collection{ID: c.id, Home: c.row == homeCollection, Root: root, Kind: kind, At: c.at, Ready: m.Ready(), Spoken: m.Spoken()}
	out.State, out.People = m.View()
	return out, nil
}

// about is the document that was shared, and what shows it.
func (c *collection) about() (root doc.ID, kind string) {
	c.s.collections.mu.Lock()
	defer c.s.collections.mu.Unlock()
	return c.root, c.kind
}

// CollectionOf is the collection that a document belongs to. It may ask the disk.
// ErrAbsent if the document is not here.
func (s *Store) CollectionOf(id doc.ID) (access.RecordID, error) {
	d, err := s.hold(id)
	if err != nil {
		return access.RecordID{}, err
	}
	defer d.release()
	if _, err := d.genesis(); err != nil {
		return access.RecordID{}, err
	}
	return d.col.Load().id, nil
}

// KnownCollectionOf is CollectionOf for a document that is open: it returns at once,
// and false if it would have to ask the disk.
func (s *Store) KnownCollectionOf(id doc.ID) (access.RecordID, bool) {
	id = s.Moved(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.docs[id]; d != nil {
		if c := d.col.Load(); c != nil {
			return c.id, true
		}
	}
	return access.RecordID{}, false
}

// HomeCollection is the profile's own.
func (s *Store) HomeCollection() access.RecordID { return s.home().id }

// SubscribeCollections calls wake when there is another collection, or when what
// the records of one say may have changed, on any goroutine; wake must return at
// once.
func (s *Store) SubscribeCollections(wake func()) (cancel func()) {
	return s.collections.subs.Subscribe(wake)
}

// RotationDue says whether a new key should be made in a collection: of several who
// find so one is enough. Now is in ms since 1970 UTC.
func (s *Store) RotationDue(id access.RecordID, now int64) bool {
	c, err := s.collections.get(id)
	if err != nil {
		return false
	}
	m, err := c.wait()
	return err == nil && m.RotationDue(now)
}

// Person is who this profile belongs to.
func (s *Store) Person() identity.PersonID { return s.keys.person }

// Device names this installation.
func (s *Store) Device() identity.DeviceID { return s.keys.device }
