package jail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/internal/plant"
	"corkboard/internal/proof"
	"corkboard/media"
)

const (
	wall       = 3 * time.Second // for a job: the program has 15 s, and 10 s of a processor
	processor  = time.Second
	grace      = 30 * time.Second // for a loaded machine to come round to the end of a job
	longest    = 50 * time.Millisecond
	mostMemory = 512 << 20 // bytes
)

func TestMain(m *testing.M) {
	media.MaybeWorker()
	os.Exit(m.Run())
}

// tally is what came of the jobs.
type tally struct {
	mu                                  sync.Mutex
	shown, refused, slow, died, foreign int
	hung                                []string
}

// questions are all that the program asks of a file; some are the heaviest of them.
const questions = 8

var some = []int{0, 2, 5, 6}

// job asks a decoder the questions of those numbers.
func (c *tally) job(d *media.Decoder, what, path string, numbers ...int) {
	asks := []func(context.Context) error{
		func(ctx context.Context) error { _, err := d.Probe(ctx, path); return err },
		func(ctx context.Context) error {
			_, _, err := d.Image(ctx, path, media.Size{W: 512, H: 512})
			return err
		},
		func(ctx context.Context) error {
			_, err := d.Page(ctx, path, 0, media.Size{W: 1200, H: 1200})
			return err
		},
		func(ctx context.Context) error { _, err := d.AllText(ctx, path, 1<<20); return err },
		func(ctx context.Context) error { _, err := d.Text(ctx, path, 0); return err },
		func(ctx context.Context) error { _, _, err := d.Image(ctx, path, media.Size{}); return err },
		func(ctx context.Context) error {
			_, err := d.Frames(ctx, path, media.Size{W: 512, H: 512}, 1024)
			return err
		},
		func(ctx context.Context) error { _, err := d.PDFInfo(ctx, path); return err },
	}
	for _, i := range numbers {
		begun := time.Now()
		err := asks[i](context.Background())
		c.mu.Lock()
		switch {
		case err == nil:
			c.shown++
		case errors.Is(err, media.ErrTimeout):
			c.slow++
		case errors.Is(err, media.ErrWorkerDied):
			c.died++
		case errors.Is(err, media.ErrBroken), errors.Is(err, media.ErrTooLarge), errors.Is(err, media.ErrUnsupported),
			errors.Is(err, media.ErrEncrypted), errors.Is(err, media.ErrNoPage):
			c.refused++
		default:
			c.foreign++
		}
		if took := time.Since(begun); took > 2*wall+grace {
			c.hung = append(c.hung, fmt.Sprintf("%s, question %d: %v", what, i, took))
		}
		c.mu.Unlock()
	}
}

// each calls f for 0 to n-1, two at a time.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range 2 {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

func TestHostileFiles(t *testing.T) {
	proof.Need(t)
	if runtime.GOOS != "linux" {
		t.Skip("workers are weighed by /proc")
	}
	begun := time.Now()
	first, n := proof.Runs(t, 200)
	dir, files := t.TempDir(), honest(t)
	each(len(bombs), func(i int) { bombs[i].file(t, dir, i) })
	ground := filepath.Join(dir, "honest")
	if err := os.WriteFile(ground, files[0], 0o600); err != nil {
		t.Fatal(err)
	}

	// The window beside honest pictures: what this machine makes of it anyway.
	control := openWindow()
	d := media.New(media.Options{Workers: 2, Wall: wall, CPU: processor})
	var calm tally
	for until := time.Now().Add(3 * time.Second); time.Now().Before(until); {
		calm.job(d, "honest", ground, 1)
	}
	usual, _, _ := control.close()
	if late := blocked(); late < longest {
		t.Errorf("the canary: a window that is kept for %v is said to be %v late", 2*longest, late)
	}

	asked := some // in the short form
	if n >= 1000 {
		asked = []int{0, 1, 2, 3, 4, 5, 6, 7}
	}
	w, s := openWindow(), newScale()
	var bombed, spoilt tally
	each(len(bombs), func(i int) {
		bombed.job(d, bombs[i].name, filepath.Join(dir, fmt.Sprintf("bomb-%02d", i)), asked...)
		s.weigh(bombs[i].name)
	})
	each(n, func(i int) {
		r := rand.New(rand.NewPCG(first+uint64(i), 8))
		path := filepath.Join(dir, fmt.Sprintf("spoilt-%d", i))
		if err := os.WriteFile(path, spoil(r, files), 0o600); err != nil {
			t.Error(err)
			return
		}
		spoilt.job(d, fmt.Sprintf("seed %d", first+uint64(i)), path, r.IntN(questions))
		s.weigh(fmt.Sprintf("seed %d", first+uint64(i)))
		_ = os.Remove(path) // the folder goes anyway
	})
	stall, whole, rare := w.close()
	high, whose := s.most()
	s.close()
	var after tally
	after.job(d, "honest", ground, 1)
	d.Close()
	left := len(workers())

	for _, c := range []*tally{&bombed, &spoilt} {
		if c.foreign > 0 {
			t.Errorf("%d errors that media does not name", c.foreign)
		}
		for _, h := range c.hung {
			t.Errorf("no answer in time: %s", h)
		}
	}
	if stall > longest {
		t.Errorf("the window stood still for %v (beside honest files %v)", stall, usual)
	}
	if high > mostMemory {
		t.Errorf("a worker had %d MiB, at %s", high>>20, whose)
	}
	if after.shown != 1 || left > 0 {
		t.Errorf("afterwards %d pictures of 1, %d workers left", after.shown, left)
	}
	canary := escapes(t)
	if t.Failed() {
		t.Logf("again: make jail N=%d SEED=%d", n, first)
	}
	proof.Say("jail", "%d bombs (%s), %d spoilt files (%s), seeds %d-%d; window at most %.1f ms late, 1 in 1000 more than %.1f "+
		"(%.1f with what a busy machine kept it waiting, beside honest files %.1f without); "+
		"worker at most %d MiB (%s); %s; %d s",
		len(bombs), bombed.String(), n, spoilt.String(), first, first+uint64(n)-1, ms(stall), ms(rare), ms(whole), ms(usual), high>>20, whose, canary,
		int(time.Since(begun).Seconds()))
}

// blocked is how late a window is said to be that something keeps; the best of some, for
// a busy machine's part is taken off.
func blocked() (late time.Duration) {
	for range 5 {
		w := openWindow()
		w.block <- 2 * longest
		one, _, _ := w.close()
		late = max(late, one)
	}
	return late
}

func (c *tally) String() string {
	return fmt.Sprintf("%d shown, %d refused, %d out of time, %d ended the worker, hung %d", c.shown, c.refused, c.slow, c.died, len(c.hung))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// escapes lets workers of the media package try to get out, once as it is and once
// with the jail left open, which must be seen.
func escapes(t *testing.T) string {
	t.Helper()
	open := plant.Fault{File: "media/worker.go", Old: "reply{Jail: confine()}", New: `reply{Jail: []string{"landlock", "seccomp"}}`}
	tried, got := try(t)
	if got > 0 || tried < 30 {
		t.Errorf("%d of %d ways out are open", got, tried)
	}
	all, seen := try(t, open)
	if seen < 30 {
		t.Errorf("the canary: without a jail %d of %d ways are seen to be open", seen, all)
	}
	return fmt.Sprintf("%d ways out tried, %d open; canary, the jail left open: %d of %d seen", tried, got, seen, all)
}

// try builds the tests of media, runs those of the jail and counts the ways out and
// those that were open.
func try(t *testing.T, faults ...plant.Fault) (tried, open int) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "media.test")
	if err := plant.Test(t.Context(), out, "./media", faults...); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, out, "-test.v", "-test.run", "^TestJail$")
	cmd.Dir = t.TempDir()
	said, err := cmd.CombinedOutput()
	tried = bytes.Count(said, []byte("=== RUN   TestJail/"))
	open = bytes.Count(said, []byte("--- FAIL: TestJail/"))
	skipped := bytes.Count(said, []byte("--- SKIP: TestJail/"))
	switch {
	case skipped > 0 && os.Getenv("CI") == "true":
		t.Errorf("this kernel has no jail: %d skipped", skipped)
	case skipped > 0:
		t.Logf("this kernel has no whole jail: %d skipped", skipped)
	case err != nil && open == 0:
		t.Errorf("the tests of the jail: %v: %s", err, lines(said, 20))
	}
	return tried - skipped, open
}

func lines(b []byte, n int) string {
	all := strings.Split(string(b), "\n")
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
