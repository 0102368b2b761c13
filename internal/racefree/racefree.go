// Package racefree marks long tests of code that has one goroutine. `make race` leaves
// them out, since the race detector makes them ten times as long and has nothing to find.
package racefree

import "testing"

// Long skips the test where tests are to be short, as under `make race`.
func Long(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("one goroutine, and long: not under the race detector")
	}
}
