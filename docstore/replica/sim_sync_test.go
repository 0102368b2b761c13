package replica

import (
	"bytes"
	"testing"

	"corkboard/internal/racefree"
)

// The simulation once more, now over sessions of docsync: links break, networks
// part and heal, strangers get records only, the hostile scramble frames.

func TestSimulationOverSync(t *testing.T) {
	racefree.Long(t)
	w := newWorld(t, 1, few, true)
	defer w.close()
	if err := w.play(); err != nil {
		t.Error(err)
	}
	t.Logf("simulation over sync: replicas=%d %v", few, w.tally)
}

func TestSimulationOverSyncReplays(t *testing.T) {
	if raced || testing.Short() {
		t.Skip("takes two worlds")
	}
	var first []byte
	for n := range 2 {
		w := newWorld(t, 7, few, true)
		if err := w.play(); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			first = w.record.Sum(nil)
		} else if again := w.record.Sum(nil); !bytes.Equal(again, first) {
			t.Errorf("seed 7 gives %x, then %x", first, again)
		}
		w.close()
	}
}
