package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/search"
)

const (
	searchName  = "search.db"           // a cache: it can be deleted at any time
	searchAfter = time.Second           // the program shows itself first
	searchRetry = 5 * time.Second       // after an error of the disk
	searchPause = 50 * time.Millisecond // at most, between batches: others come first
	searchBatch = 64                    // documents that are read together
)

// finder keeps the index of words up to date. One goroutine reads and writes; what is
// to be done is noted under mu by whoever hears of it.
type finder struct {
	a     *App
	index *search.Index // nil if there can be none
	temp  string        // folder that is removed in the end, or ""
	subs  doc.Listeners
	poked chan struct{}
	works sync.WaitGroup
	once  sync.Once

	mu      sync.Mutex
	busy    bool            // the goroutine is at something
	ready   bool            // all documents were compared since the start
	compare bool            // all documents are to be compared,
	members bool            // who is in which collection is to be looked at,
	files   bool            // files are to be listed,
	reach   bool            // ways from Home are to be found,
	aside   bool            // and what is archived is to be told
	due     map[doc.ID]bool // documents to be read now,
	soon    map[doc.ID]bool // and once they rest
	failed  map[doc.ID]bool // documents that could not be read
	locked  bool            // some of them for want of the keys
	unread  []search.File   // files to be read
	err     error
}

// newFinder opens the index. A profile that cannot be written gets one for this run.
func newFinder(a *App) *finder {
	f := &finder{
		a: a, poked: make(chan struct{}, 1), compare: true, files: true, reach: true, aside: true,
		due: map[doc.ID]bool{}, soon: map[doc.ID]bool{}, failed: map[doc.ID]bool{},
	}
	err := a.ReadOnly()
	if err == nil {
		err = f.open(a.opts.Profile)
	}
	if err != nil {
		if f.temp, err = os.MkdirTemp("", "corkboard-search-"); err == nil {
			err = f.open(f.temp)
		}
	}
	if err != nil {
		a.opts.Log.Error("nothing can be found", "err", err)
		f.err = err
	}
	return f
}

func (f *finder) open(dir string) (err error) {
	f.index, err = search.Open(filepath.Join(dir, searchName), search.Options{Home: f.a.home, Log: f.a.opts.Log, Lost: f.lost})
	return err
}

// start begins to follow the documents.
func (f *finder) start() {
	if f.index == nil {
		return
	}
	changes := f.a.store.SubscribeChanges(f.hear)
	members := f.a.company.records.Subscribe(f.heardOfMembers)
	keys := f.a.store.SubscribeStatus(f.heardOfKeys)
	archive := f.a.workspace.Subscribe(func() { f.note(func() { f.aside = true }) })
	f.works.Go(func() {
		defer changes()
		defer members()
		defer keys()
		defer archive()
		f.run(f.a.ctx)
	})
}

// close waits until the goroutine has ended, which the App's context tells it to.
func (f *finder) close() (err error) {
	f.works.Wait()
	f.once.Do(func() {
		if f.index != nil {
			err = f.index.Close()
		}
		if f.temp != "" {
			err = errors.Join(err, os.RemoveAll(f.temp))
		}
	})
	return err
}

func (f *finder) poke() {
	select {
	case f.poked <- struct{}{}:
	default:
	}
}

// note notes what is to be done.
func (f *finder) note(what func()) {
	f.mu.Lock()
	what()
	f.mu.Unlock()
	f.poke()
}

// hear notes which documents have changed. Any goroutine.
func (f *finder) hear(c docstore.Changes) {
	f.mu.Lock()
	for _, id := range c.Documents {
		if c.Rested {
			delete(f.soon, id)
			f.due[id] = true
		} else if !f.due[id] {
			f.soon[id] = true
		}
	}
	f.mu.Unlock()
	if c.Rested {
		f.poke()
	}
}

// lost notes that the index is empty.
func (f *finder) lost() {
	f.note(func() { f.compare, f.members, f.files, f.reach, f.aside, f.ready = true, true, true, true, true, false })
}

// heardOfKeys notes that what was locked can be read.
func (f *finder) heardOfKeys() {
	f.mu.Lock()
	open := f.locked && f.a.store.KeyState().Err == nil
	if open {
		f.locked, f.members = false, true
	}
	f.mu.Unlock()
	if open {
		f.poke()
	}
}

// heardOfMembers notes that what collections say may have changed.
func (f *finder) heardOfMembers() { f.note(func() { f.members = true }) }

// fileCame notes that there is one more file.
func (f *finder) fileCame() { f.note(func() { f.files = true }) }

func (f *finder) state() IndexState {
	f.mu.Lock()
	defer f.mu.Unlock()
	return IndexState{
		Working: f.busy || !f.ready || f.compare || f.members || f.files || f.reach || f.aside, Behind: len(f.due) + len(f.soon),
		Files: len(f.unread), Unread: len(f.failed), Err: f.err,
	}
}

// run does what is due until the context ends.
func (f *finder) run(ctx context.Context) {
	sleep(ctx, searchAfter)
	if err := f.index.Check(ctx); err != nil && ctx.Err() == nil {
		f.a.opts.Log.Warn("the index of words was not sound", "err", err)
	}
	for ctx.Err() == nil {
		began := time.Now()
		worked, err := f.step(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil && !errors.Is(err, search.ErrLost) {
			f.a.opts.Log.Warn("the index of words does not follow", "err", err)
		}
		f.mu.Lock()
		news := worked || err != f.err
		f.busy, f.err = false, err
		f.mu.Unlock()
		if news {
			f.subs.Wake()
		}
		switch {
		case err != nil && !errors.Is(err, search.ErrLost):
			sleep(ctx, searchRetry)
		case worked:
			sleep(ctx, min(searchPause, time.Since(began)/2))
		default:
			select {
			case <-f.poked:
			case <-ctx.Done():
			}
		}
	}
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// step does the first of what is due; worked is false if nothing was.
func (f *finder) step(ctx context.Context) (worked bool, err error) {
	f.mu.Lock()
	compare, members, files, reach, aside := f.compare, f.members, f.files, f.reach, f.aside
	due, unread := len(f.due) > 0, len(f.unread) > 0
	f.busy = members || aside || compare || due || reach || files || unread
	f.mu.Unlock()
	switch {
	case members:
		return true, f.carryOut(ctx, &f.members, f.lookAtMembers)
	case aside:
		return true, f.carryOut(ctx, &f.aside, f.putAside)
	case compare:
		return true, f.carryOut(ctx, &f.compare, f.compareAll)
	case due:
		return true, f.readDue(ctx)
	case reach:
		return true, f.carryOut(ctx, &f.reach, f.index.Reach)
	case files:
		return true, f.carryOut(ctx, &f.files, f.listFiles)
	case unread:
		return true, f.readFile(ctx)
	}
	return false, nil
}

// carryOut takes a note away and does what it says; after an error the note is back.
func (f *finder) carryOut(ctx context.Context, noted *bool, do func(context.Context) error) error {
	f.mu.Lock()
	*noted = false
	f.mu.Unlock()
	err := do(ctx)
	if err != nil {
		f.mu.Lock()
		*noted = true
		f.mu.Unlock()
	}
	return err
}
