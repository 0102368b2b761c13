package prog

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// Flags are the build flags of the one build.
var Flags = []string{"-buildvcs=false", "-tags", "migrated_fynedo"}

var build struct {
	dir  string // made and removed by Main
	once sync.Once
	path string
	err  error
}

// Main runs the tests of a package that calls Corkboard, and removes what was
// built. It is used as os.Exit(prog.Main(m)) in TestMain.
func Main(m *testing.M) int {
	dir, err := os.MkdirTemp("", "corkboard-e2e-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, "make a folder for the program:", err)
		return 1
	}
	defer os.RemoveAll(dir)
	build.dir = dir
	return m.Run()
}

// Corkboard returns the path of the program: $CORKBOARD_BIN, or else one that
// is built at the first call. The first call may take minutes.
func Corkboard(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("CORKBOARD_BIN"); path != "" {
		return path
	}
	if build.dir == "" {
		t.Fatal("the package's TestMain does not call prog.Main")
	}
	build.once.Do(func() {
		build.path = filepath.Join(build.dir, "corkboard")
		build.err = buildTo(build.path)
	})
	if build.err != nil {
		t.Fatal(build.err)
	}
	return build.path
}

func buildTo(path string) error {
	args := append([]string{"build"}, Flags...)
	out, err := exec.Command("go", append(args, "-o", path, "corkboard")...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("build corkboard: %w\n%s", err, out)
	}
	return nil
}
