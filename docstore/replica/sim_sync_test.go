package replica

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// The simulation once more, now over sessions of docsync: links break, networks
// part and heal, strangers get records only, the hostile scramble frames.

func TestSimulationOverSync(t *testing.T) {
	first, count := number("SEED", 1), number("SEEDS", 1)
	began := time.Now()
	sum := tally{}
	for seed := first; seed < first+count; seed++ {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			w := newWorld(t, seed, trust{})
			defer w.close()
			w.wire()
			if err := w.play(); err != nil {
				t.Errorf("SEED=%d: %v", seed, err)
			}
			sum.add(w.tally)
		})
	}
	lacks := sum.lacks()
	for _, name := range []string{"cut", "raised", "scrambled", "refused links"} {
		if sum[name] == 0 {
			lacks = append(lacks, name)
		}
	}
	if count >= 20 && len(lacks) > 0 {
		t.Errorf("the worlds are too tame, there is none of %v: %v", lacks, sum)
	}
	t.Logf("simulation over sync: seeds=%d replicas=%d %v seconds=%.1f", count, replicas, sum, time.Since(began).Seconds())
}

func TestSimulationOverSyncReplays(t *testing.T) {
	if raced || testing.Short() {
		t.Skip("takes two worlds")
	}
	var first []byte
	for n := range 2 {
		w := newWorld(t, 7, trust{})
		w.wire()
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
