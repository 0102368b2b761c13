//go:build linux

package ioerr

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"corkboard/internal/lab"
	"corkboard/internal/ledger"
	"corkboard/internal/plant"
	"corkboard/internal/proof"
	"corkboard/media"
)

func TestMain(m *testing.M) {
	media.MaybeWorker()
	ledger.Child(childEnv, maxLife, edit)
	os.Exit(m.Run())
}

// scenarios of a disk that is full, and of one that cannot be written.
const scenarios = 10

// faults are all that can be made of one run, in an order in which neighbours differ.
func faults(t *testing.T, dir string) (out []fault) {
	t.Helper()
	most, calls := 0, map[string]int{}
	for n, family := range families {
		r, err := run(os.Args[0], filepath.Join(dir, fmt.Sprintf("clean-%d", n)), fault{calls: family})
		must(t, err)
		if !r.done {
			t.Fatalf("without an error it says %q", r.why)
		}
		calls[family] = r.calls
		most = max(most, r.calls)
	}
	for when := 1; when <= most; when++ {
		for _, family := range families {
			for _, sticky := range []bool{false, true} {
				if when <= calls[family] {
					out = append(out, fault{family, when, sticky})
				}
			}
		}
	}
	return out
}

func TestNothingAcknowledgedIsLostOnADiskThatFails(t *testing.T) {
	proof.Need(t)
	lab.NeedTools(t, "strace", "mount", "umount")
	first, n := proof.Runs(t, 40)
	dir, began := t.TempDir(), time.Now()
	all := faults(t, dir)
	n = min(n, len(all))
	var acked, lost, silent, ended int
	for i := range n {
		f := all[(int(first-1)+i*len(all)/n)%len(all)]
		profile := filepath.Join(dir, fmt.Sprintf("profile-%d", i))
		r, err := run(os.Args[0], profile, f)
		must(t, err)
		gone, err := r.lost(t.Context(), profile)
		if err != nil {
			t.Errorf("%v: opening again: %v", f, err)
		}
		acked += r.book.Acked + len(r.files)
		lost += len(gone)
		for _, g := range gone {
			t.Errorf("%v: %s", f, g)
		}
		if r.done {
			ended++
		} else if r.late {
			silent++
			t.Errorf("%v: it stands still and says nothing: %s", f, r.why)
		} else if r.why == "" {
			silent++
			t.Errorf("%v: it ended without a word", f)
		}
		must(t, os.RemoveAll(profile))
	}
	for i := range uint64(scenarios) {
		random := rand.New(rand.NewPCG(first+i, 5))
		full(t, t.Context(), filepath.Join(dir, fmt.Sprintf("full-%d", i)), random)
		readOnly(t, t.Context(), filepath.Join(dir, fmt.Sprintf("readonly-%d", i)), random)
	}
	proof.Say("ioerr", "%d runs of %d (from %d): %d edits and files acknowledged, %d lost, %d runs came to their end, %d ended without a word, %d full and %d read-only disks, %s, %.0f s",
		n, len(all), first, acked, lost, ended, silent, scenarios, scenarios, canary(t, dir, all), time.Since(began).Seconds())
}

// canary lets writes fail under a program that takes a failed commit for a good one.
func canary(t *testing.T, dir string, all []fault) string {
	t.Helper()
	program := filepath.Join(dir, "planted")
	must(t, plant.Test(t.Context(), program, "./proof/ioerr", plant.Fault{
		File: "sqlite/tx.go", Old: "if err := tx.Commit(); err != nil {", New: "if err := tx.Commit(); false {",
	}))
	var writes []fault
	for _, f := range all {
		if f.calls == "pwrite64" && f.sticky {
			writes = append(writes, f)
		}
	}
	const most = 12
	for i := range most {
		f := writes[(2*i+1)*len(writes)/(2*most)]
		profile := filepath.Join(dir, fmt.Sprintf("canary-%d", i))
		r, err := run(program, profile, f)
		must(t, err)
		if gone, err := r.lost(t.Context(), profile); err == nil && len(gone) > 0 {
			return fmt.Sprintf("a swallowed commit found in run %d", i+1)
		}
	}
	t.Errorf("canary: %d runs have not found a swallowed commit", most)
	return "canary not found"
}
