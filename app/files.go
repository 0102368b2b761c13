package app

import (
	"context"
	"encoding/hex"
	"slices"
	"sync"
	"time"

	"corkboard/access"
	"corkboard/blobs"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/docstore"
	"corkboard/net/blobsync"
)

const (
	fetchers   = 2                // files that are fetched at a time
	fetchSoon  = time.Second      // after which others are asked again, then twice as long,
	fetchAgain = 30 * time.Second // and so much at most, if nobody has come
	filesPause = 200 * time.Millisecond
)

// files is the files of shared boards: what they are called outside, and which are
// still to come.
type files struct {
	a      *App
	member *blobsync.Member
	poked  chan struct{}

	mu      sync.Mutex
	known   map[blobsync.Handle]known
	wants   map[blobs.ID]*wanted
	blobs   map[doc.ID][]blobs.ID // of documents that name some
	others  map[doc.ID]bool       // documents that do not: which they are is said when they begin
	stored  map[storedAt]bool
	storing bool
	scanned map[access.RecordID]int64  // time up to which documents were looked at
	looked  map[access.RecordID]uint64 // place up to which they were
}

// known is a file that a document of a collection names.
type known struct {
	file blobsync.File
	blob blobs.ID
	in   access.RecordID
}

// wanted is a file that is not here yet.
type wanted struct {
	known
	done     int64
	from     string // of those who are asked
	since    time.Time
	fetching bool
	tries    int
	after    time.Time // not before
}

// storedAt is a file at a storage peer.
type storedAt struct {
	handle blobsync.Handle
	peer   string
}

func newFiles(a *App) *files {
	f := &files{
		a: a, poked: make(chan struct{}, 1), known: map[blobsync.Handle]known{}, wants: map[blobs.ID]*wanted{},
		blobs: map[doc.ID][]blobs.ID{}, others: map[doc.ID]bool{}, stored: map[storedAt]bool{}, scanned: map[access.RecordID]int64{},
		looked: map[access.RecordID]uint64{},
	}
	f.member = blobsync.NewMember(f.lookup)
	return f
}

// poke lets the files be looked at soon. Any goroutine; it returns at once.
func (f *files) poke() {
	select {
	case f.poked <- struct{}{}:
	default:
	}
}

// lookup implements blobsync.Lookup.
func (f *files) lookup(h blobsync.Handle) (blobsync.File, func() (blobsync.Plain, error), bool) {
	f.mu.Lock()
	k, ok := f.known[h]
	f.mu.Unlock()
	if !ok || !f.a.blobs.Has(k.blob) {
		return blobsync.File{}, nil, false
	}
	return k.file, func() (blobsync.Plain, error) { return f.a.blobs.Open(k.blob) }, true
}

// run looks after the files until the context ends.
func (f *files) run(ctx context.Context) {
	var work sync.WaitGroup
	defer work.Wait()
	for {
		f.scan(ctx)
		if n := f.a.company.present(); n != nil {
			f.fetch(ctx, n, &work)
			f.mu.Lock()
			idle := !f.storing
			f.storing = true
			f.mu.Unlock()
			if idle {
				work.Go(func() { f.store(ctx, n) })
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(f.next()):
		case <-f.poked:
			select { // what comes together is looked at together
			case <-ctx.Done():
				return
			case <-time.After(filesPause):
			}
		}
	}
}

// next is how long it is until somebody should be asked again.
func (f *files) next() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	wait, now := time.Hour, f.a.opts.Now()
	for _, w := range f.wants {
		if !w.fetching && w.tries > 0 {
			wait = min(wait, max(w.after.Sub(now), filesPause))
		}
	}
	return wait
}

// scan looks at the documents that have changed since it was called last.
func (f *files) scan(ctx context.Context) {
	for _, c := range f.a.syncedCircles() {
		f.mu.Lock()
		since := f.scanned[c.ID]
		f.mu.Unlock()
		now, last := f.a.opts.Now().UnixMilli(), uint64(0)
		if sh, err := f.a.store.Shelf(c.ID); err == nil {
			last = sh.Last()
		}
		if err := f.look(ctx, c, since); err != nil {
			if ctx.Err() == nil {
				f.a.opts.Log.Error("the files of a shared board cannot be listed", "err", err)
			}
			return
		}
		f.mu.Lock()
		f.scanned[c.ID] = now - 1000 // a change may be on its way to the disk
		news := f.looked[c.ID] != last
		f.looked[c.ID] = last
		f.mu.Unlock()
		if news {
			f.a.company.Wake()
		}
	}
}

// look looks at the documents of a collection that have changed since a time, in ms since
// 1970 UTC.
func (f *files) look(ctx context.Context, c docstore.Collection, since int64) error {
	ids, err := f.a.store.DocumentsIn(ctx, c.ID, since)
	if err != nil {
		return err
	}
	for _, id := range f.unknown(ids) {
		named, err := f.a.readStored(ctx, id)
		if err == nil && c.Home && slices.ContainsFunc(named.list, unpacked) && !f.a.DeviceRemoved() {
			if named, err = f.a.packOne(ctx, id); err != nil && ctx.Err() == nil {
				f.a.opts.Log.Warn("a file cannot go to another device", "err", err)
			}
		}
		if err == nil {
			f.note(c.ID, id, named)
		}
	}
	return ctx.Err()
}

// unknown leaves those of which it is not known that they are no files.
func (f *files) unknown(ids []doc.ID) []doc.ID {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(ids, func(id doc.ID) bool { return f.others[id] })
}

// note keeps what a document says of its files, and wants those that are not here.
func (f *files) note(in access.RecordID, id doc.ID, n named) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(n.list) == 0 && !n.may {
		f.others[id] = true
	}
	f.blobs[id] = nil
	for _, file := range n.list {
		if k, ok := fileOf(file); ok {
			k.in = in
			f.blobs[id] = append(f.blobs[id], k.blob)
			f.noteOne(k)
		}
	}
}

// noteOne keeps that there is a file, under mu.
func (f *files) noteOne(k known) {
	h := k.file.Handle()
	if _, before := f.known[h]; before {
		return
	}
	f.known[h] = k
	if !f.a.blobs.Has(k.blob) && f.wants[k.blob] == nil {
		f.wants[k.blob] = &wanted{known: k, since: f.a.opts.Now()}
	}
}

// fileOf is how a file travels; false if its document does not say.
func fileOf(file cards.Stored) (k known, ok bool) {
	key, err := hex.DecodeString(string(file.Key))
	root, again := hex.DecodeString(file.Pieces)
	blob, third := blobs.ParseID(file.Blob)
	if err != nil || again != nil || third != nil || len(key) != len(k.file.Key) || len(root) != len(k.file.Root) || file.Size < 0 {
		return k, false
	}
	copy(k.file.Key[:], key)
	copy(k.file.Root[:], root)
	k.file.Size, k.blob = file.Size, blob
	return k, true
}

// Arriving says how far the files of a document have come that are not here; false if
// they are, or if the document does not tell how to fetch them. At once.
func (a *App) Arriving(file doc.ID) (Arriving, bool) {
	f := a.files
	f.mu.Lock()
	defer f.mu.Unlock()
	var s Arriving
	coming := false
	for _, b := range f.blobs[file] {
		w := f.wants[b]
		if w == nil {
			continue
		}
		s.Done, s.Total, coming = s.Done+w.done, s.Total+w.file.Size, true
		if s.Since.IsZero() || w.since.Before(s.Since) {
			s.Since = w.since
		}
		if w.fetching {
			s.From = w.from
		}
	}
	return s, coming
}
