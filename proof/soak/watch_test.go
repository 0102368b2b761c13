//go:build linux

package soak

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"corkboard/internal/probe"
)

const (
	mostLog     = 64 << 20 // bytes of a database's log
	mostSlope   = 1.0      // MiB per hour, of what is held
	mostPerEdit = 24.0     // KiB, likewise: history, and what is loaded for those who write it
	mostMore    = 8        // goroutines, and files: the fewest in the last third beside those in the one before
	settled     = 2        // rounds after the last edit, until what was loaded for edits is let go
	readPause   = 500 * time.Millisecond
)

// watched is a process and what was read of it, each time that all rested.
type watched struct {
	name  string
	pid   int
	socks string // of its probe

	at         []float64 // hours
	edits      []float64 // of all people
	quiet      int       // from this reading on nobody edits; 0: all work to the end
	heap, rss  []float64 // MiB
	goroutines []float64
	files      []float64
	last       probe.Reading
}

// read notes how it is now. The lowest of several readings counts: what works on in the
// background is not held for good.
func (w *watched) read(ctx context.Context, began time.Time, edits int) error {
	var low [4]float64
	for i := range 3 {
		if i > 0 {
			time.Sleep(readPause)
		}
		r, err := probe.Ask(ctx, w.socks)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		now := [4]float64{float64(r.Heap) / (1 << 20), resident(w.pid), float64(r.Goroutines), float64(openFiles(w.pid))}
		for k := range low {
			if i == 0 || now[k] < low[k] {
				low[k] = now[k]
			}
		}
		w.last = r
	}
	w.at, w.edits = append(w.at, time.Since(began).Hours()), append(w.edits, float64(edits))
	w.heap, w.rss = append(w.heap, low[0]), append(w.rss, low[1])
	w.goroutines, w.files = append(w.goroutines, low[2]), append(w.files, low[3])
	return nil
}

func openFiles(pid int) int {
	list, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	return len(list)
}

// resident is the memory that a process has, in MiB.
func resident(pid int) float64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(b)) {
		var kb float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kb); err == nil {
			return kb / 1024
		}
	}
	return 0
}

// verdict is what grew that should not, in words, and all figures. Every change of a board is
// known to each device that is on it: what is held grows with history, for each edit. So how
// it grows with time is read while nobody changes anything, and everything else goes on.
func (w *watched) verdict() (faults []string, said string) {
	worked, rested := len(w.at)/4, len(w.at)/4 // from where on each is read
	if w.quiet > 0 {
		worked, rested = w.quiet/3, w.quiet+settled
	}
	perEdit, _ := line(w.edits[worked:max(w.quiet, worked)], w.heap[worked:max(w.quiet, worked)])
	heap, heapBy := line(w.at[rested:], w.heap[rested:])
	rss, rssBy := line(w.at[rested:], w.rss[rested:])
	third := max(1, len(w.at)/3)
	first, end := func(list []float64) float64 { return slices.Min(list[third : 2*third]) }, func(list []float64) float64 { return slices.Min(list[len(list)-third:]) }
	last := len(w.at) - 1
	said = fmt.Sprintf("%s: heap %.1f MiB %+.1f±%.1f MiB/h, %.1f KiB/edit, RSS %.0f MiB %+.0f±%.0f MiB/h, goroutines %.0f→%.0f, files %.0f→%.0f",
		w.name, w.heap[last], heap, heapBy, 1024*perEdit, w.rss[last], rss, rssBy,
		first(w.goroutines), end(w.goroutines), first(w.files), end(w.files))
	// Twice the standard error: what cannot be told from standing still is no fault.
	if heap-2*heapBy > mostSlope {
		faults = append(faults, fmt.Sprintf("%s: what it holds grows by %.1f±%.1f MiB/h", w.name, heap, heapBy))
	}
	if 1024*perEdit > mostPerEdit {
		faults = append(faults, fmt.Sprintf("%s: what it holds grows by %.1f KiB for each edit", w.name, 1024*perEdit))
	}
	if n := end(w.goroutines) - first(w.goroutines); n > mostMore {
		faults = append(faults, fmt.Sprintf("%s: %.0f more goroutines at rest", w.name, n))
	}
	if n := end(w.files) - first(w.files); n > mostMore {
		faults = append(faults, fmt.Sprintf("%s: %.0f more files at rest", w.name, n))
	}
	return faults, said
}

// watchLogs looks at the logs of all databases below some folders every so often, until the function is called; it gives the bytes of the longest ever seen.
func watchLogs(every time.Duration, dirs ...string) func() int64 {
	var most atomic.Int64
	done, over := make(chan struct{}), make(chan struct{})
	look := func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "-wal") {
			if info, err := entry.Info(); err == nil && info.Size() > most.Load() {
				most.Store(info.Size())
			}
		}
		return nil // files come and go
	}
	go func() {
		defer close(over)
		for {
			for _, dir := range dirs {
				_ = filepath.WalkDir(dir, look)
			}
			select {
			case <-done:
				return
			case <-time.After(every):
			}
		}
	}()
	return func() int64 {
		close(done)
		<-over
		return most.Load()
	}
}
