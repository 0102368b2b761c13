package probe

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var kept []byte

// What a process holds more is read as more, and what it has let go is not.
func TestReading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "probe")
	t.Setenv(Variable, path)
	Begin()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ask := func() Reading {
		r, err := Ask(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	before := ask()
	kept = make([]byte, 16<<20)
	stop := make(chan struct{})
	go func() { <-stop }()
	during := ask()
	if grown := during.Heap - before.Heap; grown < 16<<20 || grown > 17<<20 || during.Goroutines <= before.Goroutines {
		t.Errorf("%d bytes and %d goroutines more", grown, during.Goroutines-before.Goroutines)
	}
	if !strings.Contains(during.Stacks, "TestReading") {
		t.Errorf("stacks: %s", during.Stacks)
	}
	kept = nil
	close(stop)
	if after := ask(); after.Heap > before.Heap+1<<20 {
		t.Errorf("%d bytes stay", after.Heap-before.Heap)
	}
}
