package node

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/net/wire"
	"corkboard/net/wire/memory"
)

// Four devices on a network that is slow, breaks and splits; some restart, leave a
// collection and come back. In the end all have all, once each, and know it. SEEDS
// says how many worlds are played, SEED which one comes first.
func TestWorlds(t *testing.T) {
	first, count := number(t, "SEED", 0), number(t, "SEEDS", 12)
	for seed := first; seed < first+count; seed++ {
		t.Run(fmt.Sprint("SEED=", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				newWorld(&lab{t: t, net: memory.New(seed, nil)}, seed).run()
			})
		})
	}
}

func number(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

type world struct {
	*lab
	r       *rand.Rand
	names   []string
	persons []*person
	shelves [][]*shelf // of each person
	on      []bool
	written int
}

func newWorld(l *lab, seed uint64) *world {
	w := &world{lab: l, r: rand.New(rand.NewPCG(seed, 0)), names: []string{"ada", "ben", "cyd", "dan"}}
	l.net.Suffer(memory.Faults{Latency: 20 * time.Millisecond, Jitter: 30 * time.Millisecond, BreakMin: 2 << 10, BreakMax: 1 << 20})
	for _, name := range w.names {
		own := []*shelf{newShelf("x", name), newShelf("y", name)}
		p := l.person(name, own...)
		for _, s := range own {
			s.slow = time.Duration(w.r.IntN(10)) * time.Millisecond
		}
		for _, o := range w.names {
			if o != name {
				p.met.Save(Met{Address: wire.Address(o)})
			}
		}
		w.persons, w.shelves, w.on = append(w.persons, p.start()), append(w.shelves, own), append(w.on, true)
	}
	return w
}

func (w *world) run() {
	defer func() {
		for i, p := range w.persons {
			if w.on[i] {
				p.stop()
			}
		}
	}()
	for range 150 {
		w.step()
		time.Sleep(time.Duration(w.r.IntN(3000)) * time.Millisecond)
	}
	w.net.HealAll()
	w.net.Suffer(memory.Faults{Latency: 20 * time.Millisecond})
	for i, p := range w.persons {
		if !w.on[i] {
			w.on[i] = true
			p.start()
		}
		p.shelves.lock.Lock()
		p.shelves.list = w.shelves[i]
		p.shelves.lock.Unlock()
		p.shelves.Wake()
	}
	for c := range 2 {
		var all []*shelf
		for _, own := range w.shelves {
			all = append(all, own[c])
		}
		w.within(10*time.Minute, "all have all", alike(all...))
		w.within(5*time.Minute, "all know that all have all", func() bool {
			return !slices.ContainsFunc(all, func(s *shelf) bool { return !s.acknowledged(len(all) - 1) })
		})
	}
	if n := len(w.shelves[0][0].texts()) + len(w.shelves[0][1].texts()); n != w.written {
		w.t.Errorf("%d items, written were %d", n, w.written)
	}
}

func (w *world) step() {
	i := w.r.IntN(len(w.persons))
	p, s := w.persons[i], w.shelves[i][w.r.IntN(2)]
	other := w.names[(i+1+w.r.IntN(3))%4]
	switch w.r.IntN(12) {
	case 0:
		w.net.Cut(p.name, other)
	case 1, 2, 3:
		w.net.Heal(p.name, other)
	case 4:
		w.net.Freeze(p.name, other)
	case 5:
		if w.on[i] = !w.on[i]; w.on[i] {
			p.start()
		} else {
			p.stop()
		}
	case 6:
		p.shelves.remove(s)
	case 7:
		p.shelves.remove(s)
		p.shelves.add(s)
	default:
		for range 1 + w.r.IntN(40) {
			w.written++
			s.write(fmt.Sprint("C ", w.written, string(make([]byte, w.r.IntN(4000)))))
		}
	}
}

// acknowledged says that so many others have all.
func (s *shelf) acknowledged(others int) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	n := 0
	for _, place := range s.acked {
		if place == uint64(len(s.entries)) {
			n++
		}
	}
	return n >= others
}
