// Package proof is what the harnesses under proof have in common: when they run, how
// much, from which seed, and the line that says what came of it.
//
// A harness is a package of tests that do nothing unless `make` asks for them. Each
// plays runs that follow from a seed alone, and shows with a planted fault
// (internal/plant) that it would see one.
package proof

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// Need skips the test unless its harness was asked for by `make`, or by PROOF=1.
func Need(t testing.TB) {
	t.Helper()
	if os.Getenv("PROOF") == "" {
		t.Skip("a harness: make names it, or PROOF=1 runs it")
	}
}

// Runs is how many runs N asks for, and the seed SEED of the first; otherwise the
// given number, and seed 1.
func Runs(t testing.TB, otherwise int) (first uint64, n int) {
	t.Helper()
	return number(t, "SEED", 1), int(number(t, "N", uint64(otherwise)))
}

func number(t testing.TB, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		t.Fatalf("%s=%s is no number", name, text)
	}
	return n
}

// Eventually asks again and again until something is so. It is false if the context ends first.
func Eventually(ctx context.Context, so func() bool) bool {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// Say prints the closing line of a harness. It begins with the name of its target.
func Say(harness, format string, args ...any) {
	fmt.Printf("proof: %s: %s\n", harness, fmt.Sprintf(format, args...))
}
