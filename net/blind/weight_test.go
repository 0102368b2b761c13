package blind

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"corkboard/internal/racefree"
)

const weighedDir = "CORKBOARD_BLIND_WEIGH_DIR"

// tenThousand documents are twice as many items: a genesis and a change.
const tenThousand = 20_000

// mostMemory is the budget of a process with that many items, in kB.
const mostMemory = 150 << 10

// beWeighed takes in and gives out the items of 10,000 documents, and says what the
// process holds afterwards, and has held at most, in kB.
func beWeighed(dir string, out io.Writer) error {
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	tenant, err := s.AddTenant(secretOf(1), 0)
	if err != nil {
		return err
	}
	id, err := s.Register(tenant, secretOf(2))
	if err != nil {
		return err
	}
	n, err := s.Namespace(context.Background(), id)
	if err != nil {
		return err
	}
	defer n.Close()
	for n.Last() < tenThousand {
		items := make([]Item, 200)
		for i := range items {
			if items[i], err = drawItem(rand.Reader, 1024); err != nil {
				return err
			}
		}
		if err := n.Put(items); err != nil {
			return err
		}
	}
	for _, e := range n.After(0, tenThousand) {
		if _, err := n.Bytes(e.Key); err != nil {
			return err
		}
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmRSS:") || strings.HasPrefix(line, "VmHWM:") {
			fmt.Fprint(out, line)
		}
	}
	return nil
}

func TestTenThousandDocumentsFitIntoTheBudget(t *testing.T) {
	racefree.Long(t)
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("no way to ask for memory here")
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), weighedDir+"="+t.TempDir())
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		t.Fatal(err)
	}
	var peak, now int
	if _, err := fmt.Sscanf(string(out), "VmHWM: %d kB\nVmRSS: %d kB", &peak, &now); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	t.Logf("%d items: %d MB, at most %d MB", tenThousand, now>>10, peak>>10)
	if peak > mostMemory {
		t.Errorf("%d kB, of %d", peak, mostMemory)
	}
}
