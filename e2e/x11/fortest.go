package x11

import (
	"os"
	"testing"
)

// Wanted skips a test of a real window unless CORKBOARD_E2E=1 says that such tests
// are wanted.
func Wanted(t testing.TB) {
	t.Helper()
	if os.Getenv("CORKBOARD_E2E") != "1" {
		t.Skip("a real window is needed: make e2e")
	}
}

// ForTest opens the display of a test of a real window and closes it with the
// test. It skips the test unless it is Wanted; then a missing display is a failure.
func ForTest(t testing.TB) *Display {
	t.Helper()
	Wanted(t)
	d, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}
