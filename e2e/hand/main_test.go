package hand

import (
	"os"
	"testing"

	"corkboard/e2e/prog"
	"corkboard/media"
)

func TestMain(m *testing.M) {
	media.MaybeWorker() // the profile is made here
	os.Exit(prog.Main(m))
}
