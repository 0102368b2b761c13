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
	NeedTools(t, "ip")
	if out, err := exec.Command("ip", "netns", "list").CombinedOutput(); err != nil {
		without(t, "lab: this system has no network namespaces: "+string(out))
	}
}

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
		} else if _, err := exec.LookPath(name); err != nil {
			without(t, "lab: "+name+" is missing: scripts/setup.sh e2e and proof install what is needed")
		}
	}
}

// without ends the test: CI has to have what others may lack.
func without(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}
