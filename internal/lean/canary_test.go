package lean

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/internal/plant"
)

// A bound that a decoder lacks is found by its committed corpus: by what the target checks, and by the
// budget alone where nothing else shows it.
func TestAMissingBoundIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the tests of net/wire three times")
	}
	limit := plant.Fault{File: "net/wire/frame.go", Old: "if n == 0 || uint64(n) > uint64(max(limit, 0)) {", New: "if n == 0 {"}
	trust := plant.Fault{File: "net/wire/frame.go", Old: "b := make([]byte, 0, min(n, frameStep))", New: "b := make([]byte, 0, min(n, 1<<28))"}
	for _, c := range []struct {
		name   string
		faults []plant.Fault
		says   string // "" where all is well
	}{
		{"none is missing", nil, ""},
		{"frames of any length", []plant.Fault{limit}, "are allowed"},
		{"a length that is believed", []plant.Fault{limit, trust}, "MiB, three times"},
	} {
		out := filepath.Join(t.TempDir(), "wire.test")
		if err := plant.Test(t.Context(), out, "./net/wire", c.faults...); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		cmd := exec.CommandContext(ctx, out, "-test.run", "^FuzzFrame$")
		cmd.Dir = t.TempDir()
		said, err := cmd.CombinedOutput()
		cancel()
		if (err != nil) != (c.says != "") || !strings.Contains(string(said), c.says) {
			t.Errorf("%s: %v: %s", c.name, err, said)
		}
	}
}
