package solo

import (
	"os"
	"testing"

	"corkboard/e2e/prog"
)

func TestMain(m *testing.M) { os.Exit(prog.Main(m)) }
