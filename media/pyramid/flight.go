package pyramid

import (
	"context"
	"fmt"
	"image"
	"sync"

	"corkboard/media"
)

// origin is what one decoding serves.
type origin struct {
	id   string
	pdf  bool
	page int
}

func (s Source) origin() origin { return origin{s.ID, s.PDF, s.Page} }

// flight is one decoding of an original and all who wait for it.
type flight struct {
	level int           // what is decoded; smaller ones follow from it
	done  chan struct{} // closed when picture or err is there
	info  media.Info
	err   error

	mu      sync.Mutex
	picture *image.RGBA         // of level
	levels  map[int]*image.RGBA // made of it so far
}

// join finds a flight that serves a level, or begins one. ErrClosed of media
// after Close.
func (p *Pyramid) join(s Source, level int, priority media.Priority) (*flight, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, media.ErrClosed
	}
	key := s.origin()
	if f := p.flights[key]; f != nil && f.level >= level {
		return f, nil
	}
	f := &flight{level: level, done: make(chan struct{}), levels: map[int]*image.RGBA{}}
	p.flights[key] = f // a larger one takes the place of a smaller one
	p.work.Go(func() { p.fly(s, f, priority) })
	return f, nil
}

// fly decodes, lets those who wait go on, and stores the levels.
func (p *Pyramid) fly(s Source, f *flight, priority media.Priority) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-p.ctx.Done():
	}
	f.picture, f.info, f.err = p.decode(media.WithPriority(p.ctx, priority), s, f.level)
	close(f.done)
	if f.err == nil {
		p.store(s, f)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.flights[s.origin()] == f {
		delete(p.flights, s.origin())
	}
}

func (s Source) trusted(ctx context.Context) error {
	if s.Trust == nil {
		return nil
	}
	return s.Trust(ctx)
}

func (p *Pyramid) decode(ctx context.Context, s Source, level int) (*image.RGBA, media.Info, error) {
	if err := s.trusted(ctx); err != nil {
		return nil, media.Info{}, err
	}
	want := media.Size{W: level, H: level}
	if s.PDF {
		m, err := p.dec.Page(ctx, s.Path, s.Page, want)
		return m, media.Info{}, err
	}
	return p.dec.Image(ctx, s.Path, want)
}

// store writes the levels that are not there yet, the largest first: each is
// made of the one before. Close waits for it: what was decoded once should
// not be decoded again at the next start.
func (p *Pyramid) store(s Source, f *flight) {
	drawn, largest := s.PDF || f.info.Format == "svg", Largest
	if drawn {
		largest = LargestDrawn
	}
	for level := min(f.level, largest); level >= Smallest; level /= 2 {
		// A level that is no smaller than the original would be a copy of it.
		if whole := max(f.info.Width, f.info.Height); !drawn && whole <= level {
			continue
		}
		name := nameOf(s, level)
		if !p.disk.wants(name) {
			continue
		}
		file, err := media.EncodeLevel(name, f.reduced(level), drawn)
		if err != nil || !p.disk.put(p.ctx, name, file) {
			return
		}
	}
}

// wait gives the picture at a level that is not above the flight's.
func (f *flight) wait(ctx context.Context, level int) (*image.RGBA, error) {
	select {
	case <-f.done:
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for a picture: %w", ctx.Err())
	}
	if f.err != nil {
		return nil, f.err
	}
	return f.reduced(level), nil
}

// told is what is known of the original, once wait has returned.
func (f *flight) told() media.Info {
	select {
	case <-f.done:
		return f.info
	default:
		return media.Info{}
	}
}

// reduced makes a level, of the next larger one that was made already.
func (f *flight) reduced(level int) *image.RGBA {
	f.mu.Lock()
	defer f.mu.Unlock()
	from := f.picture
	for l := level; l < f.level; l *= 2 {
		if m := f.levels[l]; m != nil {
			from = m
			break
		}
	}
	m := media.Reduced(from, level)
	f.levels[level] = m
	return m
}
