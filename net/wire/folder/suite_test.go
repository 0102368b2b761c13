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

// Each end has a folder of its own, and somebody copies what changes, in any order,
// late, and now and then by half.
func TestFoldersThatAreCopiedAreATransport(t *testing.T) {
	wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
		here, there := t.TempDir(), t.TempDir()
		a, b = start(t, Options{Dir: here}), start(t, Options{Dir: there})
		copies(t, here, there, a.Self(), b.Self())
		return known{a.(*Transport), there}, known{b.(*Transport), here}
	})
}
