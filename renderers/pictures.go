package renderers

import (
	"container/list"
	"context"
	"image"
	"sync"
)

// Pictures keeps decoded pictures within a budget of bytes and decodes missing
// ones in the background, newest wish first. Safe on any goroutine.
type Pictures struct {
	fetch func(context.Context, Picture) (*image.RGBA, error)

	mu      sync.Mutex
	entries map[Picture]*list.Element
	order   list.List // most recently used first
	bytes   int
	budget  int
	waiting map[Picture][]func()
	queue   []Picture
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

const pictureLoaders = 2

// NewPictures keeps at most budget bytes of pixels.
func NewPictures(budget int, fetch func(context.Context, Picture) (*image.RGBA, error)) *Pictures {
	p := &Pictures{fetch: fetch, entries: map[Picture]*list.Element{}, waiting: map[Picture][]func(){}, budget: budget}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

// Get is the picture, if it is at hand; otherwise it is asked for, and ready
// is called once, on a loader goroutine, when Get would answer.
func (p *Pictures) Get(key Picture, ready func()) (*image.RGBA, error) {
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
	if _, asked := p.waiting[key]; !asked {
		p.queue = append(p.queue, key)
		if p.running < pictureLoaders {
			p.running++
			go p.load()
		}
	}
	p.waiting[key] = append(p.waiting[key], ready)
	return nil, nil
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

// Close ends the loaders; running decodes are cancelled.
func (p *Pictures) Close() {
	p.mu.Lock()
	p.closed, p.queue = true, nil
	p.mu.Unlock()
	p.cancel()
}

func (p *Pictures) load() {
	for {
		p.mu.Lock()
		n := len(p.queue)
		if n == 0 {
			p.running--
			p.mu.Unlock()
			return
		}
		key := p.queue[n-1]
		p.queue = p.queue[:n-1]
		p.mu.Unlock()

		img, err := p.fetch(p.ctx, key)

		p.mu.Lock()
		wake := p.waiting[key]
		delete(p.waiting, key)
		if p.ctx.Err() == nil {
			p.entries[key] = p.order.PushFront(&pictureEntry{key, img, err})
			p.bytes += cost(img)
			for p.bytes > p.budget && p.order.Len() > 1 {
				p.drop(p.order.Back())
			}
		}
		p.mu.Unlock()
		for _, ready := range wake {
			ready()
		}
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

// Level rounds a wanted number of pixels up to a power of two between 64 and
// 4096, so that a zoom reuses pictures.
func Level(pixels float32) int {
	n := 64
	for float32(n) < pixels && n < 4096 {
		n *= 2
	}
	return n
}
