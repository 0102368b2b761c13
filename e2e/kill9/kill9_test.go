package kill9

import (
	"flag"
	"os"
	"testing"
	"time"
)

var runs = flag.Int("runs", 5, "how often to kill")

func TestMain(m *testing.M) {
	MaybeChild()
	flag.Parse()
	os.Exit(m.Run())
}

// maxReopen is how long opening a killed profile may take.
const maxReopen = 2 * time.Second

func TestNothingAcknowledgedIsLost(t *testing.T) {
	r, err := Run(t.Context(), Options{Dir: t.TempDir(), Runs: *runs, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString(r.String() + "\n")
	if r.Lost > 0 || r.Integrity > 0 {
		t.Errorf("%s\n%q", r, r.Notes)
	}
	if r.Acked == 0 {
		t.Error("no victim acknowledged anything")
	}
	if r.ReopenMax > maxReopen {
		t.Errorf("reopening took %v", r.ReopenMax)
	}
}

// A store that says "saved" too early must be found out.
func TestALiarIsFoundOut(t *testing.T) {
	r, err := Run(t.Context(), Options{Dir: t.TempDir(), Runs: 40, Seed: 2, Liar: true, Enough: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Lost == 0 {
		t.Errorf("%s, although the victims acknowledged before saving", r)
	}
}
