package renderers

import (
	"sync"
	"time"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// maxReadings bounds the documents that are held open for tiles.
const maxReadings = 20000

// readings hold the documents of cards that are too small on the screen for a
// picture of their own. Safe on any goroutine.
type readings struct {
	docs  doc.Store
	faces *Registry
	wake  func() // a document has changed; called at most once until changed is taken

	mu     sync.Mutex
	open   map[board.CardID]*openReading
	closed bool

	changeMu sync.Mutex // stores call changed: it must not wait for mu
	changes  map[board.CardID]struct{}
}

// reading is what a card shows now.
type reading struct {
	face    *Face
	value   any
	state   doc.Availability
	err     error
	version version
}

// version tells what a card showed apart from what it shows now.
type version struct {
	revision uint64 // of its document
	comings  int    // pictures and documents inside that have come since
}

type openReading struct {
	link    doc.ID
	kind    string
	face    *Face
	handle  doc.Handle
	cancel  func()
	comings int
	width   float32 // what natural was measured for,
	rev     uint64
	natural Point // zero: not measured
}

func (o *openReading) now() reading {
	s := o.handle.Snapshot()
	return reading{o.face, s.Value, s.State, s.Err, version{s.Revision, o.comings}}
}

func newReadings(docs doc.Store, faces *Registry, wake func()) *readings {
	return &readings{docs: docs, faces: faces, wake: wake, open: map[board.CardID]*openReading{}, changes: map[board.CardID]struct{}{}}
}

// of is what a card shows; ok is false when its document is not open. With
// open it is opened then, and is Loading at first.
func (r *readings) of(c *board.Card, open bool) (reading, bool) {
	if c.LinkErr != nil {
		return reading{face: r.faces.Face(c.Link.Kind), state: doc.Unavailable, err: c.LinkErr}, true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	o := r.find(c, open)
	if o == nil {
		return reading{}, false
	}
	return o.now(), true
}

// version of what a card shows now; zero when its document is not open.
func (r *readings) version(id board.CardID) version {
	r.mu.Lock()
	defer r.mu.Unlock()
	if o := r.open[id]; o != nil {
		return o.now().version
	}
	return version{}
}

// find needs mu.
func (r *readings) find(c *board.Card, open bool) *openReading {
	o := r.open[c.ID]
	if o != nil && o.link == c.Link.Document && o.kind == c.Link.Kind {
		return o
	}
	if o != nil {
		r.drop(c.ID)
	}
	if !open || r.closed {
		return nil
	}
	if len(r.open) >= maxReadings {
		for id := range r.open {
			r.drop(id) // any: it comes back when it is seen again
			break
		}
	}
	id := c.ID
	o = &openReading{link: c.Link.Document, kind: c.Link.Kind, face: r.faces.Face(c.Link.Kind)}
	o.handle = r.docs.Open(o.link, o.face.View)
	o.cancel = o.handle.Subscribe(func() { r.changed(id) })
	r.open[id] = o
	return o
}

// versions calls each with every spot and the version of what it shows, until
// one says true, and reports that.
func (r *readings) versions(spots []board.Spot, each func(board.Spot, version) bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range spots {
		var now version
		if o := r.open[c.Card.ID]; o != nil {
			now = o.now().version
		}
		if each(c, now) {
			return true
		}
	}
	return false
}

// drop needs mu.
func (r *readings) drop(id board.CardID) {
	if o := r.open[id]; o != nil {
		o.cancel()
		o.handle.Close()
		delete(r.open, id)
	}
}

// await opens the documents of cards and gives them a moment to arrive.
func (r *readings) await(list []board.Spot, patience time.Duration) {
	const step = 5 * time.Millisecond
	for waited := time.Duration(0); ; waited += step {
		loading := false
		for _, c := range list {
			v, ok := r.of(c.Card, true)
			loading = loading || ok && v.state == doc.Loading
		}
		if !loading || waited >= patience {
			return
		}
		time.Sleep(step)
	}
}

// natural is a card's size with what its content wants; measured once per
// version of the content.
func (r *readings) natural(sh *paint.Shaper, c *board.Card, v reading) Point {
	size := Point{float32(c.Size.W), float32(c.Size.H)}
	rev := v.version.revision
	r.mu.Lock()
	o := r.find(c, false)
	if o != nil && o.natural != (Point{}) && o.width == size.X && o.rev == rev {
		defer r.mu.Unlock()
		return o.natural
	}
	r.mu.Unlock()
	shown := cardShown{face: v.face, value: v.value, state: v.state}
	found := shown.measure(sh, size)
	if o != nil {
		r.mu.Lock()
		o.natural, o.width, o.rev = found, size.X, rev
		r.mu.Unlock()
	}
	return found
}

// came notes that something that the card lacked is there now.
func (r *readings) came(id board.CardID) {
	r.mu.Lock()
	o := r.open[id]
	if o != nil {
		o.comings++
	}
	r.mu.Unlock()
	if o != nil {
		r.changed(id)
	}
}

func (r *readings) changed(id board.CardID) {
	r.changeMu.Lock()
	first := len(r.changes) == 0
	r.changes[id] = struct{}{}
	r.changeMu.Unlock()
	if first {
		r.wake()
	}
}

// take is the cards whose documents have changed since it was called last.
func (r *readings) take() map[board.CardID]struct{} {
	r.changeMu.Lock()
	defer r.changeMu.Unlock()
	out := r.changes
	r.changes = map[board.CardID]struct{}{}
	return out
}

// forget gives the documents of removed cards back.
func (r *readings) forget(list []*board.Card) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range list {
		r.drop(c.ID)
	}
}

func (r *readings) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	for id := range r.open {
		r.drop(id)
	}
}
