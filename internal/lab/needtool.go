//go:build linux

package lab

import (
	"os"
	"os/exec"
	"testing"
)

// NeedTools skips the test where the user is not root or a file or program that it
// names is not there; files begin with a slash, and are of the kernel. As root under
// CI=true it fails for want of a program instead, since programs can be installed.
func NeedTools(t testing.TB, names ...string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("lab: this needs root")
	}
	for _, name := range names {
		if name[0] == '/' {
			if _, err := os.Stat(name); err != nil {
				t.Skipf("lab: this system has no %s", name)
			}
			continue
		}
		_, err := exec.LookPath(name)
		switch {
		case err == nil:
		case os.Getenv("CI") == "true":
			t.Fatalf("lab: %s is missing: scripts/setup.sh proof", name)
		default:
			t.Skipf("lab: %s is missing: scripts/setup.sh proof", name)
		}
	}
}
