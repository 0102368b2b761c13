package media

import (
	"fmt"
	"math"
	"time"
)

// The limits of what is decoded. They hold on both sides of the process boundary.
const (
	MaxSide       = 16384    // px, either side of a picture
	MaxPixels     = 64 << 20 // px of a picture, decoded or asked for
	MaxPagePixels = 16 << 20 // px of one rendered page
	MaxImageBytes = 64 << 20 // bytes of a picture's file
	MaxSVGBytes   = 8 << 20  // bytes of an SVG file
	MaxPDFBytes   = 2 << 30  // bytes of a PDF file
	MaxFrames     = 1024     // frames of one animation
	MaxTextBytes  = 16 << 20 // bytes of text from one document
	maxAnimPixels = 32 << 20 // px of all frames together, as returned
	heavyPixels   = 2 << 20  // px of a picture after which the worker's memory is given back
	maxHead       = 32 << 20 // bytes of a message's head
	maxPages      = 1 << 20  // pages of a document
	maxPoints     = 200_000  // points, either side of a page
	maxDuration   = 1 << 42  // ms of a sound or a film
)

const (
	defaultWall    = 15 * time.Second
	defaultCPU     = 10 * time.Second
	defaultIdle    = 30 * time.Second
	defaultRecycle = 200
	sketchTime     = 6 * time.Second  // for the waveform of a sound
	startTime      = 20 * time.Second // a worker that has not said hello by then is broken
	cancelGrace    = time.Second      // a cancelled job may finish for so long: a new worker costs more
	goMemoryLimit  = 320 << 20        // bytes at which the worker's collector works harder
	openFiles      = 32               // file descriptors of a worker
)

// Size is a width and a height in pixels. As a wish it is a box to fit in; a zero side is
// no wish (see the methods).
type Size struct{ W, H int }

func (s Size) pixels() int64 { return int64(s.W) * int64(s.H) }

// box replaces sides that are no wish by the largest allowed.
func (s Size) box() Size {
	side := func(n int) int {
		if n <= 0 || n > MaxSide {
			return MaxSide
		}
		return n
	}
	return Size{side(s.W), side(s.H)}
}

// check refuses dimensions that are empty or exceed the limits.
func (s Size) check() error {
	if s.W <= 0 || s.H <= 0 {
		return fmt.Errorf("%d×%d px: %w", s.W, s.H, ErrBroken)
	}
	if s.W > MaxSide || s.H > MaxSide || s.pixels() > MaxPixels {
		return fmt.Errorf("%d×%d px: %w", s.W, s.H, ErrTooLarge)
	}
	return nil
}

// fit gives the largest size of aspect w:h in the box, enlarged at most by the given factor
// and of at most maxPixels. Each side is at least 1 px and never exceeds the box.
func fit(w, h float64, box Size, enlarge float64, maxPixels int64) Size {
	scale := min(float64(box.W)/w, float64(box.H)/h, enlarge, math.Sqrt(float64(maxPixels)/(w*h)))
	side := func(n float64, limit int) int { return max(1, min(limit, int(math.Round(n*scale)))) }
	out := Size{side(w, box.W), side(h, box.H)}
	for out.pixels() > maxPixels {
		if out.W > out.H {
			out.W--
		} else {
			out.H--
		}
	}
	return out
}
