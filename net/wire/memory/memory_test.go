package memory_test

import (
	"testing"

	"corkboard/net/wire"
	"corkboard/net/wire/memory"
	"corkboard/net/wire/wiretest"
)

func TestMemoryIsATransport(t *testing.T) {
	wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
		n := memory.New(1, nil)
		return join(t, n, "a"), join(t, n, "b")
	})
}

func join(t *testing.T, n *memory.Network, name string) *memory.Transport {
	t.Helper()
	end, err := n.Join(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end.Close() })
	return end
}
