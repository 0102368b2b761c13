package bitflip

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"corkboard/internal/proof"
	"corkboard/media"
)

func TestMain(m *testing.M) {
	media.MaybeWorker()
	os.Exit(m.Run())
}

// workshop is where profiles lie: in memory, if the system has a folder for that.
func workshop(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "corkboard-bitflip-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func copyOf(from, to string) error {
	if out, err := exec.Command("cp", "-a", from, to).CombinedOutput(); err != nil {
		return fmt.Errorf("copying a profile: %w: %s", err, out)
	}
	return nil
}

func TestNoFlipIsShownAsTrue(t *testing.T) {
	proof.Need(t)
	first, n := proof.Runs(t, 60)
	dir := workshop(t)
	began := time.Now()
	o := build(t, dir)
	t.Logf("built in %v", time.Since(began))
	var wrong, named, closed, checked, unseen int
	for i := range n {
		seed := first + uint64(i)
		f, err := choose(o.dir, rand.New(rand.NewPCG(seed, 3)))
		must(t, err)
		copied := filepath.Join(dir, fmt.Sprintf("flip-%d", seed))
		must(t, copyOf(o.dir, copied))
		must(t, f.in(copied))
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		v, err := try(ctx, o, copied)
		cancel()
		if err != nil {
			t.Errorf("seed %d: %v: %v", seed, f, err)
		}
		must(t, os.RemoveAll(copied))
		for _, w := range v.wrong {
			t.Errorf("seed %d: %v: %s", seed, f, w)
		}
		t.Logf("seed %d: %v: closed %v, %d wrong, named %.200q, check %.200q", seed, f, v.closed, len(v.wrong), v.named, v.checked)
		switch {
		case len(v.wrong) > 0:
			wrong++
		case v.closed != nil:
			closed++
		case len(v.named) > 0:
			named++
		case len(v.checked) > 0:
			checked++
		default:
			unseen++
		}
	}
	proof.Say("bitflip", "%d flips (seeds %d-%d): %d shown wrong, %d named, %d found by the check, %d kept the profile shut and said so, %d without effect, %.0f s",
		n, first, first+uint64(n)-1, wrong, named, checked, closed, unseen, time.Since(began).Seconds())
}
