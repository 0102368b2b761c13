package x11

import (
	"os"
	"testing"
)

// ForTest opens the display of a test of a real window and closes it with the
// test. It skips the test unless CORKBOARD_E2E=1 says that such tests are
// wanted; then a missing display is a failure.
func ForTest(t testing.TB) *Display {
	t.Helper()
	if os.Getenv("CORKBOARD_E2E") != "1" {
		t.Skip("a real window is needed: make e2e")
	}
	d, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}
