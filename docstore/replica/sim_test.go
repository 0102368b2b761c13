package replica

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// The simulation: replicas of one collection over a bad network, on disks that lose
// what was not written, in virtual time. Here a few small worlds are played, always the
// same; `make sim` (proof/sim) plays many large ones, and some with planted faults.

// worlds is fewer where everything takes many times as long.
func worlds() uint64 {
	if raced || testing.Short() {
		return 1
	}
	return 6
}

func TestSimulation(t *testing.T) {
	sum := tally{}
	for seed := range worlds() {
		t.Run(fmt.Sprintf("seed %d", 1+seed), func(t *testing.T) {
			w := newWorld(t, 1+seed, few, false)
			defer w.close()
			if err := w.play(); err != nil {
				t.Error(err)
			}
			sum.add(w.tally)
		})
	}
	if lacks := sum.lacks(); worlds() > 3 && len(lacks) > 0 {
		t.Errorf("the worlds are too tame, there is none of %v: %v", lacks, sum)
	}
	t.Logf("simulation: replicas=%d %v", few, sum)
}

// TestWorld plays the one world that WORLD names, as proof/sim has it: a seed, how many
// replicas, and 1 if they exchange over sync. What happened is printed as JSON.
func TestWorld(t *testing.T) {
	name := os.Getenv("WORLD")
	if name == "" {
		t.Skip("proof/sim asks for it")
	}
	var seed uint64
	var size, sync int
	if _, err := fmt.Sscan(name, &seed, &size, &sync); err != nil {
		t.Fatalf("WORLD=%q: %v", name, err)
	}
	w := newWorld(t, seed, size, sync == 1)
	defer w.close()
	if err := w.play(); err != nil {
		t.Fatal(err)
	}
	said, err := json.Marshal(w.tally)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("world: %s\n", said)
}

// One seed is one history, to the last byte that is delivered.
func TestSimulationReplays(t *testing.T) {
	if raced || testing.Short() {
		t.Skip("takes two worlds")
	}
	var first []byte
	for n := range 2 {
		w := newWorld(t, 7, few, false)
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
		"torn",        // crashes before all was on disk
		"jumps",       // of clocks
		"rewound",     // machines that were put back
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
