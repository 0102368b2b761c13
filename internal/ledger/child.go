package ledger

import (
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"time"
)

// How a Child ends.
const (
	ChildFailed = 2 // its edits ended with an error, which its last line tells
	ChildLate   = 3 // it has lived too long; what its goroutines did is on its standard error
	childAlone  = 4 // who started it is gone
)

// Child is the editing program of a harness: if the environment has orders under a name, it
// edits by them, for at most a while and only as long as who started it holds its standard
// input, and does not return. Call it first in TestMain.
func Child(name string, most time.Duration, edit func(orders string) error) {
	orders := os.Getenv(name)
	if orders == "" {
		return
	}
	time.AfterFunc(most, func() {
		_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
		os.Exit(ChildLate)
	})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(childAlone)
	}()
	if err := edit(orders); err != nil {
		fmt.Printf("! %v\n", err)
		os.Exit(ChildFailed)
	}
	os.Exit(0)
}
