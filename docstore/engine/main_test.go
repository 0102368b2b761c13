package engine

import (
	"fmt"
	"os"
	"testing"
)

// For all tests: a cache of compiled code, and what to do when they are over.
var (
	TestCache string
	AtEnd     []func()
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "engine")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	TestCache = dir
	code := m.Run()
	for _, f := range AtEnd {
		f()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}
