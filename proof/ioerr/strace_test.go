//go:build linux

package ioerr

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"corkboard/app"
	"corkboard/blobs"
	"corkboard/docstore"
	"corkboard/internal/ledger"
)

// families are the system calls that fail together.
var families = []string{"fsync,fdatasync", "pwrite64", "openat", "rename,renameat,renameat2"}

// fault is the call that fails.
type fault struct {
	calls  string
	when   int  // from 1; 0: none
	sticky bool // and all after it
}

func (f fault) String() string {
	if f.sticky {
		return fmt.Sprintf("%s from call %d on", f.calls, f.when)
	}
	return fmt.Sprintf("%s, call %d", f.calls, f.when)
}

// told is what a run said.
type told struct {
	book  *ledger.Ledger
	files []blobs.ID
	why   string // why it did not come to its end
	done  bool
	late  bool // it stood still
	calls int  // of those that are traced
}

// run lets a program edit a new profile under strace.
func run(program, dir string, f fault) (t told, err error) {
	t.book = ledger.New()
	trace := filepath.Join(filepath.Dir(dir), filepath.Base(dir)+".trace")
	defer os.Remove(trace)
	args := []string{"-f", "-qq", "-o", trace, "-e", "trace=" + f.calls}
	if f.when > 0 {
		when := fmt.Sprint(f.when)
		if f.sticky {
			when += "+"
		}
		args = append(args, "-e", "inject="+f.calls+":error=EIO:when="+when)
	}
	cmd := exec.Command("strace", append(args, program)...)
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	life, err := cmd.StdinPipe()
	if err != nil {
		return t, err
	}
	defer life.Close()
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return t, err
	}
	if err := cmd.Start(); err != nil {
		return t, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		switch fact, ok := ledger.Parse(lines.Text()); {
		case ok && fact.What == isBlob:
			t.files = append(t.files, blobs.ID(fact.Token))
		case ok:
			t.book.Note(fact)
		case lines.Text() == done:
			t.done = true
		default:
			t.why += lines.Text()
		}
	}
	_ = cmd.Wait() // what it said counts
	t.why += said.String()
	t.late = cmd.ProcessState.ExitCode() == ledger.ChildLate
	b, err := os.ReadFile(trace)
	t.calls = strings.Count(string(b), "\n") - strings.Count(string(b), "<unfinished ...>")
	return t, err
}

// lost opens the profile without errors and lists what was acknowledged and is not there.
func (t told) lost(ctx context.Context, dir string) (out []string, err error) {
	a, err := app.Open(ctx, appOptions(dir))
	if err != nil {
		if t.book.Acked == 0 && len(t.files) == 0 {
			return nil, nil // nothing was ever there; it says so
		}
		return []string{fmt.Sprintf("the profile does not open: %v", err)}, nil
	}
	defer func() { err = errors.Join(err, a.Close(ctx)) }()
	out, _, err = t.book.Lost(ctx, a.Docs().(*docstore.Store))
	for _, id := range t.files {
		if bad := a.Blobs().Verify(ctx, id); bad != nil {
			out = append(out, bad.Error())
		}
	}
	return out, err
}
