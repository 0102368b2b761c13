//go:build linux

package together

import (
	"os"
	"testing"

	"corkboard/e2e/prog"
	"corkboard/internal/lab"
)

func TestMain(m *testing.M) {
	lab.Play(roles)
	os.Exit(prog.Main(m))
}
