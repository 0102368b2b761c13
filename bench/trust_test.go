package main

import (
	"os"
	"testing"

	"corkboard/access"
	"corkboard/chunk"
	"corkboard/docstore/engine"
	"corkboard/docstore/verify/mutant"
)

// TestMain makes this program also the process in which a core may die.
func TestMain(m *testing.M) {
	mutant.MaybeChild()
	os.Exit(m.Run())
}

// anEngine is the one that the bench makes changes with.
func anEngine(t *testing.T) engine.Engine {
	t.Helper()
	if engine.HasNative {
		return engine.Native()
	}
	s := engine.Sandboxed(engine.Options{})
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestTheOverheadIsSeenFromOutside(t *testing.T) {
	w, err := newWriter(anEngine(t))
	if err != nil {
		t.Fatal(err)
	}
	defer w.engine.Close()
	for w.last.Number < 127 { // the numbers after it take one byte more
		change, err := w.move("Move card")
		if err != nil {
			t.Fatal(err)
		}
		c, b, err := w.seal(change)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.open(b); err != nil {
			t.Fatal(err)
		}
		w.last = c.Link()
	}
	if got, err := w.overhead(); err != nil || got != chunk.Overhead {
		t.Errorf("%d bytes, %v; package chunk says %d", got, err, chunk.Overhead)
	}
}

func TestMembersDecideAllSortsOfThings(t *testing.T) {
	c, err := newClub()
	if err == nil {
		err = c.live()
	}
	if err != nil {
		t.Fatal(err)
	}
	kinds, merges, size := map[access.Kind]int{}, 0, 0
	for _, record := range c.log.All() {
		kinds[record.Kind()]++
		size += len(record.Raw)
		if len(record.Parents) > 1 {
			merges++
		}
	}
	if len(kinds) < 9 || merges < 20 || c.log.Len() != logRecords {
		t.Errorf("%d records: %v, %d of them on several heads", c.log.Len(), kinds, merges)
	}
	t.Logf("%d bytes: %v, %d on several heads; void %v", size, kinds, merges, c.view.State().Void)
}

func TestMutantsAreCounted(t *testing.T) {
	r := results{}
	if err := survive(t.Context(), t.TempDir(), 200, r); err != nil {
		t.Fatal(err)
	}
	if r["verifier_accepts_core_survives"] != 1 || r["verifier_mutants"] != 200 || r["verifier_mutants_accepted"] < 10 {
		t.Errorf("got %v", r)
	}
	if err := survive(t.Context(), t.TempDir(), 0, r); err != nil || r["verifier_accepts_core_survives"] != 0 {
		t.Errorf("with no mutants: %v, %v", r, err)
	}
}
