package app

import (
	"cmp"
	"context"
	"maps"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"corkboard/access"
	"corkboard/doc"
	"corkboard/docstore"
)

const (
	unseenName  = "unseen.json"
	maxUnseen   = 20_000 // documents; of more the oldest are taken for seen
	unseenPause = 300 * time.Millisecond
	maxAround   = 64 // boards in boards, as far as marks go
)

// Unseen is what others have changed in a document since this person looked at it.
type Unseen struct {
	Document doc.ID
	By       Person    // who did last
	At       time.Time // when that came to this device
	Count    int       // changes
}

// unseen remembers what others have changed. It is of this device alone: looking at
// something tells nobody.
type unseen struct {
	a     *App
	file  *keptFile[unseenFile]
	subs  doc.Listeners
	news  chan struct{}
	marks atomic.Pointer[map[doc.ID]bool] // documents, and the boards around them
}

// unseenFile is how it is kept. A collection is listened to from the moment it is heard
// of: what was written before is not news.
type unseenFile struct {
	Since     map[string]int64            `json:",omitempty"` // ms since 1970 UTC, by collection
	Documents map[doc.ID]unseenInDocument `json:",omitempty"`
}

type unseenInDocument struct {
	By    string
	At    int64 // ms since 1970 UTC
	Count int
}

// repaired fills in what a file leaves out.
func (f *unseenFile) repaired() {
	if f.Since == nil {
		f.Since = map[string]int64{}
	}
	if f.Documents == nil {
		f.Documents = map[doc.ID]unseenInDocument{}
	}
}

func newUnseen(a *App) *unseen {
	u := &unseen{a: a, news: make(chan struct{}, 1)}
	fresh := func() (f unseenFile) { f.repaired(); return f }
	u.file = openKept(filepath.Join(a.opts.Profile, unseenName), a.ReadOnly() != nil, a.opts.Log, fresh, (*unseenFile).repaired)
	u.marks.Store(&map[doc.ID]bool{})
	return u
}

// start begins to listen. The App's context ends it.
func (u *unseen) start() {
	a := u.a
	changes := a.store.SubscribeChanges(u.heard)
	members := a.company.records.Subscribe(u.members)
	index := a.SubscribeIndex(u.wake) // boards may lie elsewhere
	u.members()
	u.wake()
	a.company.begin(func() {
		defer changes()
		defer members()
		defer index()
		for sleep(a.ctx, unseenPause); a.ctx.Err() == nil; sleep(a.ctx, unseenPause) {
			select {
			case <-u.news:
				u.mark(a.ctx)
			case <-a.ctx.Done():
			}
		}
	})
}

func (u *unseen) close() error { return u.file.close() }

func (u *unseen) wake() {
	select {
	case u.news <- struct{}{}:
	default:
	}
}

// members listens to collections that are heard of for the first time.
func (u *unseen) members() {
	now := u.a.opts.Now().UnixMilli()
	var fresh []access.RecordID
	u.file.look(func(f *unseenFile) {
		for _, c := range u.a.sharedCircles() {
			if f.Since[c.ID.String()] == 0 {
				fresh = append(fresh, c.ID)
			}
		}
	})
	if len(fresh) > 0 {
		u.file.change(func(f *unseenFile) {
			for _, id := range fresh {
				f.Since[id.String()] = now
			}
		})
	}
}

// heard takes note of what others have written. Any goroutine.
func (u *unseen) heard(c docstore.Changes) {
	if len(c.Others) == 0 {
		return
	}
	now := u.a.opts.Now().UnixMilli()
	u.file.change(func(f *unseenFile) {
		for _, w := range c.Others {
			since := f.Since[w.Collection.String()]
			if since == 0 || w.Time < since {
				continue
			}
			f.Documents[w.Document] = unseenInDocument{By: w.Person.String(), At: now, Count: f.Documents[w.Document].Count + 1}
		}
		f.bound()
	})
	u.wake()
}

// bound takes the oldest for seen where there are too many.
func (f *unseenFile) bound() {
	if len(f.Documents) <= maxUnseen {
		return
	}
	ids := slices.SortedFunc(maps.Keys(f.Documents), func(a, b doc.ID) int { return cmp.Compare(f.Documents[a].At, f.Documents[b].At) })
	for _, id := range ids[:len(ids)-maxUnseen*9/10] {
		delete(f.Documents, id)
	}
}

// mark finds what is to be marked: what others have changed, and all boards that one
// goes through to get there.
func (u *unseen) mark(ctx context.Context) {
	marks := map[doc.ID]bool{}
	var next []doc.ID
	u.file.look(func(f *unseenFile) { next = slices.Collect(maps.Keys(f.Documents)) })
	for range maxAround {
		var boards []doc.ID
		for _, id := range next {
			if marks[id] {
				continue
			}
			marks[id] = true
			places, err := u.a.WhereIs(ctx, id)
			if err != nil {
				continue // the index is behind; it wakes this when it is not
			}
			for _, p := range places {
				boards = append(boards, p.Board)
			}
		}
		next = boards
	}
	if !maps.Equal(marks, *u.marks.Load()) {
		u.marks.Store(&marks)
	}
	u.subs.Wake()
}

// Marked is the documents that others have changed since this person looked at them, and
// the boards around those. It answers at once; the map must not be altered.
func (a *App) Marked() map[doc.ID]bool { return *a.unseen.marks.Load() }

// Unseen is what others have changed since this person looked, the newest first. At
// once.
func (a *App) Unseen() (out []Unseen) {
	a.unseen.file.look(func(f *unseenFile) {
		for id, d := range f.Documents {
			out = append(out, Unseen{Document: id, By: Person(d.By), At: time.UnixMilli(d.At), Count: d.Count})
		}
	})
	slices.SortFunc(out, func(x, y Unseen) int { return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.Document, y.Document)) })
	return out
}

// Seen says that this person has looked at documents since a time: what has come later is
// still to be seen. It returns at once.
func (a *App) Seen(ids []doc.ID, since time.Time) {
	u, changed := a.unseen, false
	u.file.change(func(f *unseenFile) {
		for _, id := range ids {
			if d, ok := f.Documents[id]; ok && d.At <= since.UnixMilli() {
				delete(f.Documents, id)
				changed = true
			}
		}
	})
	if changed {
		u.wake()
	}
}

// SubscribeUnseen calls wake when Marked or Unseen may say something else, on any
// goroutine; wake must return at once.
func (a *App) SubscribeUnseen(wake func()) (cancel func()) { return a.unseen.subs.Subscribe(wake) }
