package pyramid

import (
	"context"
	"fmt"
	"image"
	"log/slog"
	"sync"

	"corkboard/media"
)

// The levels: the longer side in pixels. Larger pictures come from the
// original each time.
const (
	Smallest = 64
	Largest  = 2048
	// LargestDrawn is the largest of pages and drawings: above, drawing them
	// takes no longer than reading an exact picture of them.
	LargestDrawn = 1024
	// Early is the level that is made, with all below it, when a file comes
	// in: a look at a whole board needs no original then.
	Early = 512
)

// Source is one picture: a file, or a page of one.
type Source struct {
	ID   string // names the content, never changing: letters, digits, "-" and "_"
	Path string // of the file
	PDF  bool
	Page int // of a PDF, from 0

	// Trust, if there is one, says before a decoding whether the file is what ID names.
	Trust func(context.Context) error
}

// Options say where levels are kept.
type Options struct {
	Dir      string       // made when needed
	ReadOnly bool         // levels are read and none is written
	Budget   int64        // bytes on disk; default 1 GiB
	Log      *slog.Logger // default: slog.Default
}

// Pyramid serves pictures in levels. Safe for concurrent use.
type Pyramid struct {
	dec   *media.Decoder
	disk  *disk
	slots chan struct{} // flights under way: each holds decoded pictures

	mu      sync.Mutex
	flights map[origin]*flight
	later   []Source // whose early levels are to be made
	making  bool
	closed  bool
	work    sync.WaitGroup
	ctx     context.Context
	stop    context.CancelFunc
}

// maxFlights bounds the originals that are decoded or being stored at once.
const maxFlights = 4

// New makes a Pyramid; it touches the disk when it is first used. Close it.
func New(dec *media.Decoder, o Options) *Pyramid {
	p := &Pyramid{
		dec: dec, disk: newDisk(o),
		slots:   make(chan struct{}, maxFlights),
		flights: map[origin]*flight{},
	}
	p.ctx, p.stop = context.WithCancel(context.Background())
	return p
}

// Close ends what is under way and waits for it.
func (p *Pyramid) Close() {
	p.mu.Lock()
	p.closed, p.later = true, nil
	p.mu.Unlock()
	p.stop()
	p.work.Wait()
}

// Get gives a picture whose longer side is at most side pixels, rounded up to
// a level; raster pictures are never enlarged. Errors: those of media.Image
// and media.Page, those of Source.Trust, the context's. It blocks.
func (p *Pyramid) Get(ctx context.Context, s Source, side int) (*image.RGBA, error) {
	if err := ctx.Err(); err != nil { // nothing is begun for one who left
		return nil, fmt.Errorf("a picture: %w", err)
	}
	level := levelOf(side)
	if m := p.stored(ctx, s, level); m != nil {
		return m, nil
	}
	f, err := p.join(s, level, media.Normal)
	if err != nil {
		return nil, err
	}
	return f.wait(ctx, level)
}

// levelOf rounds a side up to a level; above the largest it stays.
func levelOf(side int) int {
	if side > Largest {
		return side
	}
	level := Smallest
	for level < side {
		level *= 2
	}
	return level
}

// stored is the level from the disk, or nil. A damaged one is deleted.
func (p *Pyramid) stored(ctx context.Context, s Source, level int) *image.RGBA {
	if level > Largest {
		return nil
	}
	name := nameOf(s, level)
	path, ok := p.disk.find(name)
	if !ok {
		return nil
	}
	m, err := p.dec.Level(media.WithPriority(ctx, media.Visible), path, name, level)
	if err != nil {
		p.disk.doubt(name, err)
		return nil
	}
	return m
}

// Add measures a new picture and keeps its early levels, for one decoding of
// the original. Of a PDF it tells what Probe tells; its first page is drawn
// later. Errors: those of media.Probe. It blocks.
func (p *Pyramid) Add(ctx context.Context, s Source) (media.Info, error) {
	if s.PDF {
		if err := s.trusted(ctx); err != nil {
			return media.Info{}, err
		}
		info, err := p.dec.Probe(ctx, s.Path)
		if err == nil {
			p.Prepare(s)
		}
		return info, err
	}
	f, err := p.join(s, Early, media.Normal)
	if err != nil {
		return media.Info{}, err
	}
	_, err = f.wait(ctx, Early)
	return f.told(), err
}
