package plant

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The fault is in the program that is built, and nowhere else.
func TestAFaultIsPlanted(t *testing.T) {
	out := filepath.Join(t.TempDir(), "peer")
	f := Fault{File: "cmd/storage-peer/main.go", Old: "const help = `storage-peer keeps", New: "const help = `storage-peer loses"}
	if err := Program(t.Context(), out, "./cmd/storage-peer", f); err != nil {
		t.Fatal(err)
	}
	said, _ := exec.CommandContext(t.Context(), out, "help").CombinedOutput()
	if !strings.Contains(string(said), "storage-peer loses sealed boards") {
		t.Errorf("it says %q", said)
	}
}

// A fault whose place is gone is no canary any more, and says so.
func TestAFaultThatHasMoved(t *testing.T) {
	for _, old := range []string{"no such words in it", "func"} {
		err := Program(t.Context(), filepath.Join(t.TempDir(), "x"), "./cmd/storage-peer", Fault{File: "cmd/storage-peer/main.go", Old: old})
		if !errors.Is(err, ErrMoved) {
			t.Errorf("%q: %v", old, err)
		}
	}
}
