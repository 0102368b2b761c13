package prog

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"sync"
	"testing"
)

// Flags are the build flags of the one build.
var Flags = []string{"-buildvcs=false", "-tags", "migrated_fynedo"}

var build struct {
	dir  string // made and removed by Main
	mu   sync.Mutex
	done map[string]built // by package
}

type built struct {
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
	build.dir, build.done = dir, map[string]built{}
	return m.Run()
}

// Corkboard returns the path of the program: $CORKBOARD_BIN, or else one that
// is built at the first call. The first call may take minutes.
func Corkboard(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("CORKBOARD_BIN"); path != "" {
		return path
	}
	return Build(t, "corkboard")
}

// Build returns the path of a program of the module, built at the first call.
func Build(t testing.TB, pkg string) string {
	t.Helper()
	if build.dir == "" {
		t.Fatal("the package's TestMain does not call prog.Main")
	}
	build.mu.Lock()
	defer build.mu.Unlock()
	b, ok := build.done[pkg]
	if !ok {
		b.path = filepath.Join(build.dir, path.Base(pkg))
		b.err = buildTo(b.path, pkg)
		build.done[pkg] = b
	}
	if b.err != nil {
		t.Fatal(b.err)
	}
	return b.path
}

func buildTo(path, pkg string) error {
	args := append([]string{"build"}, Flags...)
	out, err := exec.Command("go", append(args, "-o", path, pkg)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("build %s: %w\n%s", pkg, err, out)
	}
	return nil
}
