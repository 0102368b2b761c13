//go:build cgo && (linux || darwin)

package verify_test

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

const childMode = "CORKBOARD_VERIFY_CHILD"

// TestMain makes this program also the process in which a core may die.
func TestMain(m *testing.M) {
	if os.Getenv(childMode) != "" {
		serve(os.Stdin, os.Stdout)
		return
	}
	os.Exit(m.Run())
}

// trial is a document and a change for it; after are changes for later.
type trial struct {
	Before, After [][]byte
	Change        []byte
	Hash          string
	Seed          uint64
}

// outcome is what a core made of a trial.
type outcome struct {
	Fault string // "" if all was well
	Tree  []byte
}

func serve(in io.Reader, out io.Writer) {
	jobs, answers := gob.NewDecoder(in), gob.NewEncoder(out)
	for {
		var t trial
		if jobs.Decode(&t) != nil {
			return
		}
		var o outcome
		if err := t.run(); err != nil {
			o.Fault = err.Error()
		}
		if answers.Encode(o) != nil {
			return
		}
	}
}

var (
	errRefused = errors.New("refused")
	errDropped = errors.New("dropped without a word")
	errSpoiled = errors.New("spoiled")
)

// run lets the native core take the change in, read, save, load and go on.
func (t trial) run() error {
	e := engine.Native()
	d, err := e.Load(nil, t.Before, actor(90))
	if err != nil {
		return fmt.Errorf("before: %w", err)
	}
	defer d.Close()
	if _, err := d.Merge([][]byte{t.Change}); err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	if list, err := d.Changes(); err != nil || !slices.ContainsFunc(list, func(c engine.Change) bool { return c.Hash == t.Hash }) {
		return fmt.Errorf("%w: %v", errDropped, err)
	}
	if err := reload(e, d); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(t.Seed, 5))
	for range 3 {
		now, err := d.Tree()
		if err != nil {
			return fmt.Errorf("%w: reading: %w", errSpoiled, err)
		}
		if _, err := d.Apply(doctest.RandomEdits(r, now), "", 0); err != nil && !errors.Is(err, engine.ErrNothing) {
			return fmt.Errorf("%w: editing: %w", errSpoiled, err)
		}
	}
	if _, err := d.Merge(t.After); err != nil {
		return fmt.Errorf("%w: going on: %w", errSpoiled, err)
	}
	return reload(e, d)
}

// reload proves that what is saved can be loaded and is the same.
func reload(e engine.Engine, d engine.Doc) error {
	now, err := d.Tree()
	if err != nil {
		return fmt.Errorf("%w: reading: %w", errSpoiled, err)
	}
	again, err := e.Load(d.Save(), nil, actor(91))
	if err != nil {
		return fmt.Errorf("%w: loading: %w", errSpoiled, err)
	}
	defer again.Close()
	if !slices.Equal(again.Heads(), d.Heads()) {
		return fmt.Errorf("%w: other heads when loaded", errSpoiled)
	}
	then, err := again.Tree()
	if err != nil || doctest.Show(then) != doctest.Show(now) {
		return fmt.Errorf("%w: another tree when loaded: %s, was %s (%v)", errSpoiled, doctest.Show(then), doctest.Show(now), err)
	}
	return nil
}

// core is a process with a core in it.
type core struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	jobs    *gob.Encoder
	answers *gob.Decoder
	stderr  tail
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

func start(t testing.TB) *core {
	t.Helper()
	c := &core{cmd: exec.Command(os.Args[0])}
	c.cmd.Env = append(os.Environ(), childMode+"=1", "GOTRACEBACK=none")
	c.cmd.Stderr = &c.stderr
	in, err := c.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.in, c.jobs, c.answers = in, gob.NewEncoder(in), gob.NewDecoder(out)
	return c
}

// try gives the outcome; alive is false if the process died or was stuck.
func (c *core) try(x trial) (o outcome, alive bool) {
	timer := time.AfterFunc(20*time.Second, func() { _ = c.cmd.Process.Kill() })
	defer timer.Stop()
	if c.jobs.Encode(x) != nil || c.answers.Decode(&o) != nil {
		c.stop()
		line, _, _ := bytes.Cut(c.stderr.b, []byte("stack backtrace"))
		return outcome{Fault: string(line)}, false
	}
	return o, true
}

func (c *core) stop() {
	_ = c.in.Close()
	_ = c.cmd.Wait() // it may have died, which is what is looked for
}
