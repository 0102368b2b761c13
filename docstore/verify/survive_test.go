//go:build cgo && (linux || darwin)

package verify_test

import (
	"os"
	"strconv"
	"testing"
	"time"

	"corkboard/docstore/engine"
	"corkboard/docstore/verify"
	"corkboard/docstore/verify/mutant"
	"corkboard/internal/racefree"
)

// mutants is how many are tried and how many before them are left out:
// CORKBOARD_MUTANTS and CORKBOARD_MUTANTS_SKIP, whole hundreds, say otherwise.
func mutants() (n, skip int) {
	n, err := strconv.Atoi(os.Getenv("CORKBOARD_MUTANTS"))
	if err != nil {
		n = 4000
	}
	skip, err = strconv.Atoi(os.Getenv("CORKBOARD_MUTANTS_SKIP"))
	if err != nil {
		skip = 0
	}
	return n, skip
}

// placesOf feeds a history.
func placesOf(t testing.TB, history []*verify.Decoded) *verify.Places {
	t.Helper()
	p := verify.NewPlaces()
	for _, d := range history {
		if _, err := p.Add(d); err != nil {
			t.Fatalf("a change of our own: %v", err)
		}
	}
	return p
}

func TestTheCoreSurvivesWhatIsAccepted(t *testing.T) {
	racefree.Long(t)
	n, skip := mutants()
	began := time.Now()
	r, err := mutant.Survive(t.Context(), t.TempDir(), skip, n)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v\n%.0f s", r, time.Since(began).Seconds())
	if !r.Survived() {
		t.Error("they did harm, or too few were accepted to show anything")
	}
}

// The rules are needed: without either half, mutants kill the native core, and
// others make saves that can never be loaded again.
func TestWithoutTheRulesTheCoreDies(t *testing.T) {
	p, err := mutant.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for name, refusedBy := range map[string]func(d *verify.Decoded, fits error) bool{
		"Change": func(d *verify.Decoded, fits error) bool { return d == nil },
		"Places": func(d *verify.Decoded, fits error) bool { return d != nil && fits != nil },
	} {
		var aborts, spoiled int
		err := mutant.Each(engine.Native(), 0, 3000, func(x mutant.Trial, d *verify.Decoded, fits error) bool {
			if !refusedBy(d, fits) {
				return true
			}
			x.On = mutant.Native
			o, err := p.Try(x)
			if err != nil {
				t.Fatal(err)
			}
			if o.Aborted {
				aborts++
			} else if o.Spoiled {
				spoiled++
			}
			return aborts == 0 || spoiled == 0
		})
		if err != nil {
			t.Fatal(err)
		}
		if aborts == 0 || spoiled == 0 {
			t.Errorf("%s: what it refuses killed the core %d times and spoiled %d documents", name, aborts, spoiled)
		}
	}
}
