package bitflip

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/internal/plant"
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

// onlyEnv holds the beginning of the names of the files in which bits are flipped.
const onlyEnv = "CORKBOARD_BITFLIP_ONLY"

// canaryFlips is how many flips in files a planted fault may survive.
const canaryFlips = 12

// count is what the flips came to.
type count struct{ wrong, named, checked, closed, none int }

// play makes one flip for each seed.
func play(t *testing.T, dir string, o original, first uint64, n int) (c count) {
	t.Helper()
	for i := range n {
		seed := first + uint64(i)
		f, err := choose(o.dir, os.Getenv(onlyEnv), rand.New(rand.NewPCG(seed, 3)))
		must(t, err)
		copied := filepath.Join(dir, fmt.Sprintf("flip-%d", seed))
		must(t, copyOf(o.dir, copied))
		must(t, f.in(copied))
		if f.file == "log.db" && seed%2 == 0 { // then all comes from the log
			must(t, os.Remove(filepath.Join(copied, "cache.db")))
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		v, err := try(ctx, o, copied)
		cancel()
		if err != nil {
			t.Errorf("seed %d: %v: %v", seed, f, err)
		}
		must(t, os.RemoveAll(copied))
		for _, w := range v.wrong {
			t.Errorf("seed %d: %v: %s\nplay it again: make bitflip N=1 SEED=%d", seed, f, w, seed)
		}
		switch {
		case len(v.wrong) > 0:
			c.wrong++
		case v.closed != nil:
			c.closed++
			t.Logf("seed %d: %v: %v", seed, f, v.closed)
		case len(v.named) > 0:
			c.named++
		case len(v.checked) > 0:
			c.checked++
		default:
			c.none++
		}
	}
	return c
}

func TestNoFlipIsShownAsTrue(t *testing.T) {
	proof.Need(t)
	first, n := proof.Runs(t, 60)
	dir := workshop(t)
	began := time.Now()
	o := build(t, dir)
	c := play(t, dir, o, first, n)
	say := fmt.Sprintf("%d flips (seeds %d-%d): %d shown wrong, %d named, %d found by the check, %d kept the profile shut and said so, %d without effect",
		n, first, first+uint64(n)-1, c.wrong, c.named, c.checked, c.closed, c.none)
	if os.Getenv(onlyEnv) != "" {
		proof.Say("bitflip", "%s", say)
		return
	}
	heals := 1 + n/100
	for i := range heals {
		healFile(t, dir, o, first+uint64(i))
	}
	for i := range 4 * heals {
		healItem(t, dir, o, first+uint64(i))
		healAlone(t, dir, o, first+uint64(i))
	}
	proof.Say("bitflip", "%s, %d files and %d items of the log healed by a peer, %d by a backup, %s, %.0f s",
		say, heals, 4*heals, 4*heals, canary(t, dir), time.Since(began).Seconds())
}

// canary flips bits of files under a program that does not look at their hashes.
func canary(t *testing.T, dir string) string {
	t.Helper()
	program := filepath.Join(dir, "planted")
	must(t, plant.Test(t.Context(), program, "./proof/bitflip", plant.Fault{
		File: "blobs/verify.go", Old: "if got := idOf(h.Sum(nil)); got != id {", New: "if got := idOf(h.Sum(nil)); false {",
	}))
	cmd := exec.CommandContext(t.Context(), program, "-test.run", "TestNoFlip")
	cmd.Env = append(os.Environ(), onlyEnv+"=blobs", "SEED=1", fmt.Sprintf("N=%d", canaryFlips))
	said, _ := cmd.CombinedOutput() // it fails, if all is well
	var wrong int
	_, line, _ := strings.Cut(string(said), "): ")
	if _, err := fmt.Sscanf(line, "%d shown wrong", &wrong); err != nil || wrong == 0 {
		t.Errorf("canary: files without hashes: %v: %s", err, said)
	}
	return fmt.Sprintf("files without hashes found with %d of %d flips", wrong, canaryFlips)
}
