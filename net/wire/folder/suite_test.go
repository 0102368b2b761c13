package folder

import (
	"testing"

	"corkboard/net/wire"
	"corkboard/net/wire/wiretest"
)

func TestFolderIsATransport(t *testing.T) {
	wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
		dir := t.TempDir()
		return start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
	})
}

func start(t testing.TB, o Options) *Transport {
	t.Helper()
	at, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { at.Close() })
	return at
}
