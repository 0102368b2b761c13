package killtest_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"corkboard/docstore"
	"corkboard/docstore/killtest"
)

const childDir = "CORKBOARD_KILLTEST_DIR"

func options() docstore.Options {
	return docstore.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Idle: 5 * time.Millisecond}
}

// TestMain makes this program its own victim.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := killtest.Child(dir, options(), os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func TestKilledAtAnyMomentNothingAcknowledgedIsLost(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 1))
	var acked bytes.Buffer
	for run := range 10 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childDir+"="+dir)
		var out, fault bytes.Buffer
		child.Stdout, child.Stderr = &out, &fault
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(1+r.IntN(250))*time.Millisecond, func() { _ = child.Process.Kill() })
		_ = child.Wait() // killed, as it should be
		timer.Stop()
		if fault.Len() > 0 {
			t.Fatalf("run %d: the child says: %s", run, fault.String())
		}
		if i := bytes.LastIndexByte(out.Bytes(), '\n'); i >= 0 {
			acked.Write(out.Bytes()[:i+1])
		}
		if err := killtest.Check(dir, options(), acked.String()); err != nil {
			t.Fatalf("run %d: %v", run, err)
		}
	}
	if acked.Len() == 0 {
		t.Fatal("no child lived long enough to save anything")
	}
	t.Logf("%d acknowledged edits", bytes.Count(acked.Bytes(), []byte("\n")))
}

func TestALostEditIsNoticed(t *testing.T) {
	dir := t.TempDir()
	s, err := docstore.Open(dir, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := killtest.Check(dir, options(), "0 0\n"); err == nil {
		t.Fatal("a document that is not there was not missed")
	}
}
