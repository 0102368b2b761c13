// Package model holds what two people do on a board, and take back, against a small model
// of it.
package model

import (
	"bufio"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/internal/plant"
	"corkboard/internal/proof"
)

const (
	short       = 2000 // sequences
	smoke       = 100  // of every test run
	shortest    = 15   // acts
	longest     = 60
	engineShare = 500 // one sequence of so many is played over stores as well
	fewReal     = 10
)

// inMemory is a table in memory, where both see the same at once.
func inMemory() table {
	mine := doctest.NewStore()
	id := doctest.ID("board")
	mine.Create(id, board.Create("board", ""))
	var t table
	for i, s := range []doc.Store{mine, mine.Beside()} {
		t.desks[i] = doc.Open(s, id, "board", board.Codec{})
	}
	return t
}

// acts draws a sequence. Who writes a value writes one that nobody has written.
func acts(t *rapid.T) []act {
	one := rapid.Custom(func(t *rapid.T) act {
		return act{
			Who: rapid.IntRange(0, 1).Draw(t, "who"), What: rapid.SampledFrom(kinds).Draw(t, "what"),
			Pick: rapid.IntRange(1, 1<<10).Draw(t, "pick"),
		}
	})
	list := rapid.SliceOfN(one, shortest, longest).Draw(t, "acts")
	for i := range list {
		list[i].Serial, list[i].X, list[i].Y = i+1, 1000+i*i, 3*i+1
	}
	return list
}

// sequences plays n of them from a seed, and says how many had what effect. What it
// finds is shrunk and kept as a fixture, if there is a place for it.
func sequences(t *testing.T, name string, seed uint64, n int, open func() table) map[string]int {
	t.Helper()
	for flags, v := range map[string]string{"rapid.checks": strconv.Itoa(n), "rapid.seed": strconv.FormatUint(seed, 10), "rapid.nofailfile": "true"} {
		if err := flag.Set(flags, v); err != nil {
			t.Fatal(err)
		}
	}
	did := map[string]int{}
	var found []act
	t.Run(name, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			list := acts(t)
			g := newGame(open())
			if err := g.play(list); err != nil {
				found = list
				t.Fatal(err)
			}
			did["sequences"]++
			for what, n := range g.did {
				did[what] += n
				did["acts"] += n
			}
		})
	})
	if found != nil {
		t.Errorf("found: %s; again: make model N=%d SEED=%d", keep(t, found), n, seed)
	}
	return did
}

// keep writes a fixture.
func keep(t *testing.T, found []act) string {
	for i := 0; i < len(found); { // acts that do not matter
		without := slices.Delete(slices.Clone(found), i, i+1)
		if newGame(inMemory()).play(without) != nil {
			found = without
		} else {
			i++
		}
	}
	var text strings.Builder
	for _, a := range found {
		fmt.Fprintln(&text, a)
	}
	sum := sha256.Sum256([]byte(text.String()))
	path := filepath.Join("testdata", fmt.Sprintf("found-%x.txt", sum[:4]))
	if os.Getenv(planted) != "" {
		return text.String()
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
		t.Error(err)
	}
	return path
}

func TestBoardsInMemory(t *testing.T) { sequences(t, "memory", 1, smoke, inMemory) }

// Whatever was found once is played again.
func TestFixtures(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d fixtures, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			var list []act
			for lines := bufio.NewScanner(f); lines.Scan(); {
				var a act
				if _, err := fmt.Sscan(lines.Text(), &a.Who, &a.What, &a.Pick, &a.X, &a.Y, &a.Serial); err != nil {
					t.Fatalf("%q: %v", lines.Text(), err)
				}
				list = append(list, a)
			}
			if err := newGame(inMemory()).play(list); err != nil {
				t.Error(err)
			}
		})
	}
}

// planted names the environment of a test binary with a fault.
const planted = "MODEL_PLANTED"

func TestModel(t *testing.T) {
	proof.Need(t)
	if os.Getenv(planted) != "" {
		t.Skip("a canary")
	}
	seed, n := proof.Runs(t, short)
	began := time.Now()
	memory := sequences(t, "memory", seed, n, inMemory)
	real := sequences(t, "engine", seed, max(n/engineShare, fewReal), onStores(t))
	differed := map[bool]int{true: 1}[t.Failed()]
	proof.Say("model", "%d sequences in memory and %d over stores that meet now and then, seed %d; %d and %d acts with effect, "+
		"%d and %d undone, %d and %d done again; differences: %d; canaries caught: %s; %.0f s",
		memory["sequences"], real["sequences"], seed, memory["acts"], real["acts"], memory["undo"], real["undo"],
		memory["redo"], real["redo"], differed, strings.Join(canaries(t), ", "), time.Since(began).Seconds())
}

// canaries are faults that the sequences must find.
func canaries(t *testing.T) (caught []string) {
	for name, fault := range map[string]plant.Fault{
		"undo without guards": {File: "doc/guard.go", Old: "v, ok := src.Value(g.Edit.At())", New: "v, ok := src.Value(g.Edit.At())\n\tif ok || !ok {\n\t\treturn true\n\t}"},
	} {
		program := filepath.Join(t.TempDir(), "planted.test")
		if err := plant.Test(t.Context(), program, "./proof/model", fault); err != nil {
			t.Fatal(err)
		}
		c := exec.CommandContext(t.Context(), program, "-test.run=^TestBoardsInMemory$")
		c.Env = append(os.Environ(), planted+"=1")
		if said, err := c.CombinedOutput(); err == nil || !strings.Contains(string(said), errDiffers.Error()) {
			t.Errorf("canary: %d sequences do not notice %s: %s", smoke, name, said)
			continue
		}
		caught = append(caught, name)
	}
	return caught
}
