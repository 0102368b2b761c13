package kill9

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"corkboard/internal/ledger"
)

// roundsPerProfile is how often one profile is killed before a fresh one.
const roundsPerProfile = 30

// Options say how to hunt.
type Options struct {
	Dir  string // for profiles; they are removed on the way
	Runs int
	Seed uint64
	Liar bool // the victim acknowledges too early: losses must be found
	// Enough ends the hunt after so many losses; 0 is never.
	Enough int
}

// Result is what a hunt found.
type Result struct {
	Runs, Acked, Lost, Integrity int
	Opening, Closing             int // runs that were killed, or tried, at that moment
	ReopenMax                    time.Duration
	Notes                        []string // the first losses and problems, in words
}

// String is the line that people and programs read.
func (r Result) String() string {
	return fmt.Sprintf("kill9 runs=%d acked=%d lost=%d integrity=%d reopen_max_ms=%d",
		r.Runs, r.Acked, r.Lost, r.Integrity, r.ReopenMax.Milliseconds())
}

// maxNotes bounds Result.Notes.
const maxNotes = 20

func (r *Result) note(run int, words []string) {
	for _, w := range words {
		if len(r.Notes) < maxNotes {
			r.Notes = append(r.Notes, fmt.Sprintf("run %d: %s", run, w))
		}
	}
}

// Run kills a victim Options.Runs times. The error tells that the hunt itself
// went wrong; losses are in the Result. It blocks.
func Run(ctx context.Context, o Options) (r Result, err error) {
	random := rand.New(rand.NewPCG(o.Seed, 9))
	var profile string
	var said *ledger.Ledger
	for r.Runs < o.Runs && (o.Enough == 0 || r.Lost < o.Enough) {
		if r.Runs%roundsPerProfile == 0 {
			if err := discard(profile); err != nil {
				return r, err
			}
			profile, said = filepath.Join(o.Dir, fmt.Sprintf("profile-%d", r.Runs)), ledger.New()
		}
		plan := newPlan(random, orders{profile: profile, run: fmt.Sprintf("r%d", r.Runs), liar: o.Liar})
		before := said.Acked
		if err := plan.hunt(ctx, said); err != nil {
			return r, fmt.Errorf("run %d: %w", r.Runs, err)
		}
		if random.IntN(4) == 0 { // then documents come from the log alone
			if err := dropCache(profile); err != nil {
				return r, err
			}
		}
		f, err := inspect(profile, said)
		if err != nil {
			return r, fmt.Errorf("run %d: %w", r.Runs, err)
		}
		r.take(plan, said.Acked-before, f)
		if len(f.lost) > 0 { // what is lost once is not counted again
			if err := discard(profile); err != nil {
				return r, err
			}
			said = ledger.New()
		}
	}
	return r, discard(profile)
}

func (r *Result) take(p plan, acked int, f findings) {
	r.note(r.Runs, f.lost)
	r.note(r.Runs, f.problems)
	r.Runs++
	r.Acked += acked
	r.Lost += len(f.lost)
	r.Integrity += len(f.problems)
	r.ReopenMax = max(r.ReopenMax, f.reopen)
	switch p.after {
	case atStart:
		r.Opening++
	case atClosing:
		r.Closing++
	}
}

func discard(profile string) error {
	if profile == "" {
		return nil
	}
	if err := os.RemoveAll(profile); err != nil {
		return fmt.Errorf("removing a profile: %w", err)
	}
	return nil
}

func dropCache(profile string) error {
	list, err := filepath.Glob(filepath.Join(profile, "cache.db*"))
	for _, path := range list {
		if err == nil {
			err = os.Remove(path)
		}
	}
	if err != nil {
		return fmt.Errorf("removing a cache: %w", err)
	}
	return nil
}
