package docstore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"

	"corkboard/chunk"
	"corkboard/doc"
	"corkboard/docstore/engine"
	"corkboard/docstore/verify/poison"
	"corkboard/sqlite"
)

// Store is a profile's documents. All methods are safe on any goroutine; Open,
// Create and Status never block on the disk.
type Store struct {
	opt      Options
	profile  *profile
	board    *statusBoard
	writer   *writer
	loader   *loader
	cache    *cache
	engines  *engines
	sweeper  *sweeper
	keys     *keys
	turn     atomic.Int64
	lastRow  int64 // newest place; the writer's
	logMu    sync.RWMutex
	log      *sqlite.DB // nil while it cannot be opened
	readOnly error
	tempLog  string // copy that a read-only store reads from
	torn     atomic.Pointer[error]
	rebuilt  error // if it was
	lacks    bool  // it was, lately

	boxOnce sync.Once
	box     atomic.Pointer[engine.Sandbox] // nil until sandbox was called
	wake    sync.Mutex                     // one wakes a member,
	backing sync.Mutex                     // one makes a backup
	poison  *poison.Journal                // nil until a member is awake

	collections collections
	moves       moves
	names       names

	tending sync.Mutex
	tended  tended // under tending

	naming sync.Mutex
	named  bool
	base   [16]byte // of the names of replicas

	poisoned poisoned
	hopeless hopeless
	feed     feed

	mu     sync.Mutex
	docs   map[doc.ID]*document
	minted map[doc.ID]mint // ids whose documents are not there yet
	closed atomic.Bool     // refuses new work
	over   atomic.Bool     // nothing is carried out any more
	quit   chan struct{}   // closed when over
	works  sync.WaitGroup
}

var _ doc.Store = (*Store)(nil)

// Open opens the profile in dir, or makes one if dir is empty or absent.
//
// It fails with *LockedError, ErrNotAProfile, ErrDamagedHeader or ErrNoLog. A
// newer profile, and one on a disk that cannot be written, opens for reading:
// see ReadOnly.
func Open(dir string, o Options) (*Store, error) {
	o = o.filled()
	s, torn, err := open(dir, o)
	if torn { // noted, and so it is written anew now
		s, _, err = open(dir, o)
	}
	if err != nil {
		return nil, fmt.Errorf("opening profile %s: %w", dir, err)
	}
	return s, nil
}

// open is torn if it was the log that it failed on, which the next time may mend.
func open(dir string, o Options) (_ *Store, torn bool, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, false, err
	}
	p, err := openProfile(dir, o.App)
	if err != nil {
		return nil, false, err
	}
	s := &Store{opt: o, profile: p, board: newStatusBoard(), docs: map[doc.ID]*document{}, minted: map[doc.ID]mint{}, quit: make(chan struct{}), readOnly: p.readOnly}
	if err := s.openFiles(); err != nil {
		torn = s.tear(err)
		s.works.Wait()
		s.closeFiles()
		return nil, torn, err
	}
	s.chooseEngine()
	s.writer, s.loader, s.sweeper = newWriter(s, o.Retry), newLoader(s), newSweeper(s)
	s.engines = newEngines(s, o.Engines)
	if s.readOnly == nil {
		go s.writer.run()
		s.works.Add(1)
		go s.keepBackups()
	} else {
		close(s.writer.done)
		o.Log.Warn("profile opened for reading only", "err", s.readOnly)
	}
	go s.cache.run()
	go s.sweeper.run()
	return s, false, nil
}

func (s *Store) openFiles() (err error) {
	if s.profile.header.Format == 1 {
		if s.readOnly != nil {
			return fmt.Errorf("%w, and it cannot be written: %w", ErrOlder, s.readOnly)
		}
		if err := s.upgrade(); err != nil {
			return fmt.Errorf("bringing the profile up to date: %w", err)
		}
	}
	if s.readOnly == nil {
		if err := s.mendLog(context.Background()); err != nil {
			return err
		}
		s.log, err = openLog(s.profile, s.opt)
		if errors.Is(err, sqlite.ErrNewer) {
			s.readOnly = fmt.Errorf("%w: %w", ErrNewer, err)
		} else if errors.Is(err, sqlite.ErrReadOnly) && !s.profile.fresh {
			s.readOnly = fmt.Errorf("%w: %w", ErrReadOnly, err)
		} else if err != nil {
			return err
		}
	}
	if s.readOnly != nil {
		if s.log, s.tempLog, err = openLogToRead(s.profile); err != nil {
			return err
		}
	} else if err := s.finishProfile(); err != nil {
		return err
	}
	if err := s.readRebuilt(); err != nil {
		return err
	}
	if err := s.openKeys(); err != nil {
		return err
	}
	if err := s.readMoves(); err != nil {
		return err
	}
	if err := s.readNames(); err != nil {
		return err
	}
	s.cache = newCache(s)
	return s.read(context.Background(), func(tx *sqlite.Tx) error {
		var turn int64
		err := readLastRow(tx, &s.lastRow)
		if err == nil {
			err = tx.Row([]any{&turn}, "SELECT max(coalesce(max(id), 0), coalesce(max(turn), 0)) FROM steps")
		}
		s.turn.Store(turn)
		return err
	})
}

// finishProfile gives a fresh profile its header. Documents without a header
// are a damaged profile, not a fresh one.
func (s *Store) finishProfile() error {
	if !s.profile.fresh {
		return nil
	}
	list, err := s.Documents(context.Background())
	if err != nil {
		return err
	}
	if len(list) > 0 {
		return fmt.Errorf("%w: it is missing", ErrDamagedHeader)
	}
	if err := s.foundOnce(); err != nil {
		return fmt.Errorf("making the profile: %w", err)
	}
	if err := writeHeader(s.profile.dir, s.profile.header); err != nil {
		return err
	}
	return s.backupVault()
}

// foundOnce finishes what a crash may have left of a founding, or begins anew.
func (s *Store) foundOnce() error {
	err := s.read(context.Background(), func(tx *sqlite.Tx) error {
		_, err := readHome(tx)
		return err
	})
	switch {
	case err == nil && hasVault(s.profile):
		return nil
	case errors.Is(err, sqlite.ErrNoRows) && hasVault(s.profile):
		return ErrNoLog // somebody's keys, without what they were for
	case err == nil: // keys that never came to be
		err = s.write(func(tx *sqlite.Tx) error {
			return errors.Join(tx.Exec("DELETE FROM records"), tx.Exec("DELETE FROM collections"))
		})
	case errors.Is(err, sqlite.ErrNoRows):
		err = nil
	}
	if err != nil {
		return err
	}
	return s.found()
}

// ReadOnly tells why nothing can be changed (ErrNewer, ErrReadOnly), or nil.
func (s *Store) ReadOnly() error { return s.readOnly }

// Profile says which profile this is.
func (s *Store) Profile() Profile {
	return Profile{Dir: s.profile.dir, ID: s.profile.header.Profile, Format: s.profile.header.Format}
}

func (s *Store) now() int64 { return s.opt.Now().UnixMilli() }

// Create implements doc.Store.
func (s *Store) Create(id doc.ID, edits []doc.Edit) doc.Receipt {
	if s.readOnly != nil {
		return failed(fmt.Errorf("creating document: %w", ErrReadOnly))
	}
	d, err := s.hold(id)
	if err != nil {
		return failed(err)
	}
	r := newReceipt(&s.board.pending)
	d.post(func() {
		d.create(edits, r)
		d.release()
	})
	return r
}

// Open implements doc.Store.
func (s *Store) Open(id doc.ID, view doc.View) doc.Handle {
	d, err := s.hold(id)
	if err != nil {
		return closedHandle(s, id, view, err)
	}
	return &handle{d: d, v: d.viewOf(view)}
}

// hold finds or begins to load a document, or what has taken its place, and counts
// one more user of it, who finds in it what has come.
func (s *Store) hold(id doc.ID) (*document, error) {
	d, err := s.holdAs(s.Moved(id))
	if err == nil {
		d.hurry()
	}
	return d, err
}

func (s *Store) holdAs(id doc.ID) (*document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed.Load() {
		return nil, doc.ErrClosed
	}
	d := s.docs[id]
	if d == nil {
		d = newDocument(s, id)
		s.docs[id] = d
		s.loader.put(d)
	}
	d.refs++
	return d, nil
}

// holds reports whether a document is in memory that is called here what it is called
// outside.
func (s *Store) holds(genesis chunk.DocumentID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.docs[genesis.Doc()]
	if d == nil {
		return false
	}
	known := d.known.Load()
	return known != nil && *known == genesis
}

func (s *Store) present() []*document {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*document, 0, len(s.docs))
	for _, d := range s.docs {
		out = append(out, d)
	}
	return out
}

// NewestStep tells which of the open documents ids has the gesture that was
// done last (or, for redo, undone last); ok is false if none has any.
func (s *Store) NewestStep(ids []doc.ID, redo bool) (id doc.ID, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	newest := int64(-1)
	for _, i := range ids {
		d := s.docs[i]
		if d == nil {
			continue
		}
		top := d.tops.Load()
		step, has := top.undo, top.canUndo
		if redo {
			step, has = top.redo, top.canRedo
		}
		if has && step.Turn > newest {
			newest, id, ok = step.Turn, i, true
		}
	}
	return id, ok
}

// Flush waits until everything that was asked for is on disk. If that fails
// it tries once more at once and then says why: ErrNotSaved.
func (s *Store) Flush(ctx context.Context) error {
	if s.readOnly == nil {
		s.writer.hurry()
	}
	changed := make(chan struct{}, 1)
	defer s.board.subscribe(func() { signal(changed) })()
	begun, retried := uint64(0), false
	for {
		st := s.Status()
		switch {
		case st.Pending == 0 && st.State == NotSaved:
			return fmt.Errorf("%w: %w", ErrNotSaved, st.Err)
		case st.Pending == 0:
			return nil
		case st.State == NotSaved && !retried:
			retried = true
			begun, _ = s.board.attempts()
			s.writer.retry()
		case st.State == NotSaved:
			if _, ended := s.board.attempts(); ended > begun {
				return fmt.Errorf("%w: %w", ErrNotSaved, st.Err)
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("flushing: %w", ctx.Err())
		}
	}
}
