package jail

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// tick is how often the goroutine that stands for the window's wants to run.
const tick = 8 * time.Millisecond

// window stands for the goroutine of the window: it has a thread of its own, wants to run
// every few milliseconds, and notes how late it was.
type window struct {
	stop  chan struct{}
	block chan time.Duration // keeps it, as a decoder in its place would
	done  chan struct{}
	late  []time.Duration // of each tick, without what the machine kept this program waiting
	raw   time.Duration   // the longest with that
}

func openWindow() *window {
	w := &window{stop: make(chan struct{}), block: make(chan time.Duration), done: make(chan struct{})}
	go w.run()
	return w
}

func (w *window) run() {
	defer close(w.done)
	runtime.LockOSThread()
	machine := waits{}
	machine.more()
	for last := time.Now(); ; {
		select {
		case <-w.stop:
			return
		case d := <-w.block:
			time.Sleep(d)
		case <-time.After(tick):
		}
		late := time.Since(last) - tick
		w.raw = max(w.raw, late)
		// Other programs on the machine are not this program's doing.
		w.late = append(w.late, late-min(late, machine.more()))
		last = time.Now()
	}
}

// close gives the longest stall, with and without the machine's part, and the one that one
// tick in a thousand exceeds.
func (w *window) close() (longest, raw, rare time.Duration) {
	close(w.stop)
	<-w.done
	slices.Sort(w.late)
	return w.late[len(w.late)-1], w.raw, w.late[len(w.late)*999/1000]
}

// waits is how long each thread of this program has been able to run and had no
// processor, by the kernel.
type waits map[string]time.Duration

// more is how much longer all of them have waited than at the last call. A thread that has
// ended takes nothing off.
func (w waits) more() (sum time.Duration) {
	threads, _ := os.ReadDir("/proc/self/task")
	for _, thread := range threads {
		b, _ := os.ReadFile("/proc/self/task/" + thread.Name() + "/schedstat")
		if fields := strings.Fields(string(b)); len(fields) == 3 {
			n, _ := strconv.ParseInt(fields[1], 10, 64)
			sum += time.Duration(n) - w[thread.Name()]
			w[thread.Name()] = time.Duration(n)
		}
	}
	return sum
}

// scale weighs this program's workers: it reads their high-water marks all the time.
type scale struct {
	mu   sync.Mutex
	high int64  // bytes, of any worker at any time
	at   string // what was being decoded, or had just been
	stop chan struct{}
	done chan struct{}
}

func newScale() *scale {
	s := &scale{stop: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		for {
			select {
			case <-s.stop:
				return
			case <-time.After(5 * time.Millisecond):
				s.weigh("")
			}
		}
	}()
	return s
}

// weigh notes what the workers have had at most; what names the job that has just ended.
func (s *scale) weigh(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, pid := range workers() {
		if high := highWater(pid); high > s.high {
			s.high, s.at = high, ""
		}
	}
	if s.at == "" {
		s.at = what
	}
}

// most is the most that any worker has had, and at what.
func (s *scale) most() (int64, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.high, s.at
}

func (s *scale) close() { close(s.stop); <-s.done }

// workers are the processes that this one has started to decode.
func workers() []int {
	var out []int
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	for _, list := range lists {
		b, _ := os.ReadFile(list)
		for _, f := range strings.Fields(string(b)) {
			said, _ := os.ReadFile("/proc/" + f + "/cmdline")
			if pid, err := strconv.Atoi(f); err == nil && bytes.Contains(said, []byte("corkboard-media-worker")) {
				out = append(out, pid)
			}
		}
	}
	return out
}

// highWater is the most memory that a process has had at once, 0 if it is gone.
func highWater(pid int) int64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := bytes.Cut(b, []byte("VmHWM:"))
	var kib int64
	_, _ = fmt.Sscanf(string(rest), "%d kB", &kib)
	return kib << 10
}
