package poison_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"corkboard/docstore/verify/poison"
)

const childPath = "CORKBOARD_POISON_PATH"

// TestMain makes this program also the process that dies.
func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		fmt.Fprintln(os.Stderr, die(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// die is killed while a core works on its second change.
func die(path string) error {
	j, left, err := poison.Open(path)
	if err != nil {
		return err
	}
	for _, s := range left {
		if err := j.Settle(s); err != nil {
			return err
		}
	}
	c, err := j.Begin("document", hash(1), hash(2), hash(3))
	if err != nil {
		return err
	}
	c.Step()
	me, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	if err := me.Kill(); err != nil {
		return err
	}
	select {}
}

func TestAKilledProcessLeavesItsChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "poison")
	for range 3 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childPath+"="+path)
		if out, err := child.CombinedOutput(); err == nil || len(out) > 0 {
			t.Fatalf("the child was not killed: %v, %s", err, out)
		}
		j, left, err := poison.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range left {
			got = append(got, fmt.Sprintf("%s %x", s.Document, s.Hash[:2]))
		}
		if want := named("document", 2, 3); !slices.Equal(got, want) {
			t.Errorf("left are %v, want %v", got, want)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhoLivesLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "poison")
	for range 2 {
		j, left, err := poison.Open(path)
		if err != nil || len(left) != 0 {
			t.Fatalf("left are %v, %v", left, err)
		}
		c, err := j.Begin("document", hash(1))
		if err != nil {
			t.Fatal(err)
		}
		c.End()
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := poison.Open(filepath.Join(path, "no", "folder")); err == nil {
		t.Error("a journal in no folder was opened")
	}
}

func BenchmarkBegin(b *testing.B) {
	j, _, err := poison.Open(filepath.Join(b.TempDir(), "poison"))
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	for b.Loop() {
		c, err := j.Begin("document", hash(1))
		if err != nil {
			b.Fatal(err)
		}
		c.End()
	}
}
