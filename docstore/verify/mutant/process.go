package mutant

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"

	"corkboard/docstore/engine"
)

// childEnv makes this program the process in which a core may die. It names
// the folder for the sandboxed engine's compiled code.
const childEnv = "CORKBOARD_MUTANT_CHILD"

// patience bounds one trial. A machine that is busy may compile in it.
const patience = time.Minute

// Outcome is what became of a trial.
type Outcome struct {
	Fault   string // "" if all was well
	Spoiled bool   // the document could not be read, edited, saved or loaded
	Aborted bool   // the process ended, or was stuck and had to be ended
}

// MaybeChild tries what the parent sends, and does not return, if this process
// was started for it. Call it first in main or TestMain.
func MaybeChild() {
	cache := os.Getenv(childEnv)
	if cache == "" {
		return
	}
	s := engine.Sandboxed(engine.Options{Cache: cache})
	list := cores(s)
	jobs, answers := gob.NewDecoder(os.Stdin), gob.NewEncoder(os.Stdout)
	for {
		var t Trial
		if jobs.Decode(&t) != nil {
			os.Exit(0) // the parent has no more of them
		}
		var o Outcome
		if err := t.run(list); err != nil {
			o = Outcome{Fault: err.Error(), Spoiled: errors.Is(err, errSpoiled)}
		}
		if answers.Encode(o) != nil {
			os.Exit(1)
		}
	}
}

// Process is a child that tries mutants; a new one takes the place of one that
// died. It belongs to one goroutine.
type Process struct {
	cache   string
	cmd     *exec.Cmd
	in      io.WriteCloser
	jobs    *gob.Encoder
	answers *gob.Decoder
	stderr  *tail
}

// tail keeps the last words.
type tail struct{ b []byte }

func (t *tail) Write(b []byte) (int, error) {
	t.b = append(t.b, b...)
	if len(t.b) > 4000 {
		t.b = slices.Clone(t.b[:2000])
	}
	return len(b), nil
}

// Start starts the child. The program must call MaybeChild. The folder is for
// compiled code, which is then there for the next child.
func Start(cache string) (*Process, error) {
	p := &Process{cache: cache}
	return p, p.start()
}

func (p *Process) start() error {
	p.cmd, p.stderr = exec.Command(os.Args[0]), &tail{}
	p.cmd.Env = append(os.Environ(), childEnv+"="+p.cache, "GOTRACEBACK=none")
	p.cmd.Stderr = p.stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("starting a process for mutants: %w", err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("starting a process for mutants: %w", err)
	}
	if err := p.cmd.Start(); err != nil {
		return fmt.Errorf("starting a process for mutants: %w", err)
	}
	p.in, p.jobs, p.answers = in, gob.NewEncoder(in), gob.NewDecoder(out)
	return nil
}

// Try tries a mutant. The error is that of starting another child after one
// that died of it.
func (p *Process) Try(t Trial) (o Outcome, err error) {
	timer := time.AfterFunc(patience, func() { _ = p.cmd.Process.Kill() })
	defer timer.Stop()
	if p.jobs.Encode(t) == nil && p.answers.Decode(&o) == nil {
		return o, nil
	}
	p.Close()
	line, _, _ := bytes.Cut(p.stderr.b, []byte("stack backtrace"))
	return Outcome{Fault: "the process ended: " + string(line), Aborted: true}, p.start()
}

// Close ends the child, which may have died already.
func (p *Process) Close() {
	_ = p.in.Close()
	_ = p.cmd.Wait()
}
