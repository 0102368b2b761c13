package renderers

import (
	"container/list"
	"context"
	"image"
	"sync"
	"time"
)

// Pictures keeps decoded pictures within a budget of bytes and fetches missing
// ones in the background, newest wish first. Safe on any goroutine.
type Pictures struct {
	fetch func(context.Context, Picture) (*image.RGBA, error)

	mu      sync.Mutex
	entries map[Picture]*list.Element
	order   list.List // most recently used first
	bytes   int
	budget  int
	wishes  map[Picture]*wish
	queue   []*wish       // oldest first
	made    int           // wishes so far
	fresh   chan struct{} // holds a token when a wish was made
	running int
	closed  bool
	ctx     context.Context
	cancel  context.CancelFunc
}

type pictureEntry struct {
	key Picture
	img *image.RGBA
	err error
}

// wish is a picture that somebody waits for.
type wish struct {
	key   Picture
	at    int // of Pictures.made
	ready []func()
}

const (
	pictureLoaders = 4
	// freshWishes is how many newer wishes make one stale: who wished for it
	// may have moved on and is asked before anything is fetched.
	freshWishes = 256
	// askedAgain is how long those who are asked have to wish anew before
	// others are.
	askedAgain = 50 * time.Millisecond
)

// NewPictures keeps at most budget bytes of pixels.
func NewPictures(budget int, fetch func(context.Context, Picture) (*image.RGBA, error)) *Pictures {
	p := &Pictures{
		fetch: fetch, entries: map[Picture]*list.Element{}, wishes: map[Picture]*wish{},
		budget: budget, fresh: make(chan struct{}, 1),
	}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

// levelled is the picture whose pixels answer a wish: pictures come in levels
// of their longer side.
func (k Picture) levelled() Picture {
	k.W = max(k.W, k.H)
	k.H = k.W
	return k
}

// Get is the picture, if it is at hand; otherwise it is asked for, and ready
// is called once, on a loader goroutine, when it is worth asking again: the
// picture has come, or so many others were asked for meanwhile that this one
// was dropped.
func (p *Pictures) Get(key Picture, ready func()) (*image.RGBA, error) {
	key = key.levelled()
	p.mu.Lock()
	defer p.mu.Unlock()
	if e, ok := p.entries[key]; ok {
		p.order.MoveToFront(e)
		entry := e.Value.(*pictureEntry)
		return entry.img, entry.err
	}
	if p.closed {
		return nil, nil
	}
	w := p.wishes[key]
	if w == nil {
		p.made++
		w = &wish{key: key, at: p.made}
		p.wishes[key] = w
		p.queue = append(p.queue, w)
		select {
		case p.fresh <- struct{}{}:
		default:
		}
		if p.running < pictureLoaders {
			p.running++
			go p.load()
		}
	}
	w.ready = append(w.ready, ready)
	return nil, nil
}

// Nearest is the same picture in the level next to the one of key that is at
// hand, a sharper one rather than a coarser one; nil if there is none. It asks
// for nothing.
func (p *Pictures) Nearest(key Picture) *image.RGBA {
	key = key.levelled()
	p.mu.Lock()
	defer p.mu.Unlock()
	at := func(side int) *image.RGBA {
		k := key
		k.W, k.H = side, side
		e := p.entries[k]
		if e == nil {
			return nil
		}
		p.order.MoveToFront(e)
		return e.Value.(*pictureEntry).img
	}
	for side := max(minLevel, key.W); side <= maxLevel; side *= 2 {
		if img := at(side); img != nil {
			return img
		}
	}
	for side := key.W / 2; side >= minLevel; side /= 2 {
		if img := at(side); img != nil {
			return img
		}
	}
	return nil
}

// Forget drops a failed or outdated picture, so that the next Get tries again.
func (p *Pictures) Forget(blob string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, e := range p.entries {
		if key.Blob == blob {
			p.drop(e)
		}
	}
}

// Close ends the loaders; what is being fetched is cancelled.
func (p *Pictures) Close() {
	p.mu.Lock()
	p.closed, p.queue = true, nil
	p.mu.Unlock()
	p.cancel()
}

// load fetches, newest wish first, until nobody waits.
func (p *Pictures) load() {
	for {
		p.mu.Lock()
		n := len(p.queue)
		if n == 0 {
			p.running--
			p.mu.Unlock()
			return
		}
		w := p.queue[n-1]
		if p.made-w.at >= freshWishes {
			p.ask()
			continue
		}
		p.queue[n-1] = nil
		p.queue = p.queue[:n-1]
		p.mu.Unlock()
		img, err := p.fetch(p.ctx, w.key)
		p.keep(w, img, err)
	}
}

// ask drops the newest wishes, all of them stale, and tells who made them; who
// still cares wishes again. It unlocks.
func (p *Pictures) ask() {
	from := max(0, len(p.queue)-freshWishes)
	dropped := append([]*wish(nil), p.queue[from:]...)
	clear(p.queue[from:])
	p.queue = p.queue[:from]
	for _, w := range dropped {
		delete(p.wishes, w.key)
	}
	select { // only what is wished from now on counts
	case <-p.fresh:
	default:
	}
	p.mu.Unlock()
	for _, w := range dropped {
		w.tell()
	}
	patience := time.NewTimer(askedAgain)
	defer patience.Stop()
	select {
	case <-p.fresh:
	case <-patience.C:
	case <-p.ctx.Done():
	}
}

// keep takes what was fetched and tells who waits for it.
func (p *Pictures) keep(w *wish, img *image.RGBA, err error) {
	p.mu.Lock()
	delete(p.wishes, w.key)
	if p.ctx.Err() == nil {
		p.entries[w.key] = p.order.PushFront(&pictureEntry{w.key, img, err})
		p.bytes += cost(img)
		for p.bytes > p.budget && p.order.Len() > 1 {
			p.drop(p.order.Back())
		}
	}
	p.mu.Unlock()
	w.tell()
}

func (w *wish) tell() {
	for _, ready := range w.ready {
		ready()
	}
}

func (p *Pictures) drop(e *list.Element) {
	entry := e.Value.(*pictureEntry)
	p.bytes -= cost(entry.img)
	p.order.Remove(e)
	delete(p.entries, entry.key)
}

func cost(img *image.RGBA) int {
	if img == nil {
		return 64
	}
	return len(img.Pix)
}

// The levels of pictures: their longer side in pixels.
const (
	minLevel = 64
	maxLevel = 4096
)

// Level rounds a wanted number of pixels up to a power of two between 64 and
// 4096, so that a zoom reuses pictures.
func Level(pixels float32) int {
	n := minLevel
	for float32(n) < pixels && n < maxLevel {
		n *= 2
	}
	return n
}
