//go:build linux

package lab

import (
	"os"
	"os/exec"
	"testing"
)

// Need skips the test where no networks can be made. As root under CI=true it fails
// instead.
func Need(t testing.TB) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("lab: networks need root")
	}
	why := ""
	if _, err := exec.LookPath("ip"); err != nil {
		why = "lab: networks need the program ip (apt-get install iproute2)"
	} else if out, err := exec.Command("ip", "netns", "list").CombinedOutput(); err != nil {
		why = "lab: this system has no network namespaces: " + string(out)
	}
	switch {
	case why == "":
	case os.Getenv("CI") == "true":
		t.Fatal(why)
	default:
		t.Skip(why)
	}
}
