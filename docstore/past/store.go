package past

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"corkboard/doc"
	"corkboard/docstore"
)

var (
	// ErrPast says that the past cannot be changed.
	ErrPast = errors.New("the past cannot be changed")
	// ErrNotYet says that a document was made later.
	ErrNotYet = errors.New("the document was made later")
)

// readers is how many goroutines read.
const readers = 2

// Store is all documents at one moment. All methods are safe on any goroutine.
type Store struct {
	docs   *docstore.Store
	reader *docstore.Reader
	ctx    context.Context
	stop   context.CancelFunc
	works  sync.WaitGroup

	mu     sync.Mutex
	more   sync.Cond
	at     time.Time
	open   map[doc.ID]*document
	wishes []*document // to be looked at, the newest wish last
	trees  trees
	closed bool
}

var _ doc.Store = (*Store)(nil)

// New shows documents as they were at a time. known are versions that have been
// listed already; it may be nil. Close it before docs.
func New(docs *docstore.Store, at time.Time, known map[doc.ID][]docstore.Version) *Store {
	s := &Store{docs: docs, reader: docs.Reader(), at: at, open: map[doc.ID]*document{}}
	s.more.L = &s.mu
	s.ctx, s.stop = context.WithCancel(context.Background())
	for id, list := range known {
		d := s.document(id)
		d.list, d.listed = list, true
	}
	for range readers {
		s.works.Add(1)
		go s.work()
	}
	return s
}

// Create implements doc.Store: the error is ErrPast.
func (s *Store) Create(doc.ID, []doc.Edit) doc.Receipt { return refused{ErrPast} }

// Open implements doc.Store.
func (s *Store) Open(id doc.ID, v doc.View) doc.Handle {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.document(id)
	w := d.views[v.Name]
	if w == nil {
		w = &view{view: v}
		w.snap.Store(&doc.Snapshot[any]{ID: id, State: doc.Loading})
		d.views[v.Name] = w
	}
	if s.closed {
		w.snap.Store(&doc.Snapshot[any]{ID: id, State: doc.Unavailable, Err: doc.ErrClosed, Value: v.Decode(doc.NewTree(nil))})
		return &handle{d: d, v: w}
	}
	d.users++
	s.wish(d)
	return &handle{d: d, v: w}
}

// At is the moment that is shown.
func (s *Store) At() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// Go moves all documents to another moment and returns at once. Those that were opened
// first change first.
func (s *Store) Go(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = at
	var list []*document
	for _, d := range s.open {
		if d.users > 0 && !d.current(at) {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b *document) int { return b.number - a.number })
	for _, d := range list {
		s.wish(d)
	}
}

// Close ends all work. Handles keep what they show.
func (s *Store) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed, s.wishes = true, nil
	s.mu.Unlock()
	s.stop()
	s.more.Broadcast()
	s.works.Wait()
	s.reader.Close()
}

// document finds or makes a document. The lock is held, or nobody else is there.
func (s *Store) document(id doc.ID) *document {
	d := s.open[id]
	if d == nil {
		d = &document{s: s, id: id, number: len(s.open), views: map[string]*view{}, shown: unread}
		s.open[id] = d
	}
	return d
}

// wish has a document looked at before all others. The lock is held.
func (s *Store) wish(d *document) {
	if d.busy {
		d.again = true
		return
	}
	if i := slices.Index(s.wishes, d); i >= 0 {
		s.wishes = slices.Delete(s.wishes, i, i+1)
	}
	s.wishes = append(s.wishes, d)
	s.more.Signal()
}

func (s *Store) work() {
	defer s.works.Done()
	for {
		d, at, ok := s.next()
		if !ok {
			return
		}
		wake := d.look(at)
		s.done(d)
		for _, f := range wake {
			f()
		}
	}
}

// next waits for a document to look at; ok is false once the Store is closed.
func (s *Store) next() (d *document, at time.Time, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.wishes) == 0 && !s.closed {
		s.more.Wait()
	}
	if s.closed {
		return nil, at, false
	}
	last := len(s.wishes) - 1
	d = s.wishes[last]
	s.wishes = s.wishes[:last]
	d.busy, d.again = true, false
	return d, s.at, true
}

func (s *Store) done(d *document) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.busy = false
	if d.again && !s.closed {
		s.wish(d)
	}
}
