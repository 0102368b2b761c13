//go:build linux

package powercut

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"corkboard/internal/lab"
	"corkboard/internal/ledger"
	"corkboard/internal/plant"
	"corkboard/internal/proof"
	"corkboard/media"
)

func TestMain(m *testing.M) {
	media.MaybeWorker()
	ledger.Child(childEnv, maxLife, edit)
	os.Exit(m.Run())
}

// cutsPerRun is how many cuts are made of one recording.
const cutsPerRun = 50

// The faults that a harness like this must see.
var canaries = map[string]plant.Fault{
	"synchronous=NORMAL":             {File: "sqlite/db.go", Old: "return 2 // FULL", New: "return 1"},
	"no sync of folders of files":    {File: "blobs/syncfolder_other.go", Old: "return d.Sync()", New: "return nil"},
	"no sync of folders of settings": {File: "docstore/header.go", Old: "return syncDir(filepath.Dir(path))", New: "return nil"},
}

// canaryCuts is how many cuts a planted fault may survive before it counts as unseen.
const canaryCuts = 400

// sum is what many cuts have shown.
type sum struct {
	cuts, runs, acked, blobs, lost, problems int
	notes                                    []string
}

func (s *sum) add(seed uint64, f found) {
	s.cuts++
	s.acked += f.acked
	s.blobs += f.blobs
	s.lost += len(f.lost)
	s.problems += len(f.problems)
	for _, n := range append(f.lost, f.problems...) {
		if len(s.notes) < 20 {
			s.notes = append(s.notes, fmt.Sprintf("seed %d: %s", seed, n))
		}
	}
}

// play makes one cut for each seed until enough losses are found; 0 is never.
func play(t *testing.T, dir, program string, first uint64, n, enough int) (s sum) {
	t.Helper()
	var r recording
	for i := range n {
		seed := first + uint64(i)
		if i%cutsPerRun == 0 {
			var err error
			if r, err = record(makeFolder(t, dir, fmt.Sprintf("run-%d", seed)), program); err != nil {
				t.Fatalf("seed %d: recording: %v", seed, err)
			}
			s.runs++
		}
		random := rand.New(rand.NewPCG(seed, 8))
		at := r.begin + random.IntN(len(r.list)-r.begin+1)
		d := cut(r.list, at, random)
		f, err := inspect(makeFolder(t, dir, fmt.Sprintf("cut-%d", seed)), d, r.before(at))
		if err != nil {
			t.Fatalf("seed %d: the power went before write %d of %d: %v", seed, at, len(r.list), err)
		}
		if enough == 0 && s.lost+s.problems == 0 && len(f.lost)+len(f.problems) > 0 {
			image := filepath.Join(os.TempDir(), fmt.Sprintf("powercut-%d-%d.img", os.Getpid(), seed))
			t.Errorf("seed %d: the disk is kept as %s (%v)", seed, image, d.save(image))
		}
		for _, note := range append(f.lost, f.problems...) {
			t.Logf("seed %d: %s", seed, note)
		}
		s.add(seed, f)
		if enough > 0 && s.lost >= enough {
			break
		}
	}
	return s
}

func TestNothingAcknowledgedIsLost(t *testing.T) {
	proof.Need(t)
	lab.NeedTools(t, "/dev/fuse", "/dev/loop-control", "losetup", "mkfs.ext4", "e2fsck", "mount", "umount")
	first, n := proof.Runs(t, 30)
	dir := workshop(t)
	began := time.Now()
	s := play(t, dir, os.Args[0], first, n, 0)
	for _, note := range s.notes {
		t.Errorf("%s\nplay it again: make powercut SEED=%d N=%d", note, first, n)
	}
	t.Logf("%d cuts in %v", s.cuts, time.Since(began))
	caught := ""
	for name, fault := range canaries {
		program := filepath.Join(dir, "planted")
		if err := plant.Test(t.Context(), program, "./proof/powercut", fault); err != nil {
			t.Fatal(err)
		}
		c := play(t, dir, program, first, canaryCuts, 1)
		if c.lost == 0 {
			t.Errorf("canary: %d cuts have not found %q", c.cuts, name)
		}
		t.Logf("canary: %q: %q", name, c.notes)
		caught += fmt.Sprintf(", %s found after %d cuts", name, c.cuts)
	}
	proof.Say("powercut", "%d cuts (seeds %d-%d) of %d recorded runs: %d acknowledged edits and %d files compared, %d lost, %d problems%s, %.0f s",
		s.cuts, first, first+uint64(n)-1, s.runs, s.acked, s.blobs, s.lost, s.problems, caught, time.Since(began).Seconds())
}
