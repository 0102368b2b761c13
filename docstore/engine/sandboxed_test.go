package engine_test

import (
	"sync"
	"testing"

	"corkboard/docstore/engine"
	"corkboard/docstore/engine/enginetest"
)

// oneForAll is the sandbox of tests that ask for nothing special.
var oneForAll = sync.OnceValue(func() *engine.Sandbox {
	s := engine.Sandboxed(engine.Options{Cache: engine.TestCache})
	engine.AtEnd = append(engine.AtEnd, func() { _ = s.Close() })
	return s
})

func sandbox(t testing.TB, o engine.Options) *engine.Sandbox {
	t.Helper()
	o.Cache = engine.TestCache
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
