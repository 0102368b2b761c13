//go:build linux

package soak

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/e2e/prog"
	"corkboard/internal/lab"
	"corkboard/internal/plant"
	"corkboard/internal/probe"
	"corkboard/internal/proof"
)

func TestMain(m *testing.M) {
	lab.Play(map[string]func([]string){"colleague": playColleague})
	os.Exit(prog.Main(m))
}

const (
	workTime = 3 * time.Second // of a round, at least
	perTurn  = 8               // edits of one turn at a window
	restTime = 1500 * time.Millisecond
)

// office is the machines of a soak: two people at windows, two programs without one, and
// a storage peer, on one network.
type office struct {
	t       *testing.T
	lab     *lab.Lab
	random  *rand.Rand
	windows []*window
	voices  []*voice
	hosts   []*lab.Host
	all     []*watched
	began   time.Time
	rounds  int
	lost    int // boards that were not as the first in the end
	cuts    int
	edits   int
	told    [2]int // of them by each voice
	browse  bool   // nobody changes anything any more
	data    string // of the storage peer
}

// builds are the programs of a soak.
type builds struct{ corkboard, storage, colleague string }

// newOffice starts all. Without a window where none is to be.
func newOffice(t *testing.T, b builds, seed uint64, windows int) *office {
	t.Helper()
	o := &office{t: t, lab: lab.New(t, lab.Options{}), random: rand.New(rand.NewPCG(seed, 1))}
	s := o.lab.Host("s")
	data, socks := t.TempDir(), socket(t)
	o.data = data
	peer := s.Start([]string{probe.Variable + "=" + socks}, b.storage, "run", "--data", data, "--listen", s.IP+":4001")
	t.Cleanup(peer.Stop)
	o.all = append(o.all, &watched{name: "storage-peer", pid: peer.Pid(), socks: socks})
	owner := "corkboard:/" + peer.Expect("corkboard:/", bound)
	link := ""
	for i, name := range []string{"cyd", "dan"} {
		h := o.lab.Host(name)
		v := newVoice(t, h, b.colleague, seed*10+uint64(i), filepath.Join(t.TempDir(), name))
		if i == 0 {
			link = v.ask("share " + owner)
		} else {
			v.ask("join " + link)
		}
		o.voices, o.hosts = append(o.voices, v), append(o.hosts, h)
		o.all = append(o.all, &watched{name: name, pid: v.p.Pid(), socks: v.socks})
	}
	for i := range windows {
		w := newWindow(t, o.lab, []string{"ada", "ben"}[i])
		first := newVoice(t, w.host, b.colleague, 0, w.Profile) // joins, so that the window begins on the board
		first.ask("join " + link)
		first.ask("even 1")
		first.p.Stop()
		_ = os.Remove(first.socks)
		w.link = link
		w.Open(link)
		w.home = w.Status().Home
		o.windows, o.hosts = append(o.windows, w), append(o.hosts, w.host)
		o.all = append(o.all, &watched{name: w.host.Name + "'s window", pid: w.Program.PID, socks: w.socks})
	}
	o.began = time.Now()
	return o
}

// round is everybody at work, somebody cut off meanwhile or started again, and then rest.
func (o *office) round(apart time.Duration) {
	o.t.Helper()
	o.rounds++
	began := time.Now()
	verb := "work"
	if o.browse {
		verb = "browse"
	}
	for _, v := range o.voices {
		v.ask(verb)
	}
	alone := o.hosts[o.random.IntN(len(o.hosts))]
	if apart > 0 {
		rest := slices.DeleteFunc(slices.Clone(o.hosts), func(h *lab.Host) bool { return h == alone })
		o.lab.Partition([]*lab.Host{alone}, rest)
		o.cuts++
	}
	for _, w := range o.windows {
		if verb == "work" {
			w.works(o.random)
			o.edits += perTurn
		} else {
			w.browses(o.random)
		}
	}
	time.Sleep(max(workTime, apart) - time.Since(began))
	o.lab.Heal()
	for i, v := range o.voices {
		n := number(o.t, v.ask("rest"))
		o.edits += n - o.told[i]
		o.told[i] = n
	}
	o.voices[1].ask("reopen") // the first runs through
	for _, v := range o.voices {
		v.ask(fmt.Sprintf("even %d", len(o.hosts)-1))
	}
	time.Sleep(restTime)
	errs := make(chan error, len(o.all))
	for _, w := range o.all {
		go func() { errs <- w.read(o.t.Context(), o.began, o.edits) }()
	}
	for range o.all {
		if err := <-errs; err != nil {
			o.t.Fatal(err)
		}
	}
	if dir := os.Getenv("SOAK_HEAPS"); dir != "" {
		for _, w := range o.all {
			b, err := probe.Heap(o.t.Context(), w.socks)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.heap", w.name, o.rounds)), b, 0o600)
			}
			if err != nil {
				o.t.Error(err)
			}
		}
	}
	o.t.Logf("round %d, %s, %d edits, %.0f s: %s", o.rounds, verb, o.edits, time.Since(began).Seconds(), o.now())
}

func number(t *testing.T, words string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(words, &n); err != nil {
		t.Fatalf("%q is no number", words)
	}
	return n
}

// now is the newest readings.
func (o *office) now() string {
	var words []string
	for _, w := range o.all {
		i := len(w.at) - 1
		words = append(words, fmt.Sprintf("%s %.2f/%.0f MiB %.0fg %.0ff", w.name, w.heap[i], w.rss[i], w.goroutines[i], w.files[i]))
	}
	return strings.Join(words, ", ")
}

// alike compares the board as all have it, file by file, and what each wrote alone.
func (o *office) alike() {
	o.t.Helper()
	var first map[string]string
	for _, v := range o.voices {
		v.ask("mine")
		dir := filepath.Join(o.t.TempDir(), "export")
		v.ask("export " + dir)
		o.same(&first, o.filesIn(dir))
	}
	for _, w := range o.windows {
		dir := filepath.Join(o.t.TempDir(), "export")
		_, _, err := w.Run("export", w.link, dir)
		w.Must(err)
		o.same(&first, o.filesIn(dir))
	}
}

func (o *office) same(first *map[string]string, files map[string]string) {
	o.t.Helper()
	if *first == nil {
		*first = files
	}
	if why := differ(*first, files); why != "" {
		o.lost++
		o.t.Errorf("two have different boards in the end: %s", why)
	}
}

func (o *office) filesIn(dir string) map[string]string {
	o.t.Helper()
	files, err := filesIn(dir)
	if err != nil {
		o.t.Fatal(err)
	}
	return files
}

// probed builds the programs with the probe, and with faults.
func probed(t *testing.T, faults ...plant.Fault) (b builds) {
	t.Helper()
	dir := t.TempDir()
	b = builds{filepath.Join(dir, "corkboard"), filepath.Join(dir, "storage-peer"), filepath.Join(dir, "colleague")}
	err := plant.Program(t.Context(), b.storage, "./cmd/storage-peer", append(probe.Into("cmd/storage-peer/main.go", "func main() {"), faults...)...)
	if err == nil {
		err = plant.Test(t.Context(), b.colleague, "./proof/soak", faults...)
	}
	if err == nil && len(faults) == 0 {
		err = plant.Program(t.Context(), b.corkboard, ".", probe.Into("main.go", "\tmedia.MaybeWorker()")...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// soaked is one soak for a time, in the second half of which nobody edits if they are to
// rest: what is wrong, and what was read.
func (o *office) soaked(long time.Duration, least int, apart time.Duration, rests bool) (faults, read []string) {
	o.t.Helper()
	for o.rounds < least || time.Since(o.began) < long {
		if rests && !o.browse && o.rounds >= least/2 && time.Since(o.began) >= long/2 {
			o.browse = true
			for _, w := range o.all {
				w.quiet = len(w.at)
			}
		}
		o.round(apart)
	}
	for _, w := range o.all {
		wrong, said := w.verdict()
		faults, read = append(faults, wrong...), append(read, said)
	}
	return faults, read
}

// figures is what came of a soak.
type figures struct {
	processes, rounds, cuts, edits int
	lost                           int // boards that differed
	minutes                        float64
	log                            int64  // bytes
	read                           string // of the processes at rest
}

// work is the soak of programs as they are.
func work(t *testing.T, seed uint64, minutes int) (f figures) {
	b := probed(t)
	t.Setenv("CORKBOARD_BIN", b.corkboard)
	o := newOffice(t, b, seed, 2)
	var dirs []string
	for _, v := range o.voices {
		dirs = append(dirs, v.dir)
	}
	for _, w := range o.windows {
		dirs = append(dirs, w.Profile)
	}
	logs := watchLogs(250*time.Millisecond, append(dirs, o.data)...)
	apart := time.Duration(0)
	if minutes >= 4 {
		apart = 25 * time.Second // longer than silence is borne
	}
	faults, read := o.soaked(time.Duration(minutes)*time.Minute, 6, apart, true)
	f.minutes = time.Since(o.began).Minutes()
	o.alike()
	if f.log = logs(); f.log > mostLog {
		faults = append(faults, fmt.Sprintf("a database's log had %d bytes", f.log))
	}
	for _, fault := range faults {
		t.Errorf("SEED=%d: %s", seed, fault)
	}
	f.lost = o.lost
	f.processes, f.rounds, f.cuts, f.edits, f.read = len(o.all), o.rounds, o.cuts, o.edits, strings.Join(read, "; ")
	return f
}

func TestSoak(t *testing.T) {
	proof.Need(t)
	lab.Need(t)
	seed, minutes := proof.Runs(t, 1)
	began := time.Now()
	var leak string
	var f figures
	var d dayFigures
	var others sync.WaitGroup // most of the time everybody waits
	others.Go(func() { t.Run("canary", func(t *testing.T) { leak = canary(t, seed) }) })
	others.Go(func() { t.Run("day", func(t *testing.T) { d = aDay(t, seed, minutes) }) })
	t.Run("processes", func(t *testing.T) { f = work(t, seed, minutes) })
	others.Wait()
	proof.Say("soak", "seed=%d processes=%d minutes=%.0f rounds=%d cuts=%d edits=%d wal_max_MiB=%.1f lost=%d rest=%q day: %v canary=%q seconds=%.0f",
		seed, f.processes, f.minutes, f.rounds, f.cuts, f.edits, float64(f.log)/(1<<20), f.lost, f.read, d, leak, time.Since(began).Seconds())
}
