// Package sim plays worlds of sync and access in virtual time, and shows with planted
// faults that they would see a loss. The worlds are those of docstore/replica's tests;
// each is played by a process of its own.
package sim

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/internal/plant"
	"corkboard/internal/proof"
)

const (
	short    = 60 // worlds
	replicas = 50 // of each,
	fewer    = 20 // of all but the first two where not many worlds are asked for
	many     = 100
	pkg      = "./docstore/replica"
	longest  = 10 * time.Minute // of one world, which takes some 12 s, and 2 s with fewer replicas
)

// tally counts what happened in a world, by name.
type tally map[string]int

// TestSim plays N worlds from SEED. Every second one exchanges over sessions of docsync,
// the others by datagrams that are lost, doubled and overtake each other.
func TestSim(t *testing.T) {
	proof.Need(t)
	first, n := proof.Runs(t, short)
	began := time.Now()
	program := filepath.Join(t.TempDir(), "replica.test")
	if err := plant.Test(t.Context(), program, pkg, remembering...); err != nil {
		t.Fatal(err)
	}
	var lock sync.Mutex
	sum, lost := tally{}, 0
	seeds := make(chan uint64)
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			for seed := range seeds {
				of := size(seed-first, n)
				got, err := play(t.Context(), program, seed, of)
				lock.Lock()
				if sum.add(got); err != nil {
					lost++
					t.Errorf("%v\nagain: REPLICAS=%d make sim N=1 SEED=%d", err, of, seed)
				}
				lock.Unlock()
			}
		})
	}
	for seed := first; seed < first+uint64(n); seed++ {
		seeds <- seed
	}
	close(seeds)
	workers.Wait()
	caught := canaries(t)
	proof.Say("sim", "%s, seeds %d-%d (%d over sync, %d by datagrams); %d edits said to be saved; "+
		"%d crashes (%d with %d items not on disk yet), %d clocks set within 10 years, %d equivocators, %d forged changes, "+
		"%d bytes of nobody, %d records without right; %d members equal, %d outside knew the same members; worlds that failed: %d; "+
		"canaries caught: %s; %.0f s",
		sizes(n), first, first+uint64(n)-1, sum["over sync"], n-sum["over sync"], sum["saved"],
		sum["crashes"], sum["torn"], sum["unsaved"], sum["jumps"], sum["equivocators"], sum["forged"],
		sum["garbage"], sum["usurped"], sum["members"], sum["left"], lost,
		strings.Join(caught, ", "), time.Since(began).Seconds())
}

// size is how many replicas the i-th of n worlds has; a world that is played again has
// REPLICAS.
func size(i uint64, n int) int {
	if asked, err := strconv.Atoi(os.Getenv("REPLICAS")); err == nil {
		return asked
	}
	if n < many && i > 1 {
		return fewer
	}
	return replicas
}

// sizes is the same in words.
func sizes(n int) string {
	if n < many && n > 2 {
		return fmt.Sprintf("2 worlds of %d replicas and %d of %d", replicas, n-2, fewer)
	}
	return fmt.Sprintf("%d worlds of %d replicas", n, replicas)
}

// play has a program play one world. The error tells what it said of the end.
func play(ctx context.Context, program string, seed uint64, replicas int) (tally, error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	sync := int(seed % 2)
	c := exec.CommandContext(ctx, program, "-test.run=^TestWorld$", "-test.v")
	c.Env = append(os.Environ(), fmt.Sprintf("WORLD=%d %d %d", seed, replicas, sync))
	out, err := c.CombinedOutput()
	for line := range bytes.Lines(out) {
		if text, is := bytes.CutPrefix(line, []byte("world: ")); is && err == nil {
			got := tally{}
			if err := json.Unmarshal(text, &got); err != nil {
				return nil, err
			}
			got["over sync"] = sync
			return got, nil
		}
	}
	if err == nil {
		err = errors.New("it was not played")
	}
	return nil, fmt.Errorf("world %d: %w: %s", seed, err, end(out))
}

// end is the last of what a program has said.
func end(out []byte) []byte {
	const most = 4000
	return out[max(0, len(out)-most):]
}

func (a tally) add(b tally) {
	for name, n := range b {
		a[name] += n
	}
}
