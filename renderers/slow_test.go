package renderers

import (
	"strings"
	"testing"
	"time"

	"corkboard/board"
)

func TestSlowWorkIsToldWithItsCause(t *testing.T) {
	now := time.Unix(0, 0)
	clock := func() time.Time { return now }
	var causes []string
	slow := func(cause string, _ time.Duration) { causes = append(causes, cause) }
	spend := func(d time.Duration, cause any) {
		done := measure(slow, clock, cause)
		now = now.Add(d)
		done()
	}
	spend(slowWork, board.Wheel{})
	spend(slowWork+1, board.Wheel{})
	spend(time.Second, (*BoardView).Sync)
	if len(causes) != 2 || causes[0] != "board.Wheel" || !strings.HasSuffix(causes[1], "Sync") {
		t.Errorf("told of %q", causes)
	}
}
