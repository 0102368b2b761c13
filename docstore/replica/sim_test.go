package replica

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The simulation: 20 replicas of one collection over a bad network, in virtual
// time. SEEDS says how many worlds are played, SEED which one comes first; a
// failure prints its seed, and `SEED=n SEEDS=1` plays it again.

func number(name string, otherwise uint64) uint64 {
	if n, err := strconv.ParseUint(os.Getenv(name), 10, 64); err == nil {
		return n
	}
	return otherwise
}

// seedsByDefault is fewer where everything takes many times as long.
func seedsByDefault() uint64 {
	if raced || testing.Short() {
		return 1
	}
	return 6
}

func TestSimulation(t *testing.T) {
	first, count := number("SEED", 1), number("SEEDS", seedsByDefault())
	began := time.Now()
	sum := tally{}
	for seed := first; seed < first+count; seed++ {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			w := newWorld(t, seed, trust{})
			defer w.close()
			if err := w.play(); err != nil {
				t.Errorf("SEED=%d: %v", seed, err)
			}
			sum.add(w.tally)
		})
	}
	if lacks := sum.lacks(); count > 3 && len(lacks) > 0 {
		t.Errorf("the worlds are too tame, there is none of %v: %v", lacks, sum)
	}
	t.Logf("simulation: seeds=%d replicas=%d %v seconds=%.1f", count, replicas, sum, time.Since(began).Seconds())
}

// One seed is one history, to the last byte that is delivered.
func TestSimulationReplays(t *testing.T) {
	if raced || testing.Short() {
		t.Skip("takes two worlds")
	}
	var first []byte
	for n := range 2 {
		w := newWorld(t, 7, trust{})
		if err := w.play(); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			first = w.record.Sum(nil)
		} else if again := w.record.Sum(nil); !bytes.Equal(again, first) {
			t.Errorf("seed 7 gives %x, then %x", first, again)
		}
		w.close()
	}
}

// tally counts what happened.
type tally map[string]int

func (a tally) add(b tally) {
	for name, n := range b {
		a[name] += n
	}
}

// lacks is what the simulation is about and has not happened.
func (a tally) lacks() (names []string) {
	for _, name := range []string{
		"crashes",     // and restarts
		"accepted",    // changes
		"quarantined", // changes
		"members",     // honest replicas that were held against each other
		"left",        // the same of those who were members, or never
		"rotated",     // while the world healed
		"forged",      // changes that must not count
		"garbage",     // bytes that nobody signed
		"usurped",     // access records by those who had no right to them
		"withheld",    // keys that nobody was given
		"resealed",    // changes, under another epoch
		"equivocators",
		"late",    // changes by the backdater after the removal
		"forks",   // places that two changes claim
		"dragged", // honest changes that were built on a fork's losing side
		"locked",  // replicas that cannot open the last change
	} {
		if a[name] == 0 {
			names = append(names, name)
		}
	}
	return names
}

func (a tally) String() string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(a)) {
		words = append(words, fmt.Sprintf("%s=%d", name, a[name]))
	}
	return strings.Join(words, " ")
}
