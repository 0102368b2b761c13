package engine_test

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"corkboard/docstore/engine"
	"corkboard/docstore/engine/enginetest"
)

var cache string // folder of compiled code, for all tests

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "engine")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	cache = dir
	code := m.Run()
	if len(shared) > 0 {
		_ = oneForAll().Close()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// shared holds the sandbox that tests use which ask for nothing special.
var (
	shared    []*engine.Sandbox
	oneForAll = sync.OnceValue(func() *engine.Sandbox {
		s := engine.Sandboxed(engine.Options{Cache: cache})
		shared = append(shared, s)
		return s
	})
)

func sandbox(t testing.TB, o engine.Options) *engine.Sandbox {
	t.Helper()
	o.Cache = cache
	s := engine.Sandboxed(o)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestSandboxed(t *testing.T) { enginetest.Run(t, oneForAll()) }

// With room for one document, every other one is saved and loaded again when
// it is used.
func TestSandboxedWithRoomForOne(t *testing.T) {
	enginetest.Run(t, sandbox(t, engine.Options{VMs: 1, Tenants: 1}))
}
