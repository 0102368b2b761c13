//go:build linux

package soak

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/proof"
	"corkboard/net/wire/memory"
	"corkboard/share"
)

const (
	people   = 8
	evenTime = time.Hour // for all to have the same, in the end
	idleTime = 10 * time.Minute

	mostLeft  = 16.0             // MiB for each person that a day may leave, beside a fresh start: documents stay loaded, 32 at most
	mostAlive = 6 * (people - 1) // goroutines for each, likewise: those of a stream for files, which each connection has once a file has come
)

// day is eight whole programs, without windows, on a network in memory and under a clock
// that jumps to whatever happens next.
type day struct {
	ctx    context.Context
	dir    string
	net    *memory.Network
	pace   time.Duration // between two edits of somebody who works, in the mean
	long   time.Duration // the day
	end    time.Time
	people []*person8

	board doc.ID
	link  string
}

// dayFigures is what came of a day.
type dayFigures struct {
	hours             float64
	edits, lids, cuts int
	goroutines, fresh int     // in the evening, and after all have been started again
	heap, freshHeap   float64 // MiB, likewise
	log               int64   // bytes of the longest log of a database
	checked           int     // texts, on all devices
	more              string  // goroutines in the evening, by what they do
}

// playDay plays a day from a seed.
func playDay(t *testing.T, dir string, seed uint64, long, pace time.Duration) (f dayFigures, err error) {
	synctest.Test(t, func(t *testing.T) {
		d := &day{ctx: context.Background(), dir: dir, net: memory.New(seed, nil), pace: pace, long: long, end: time.Now().Add(long)}
		d.net.Suffer(memory.Faults{Latency: 20 * time.Millisecond, Jitter: 15 * time.Millisecond})
		for i := range people {
			d.people = append(d.people, &person8{day: d, name: fmt.Sprint("p", i), desk: desk{random: rand.New(rand.NewPCG(seed, uint64(100+i)))}})
			d.people[i].random = d.people[i].desk.random
		}
		logs := watchLogs(time.Minute, dir)
		f, err = d.play()
		f.hours, f.log = long.Hours(), logs()
		for _, p := range d.people {
			err = errors.Join(err, p.close())
		}
	})
	return f, err
}

func (d *day) play() (f dayFigures, err error) {
	if err := d.found(); err != nil {
		return f, fmt.Errorf("in the morning: %w", err)
	}
	errs := make([]error, people)
	var all sync.WaitGroup
	for i, p := range d.people {
		all.Go(func() {
			if errs[i] = p.live(i); errs[i] != nil {
				errs[i] = fmt.Errorf("%s, %v before the end: %w", p.name, time.Until(d.end), errs[i])
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return f, err
	}
	if err := d.evening(); err != nil {
		return f, fmt.Errorf("in the evening: %w", err)
	}
	f.goroutines, f.heap = held()
	evening := alive()
	for _, p := range d.people {
		f.edits, f.lids, f.cuts = f.edits+p.desk.edits, f.lids+p.lids, f.cuts+p.cuts
		if !p.member {
			continue
		}
		if err := errors.Join(p.close(), p.open()); err != nil {
			return f, err
		}
	}
	if f.checked, err = d.check(); err != nil {
		return f, err
	}
	if err := d.evening(); err != nil {
		return f, fmt.Errorf("after all were started again: %w", err)
	}
	f.fresh, f.freshHeap = held()
	f.more = moreOf(evening, alive())
	return f, nil
}

// held is how many goroutines there are, and MiB that can be reached.
func held() (goroutines int, heap float64) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return runtime.NumGoroutine(), float64(m.HeapAlloc) / (1 << 20)
}

// found has the first person make and share the board.
func (d *day) found() error {
	p := d.people[0]
	if err := p.open(); err != nil {
		return err
	}
	id, made := p.app.NewDocument(cards.KindBoard, board.Create("Day", ""))
	if err := made.Wait(d.ctx); err != nil {
		return err
	}
	id, err := p.app.Share(d.ctx, id)
	if err != nil {
		return err
	}
	for i := range 6 {
		if err := pinText(d.ctx, p.app, id, board.Point{X: 240 * float64(i)}, fmt.Sprintf("# Text %d\n", i)); err != nil {
			return err
		}
	}
	d.board, p.member = id, true
	d.link, err = p.app.CopyLink(d.ctx, id, share.Write)
	return err
}

// evening has everybody there, waits until all have the same, and rests.
func (d *day) evening() error {
	d.net.HealAll()
	time.Sleep(time.Until(d.end))
	members := 0
	for _, p := range d.people {
		if !p.member {
			continue
		}
		members++
		if p.app == nil {
			if err := p.open(); err != nil {
				return err
			}
		}
	}
	for _, p := range d.people {
		if p.member {
			p.meet()
		}
	}
	for _, p := range d.people {
		if p.member {
			if err := p.even(members - 1); err != nil {
				return err
			}
		}
	}
	time.Sleep(idleTime)
	return nil
}

// check looks at the text of everybody on every device, and compares the boards.
func (d *day) check() (checked int, err error) {
	var first map[string]string
	for _, p := range d.people {
		if !p.member {
			continue
		}
		for _, o := range d.people {
			if err := o.desk.says(d.ctx, p.app); err != nil {
				return checked, fmt.Errorf("%s has of %s: %w", p.name, o.name, err)
			}
			checked++
		}
		files, err := exported(d.ctx, p.app, d.board, filepath.Join(d.dir, p.name+".export"))
		if err != nil {
			return checked, err
		}
		if first == nil {
			first = files
		}
		if why := differ(first, files); why != "" {
			return checked, fmt.Errorf("%s has another board than p0: %s", p.name, why)
		}
	}
	return checked, nil
}

// differ names the files that differ.
func differ(a, b map[string]string) string {
	var names []string
	for name := range a {
		if a[name] != b[name] {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// exported is a board as it is written to a folder, the content of each file by its path.
func exported(ctx context.Context, a *app.App, id doc.ID, dir string) (map[string]string, error) {
	if err := a.Export(ctx, id, dir); err != nil {
		return nil, err
	}
	return filesIn(dir)
}

func filesIn(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[name] = string(content)
		return err
	})
	if err == nil && len(files) == 0 {
		err = errors.New("there are no files")
	}
	return files, err
}

// aDay plays a day of eight hours, or of two where minutes are few.
func aDay(t *testing.T, seed uint64, minutes int) dayFigures {
	long, pace := 2*time.Hour, 4*time.Minute
	if minutes >= 5 {
		long, pace = 8*time.Hour, time.Minute
	}
	f, err := playDay(t, t.TempDir(), seed, long, pace)
	if err != nil {
		t.Fatalf("SEED=%d: %v", seed, err)
	}
	if more := f.goroutines - f.fresh; more > mostAlive*people {
		t.Errorf("SEED=%d: %d more goroutines after a day than after a start: %s", seed, more, f.more)
	}
	if more := (f.heap - f.freshHeap) / people; more > mostLeft {
		t.Errorf("SEED=%d: each holds %.1f MiB more after a day than after a start", seed, more)
	}
	if f.log > mostLog {
		t.Errorf("SEED=%d: a database's log had %d bytes", seed, f.log)
	}
	return f
}

// String is the part of the closing line.
func (f dayFigures) String() string {
	return fmt.Sprintf("hours=%.0f people=%d edits=%d restarts=%d offline=%d texts_checked=%d heap_MiB=%.1f fresh_MiB=%.1f goroutines=%d fresh=%d wal_max_MiB=%.1f",
		f.hours, people, f.edits, f.lids, f.cuts, f.checked, f.heap, f.freshHeap, f.goroutines, f.fresh, float64(f.log)/(1<<20))
}

// TestADay is the day alone: `PROOF=1 N=20 go test -run ADay`.
func TestADay(t *testing.T) {
	proof.Need(t)
	if os.Getenv("SOAK_DAY") == "" {
		t.Skip("TestSoak plays it; SOAK_DAY=1 plays it alone")
	}
	seed, minutes := proof.Runs(t, 1)
	t.Log(aDay(t, seed, minutes))
}
