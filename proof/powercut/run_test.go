//go:build linux

package powercut

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"corkboard/internal/ledger"
)

// heard is an acknowledgement and when it was given.
type heard struct {
	at   int64
	fact ledger.Fact
}

// recording is one life of an editing program and all that reached the disk in it.
type recording struct {
	list  []entry
	begin int // entries before the file system was mounted for the program
	facts []heard
}

// record lets the program edit a new profile on a recorded disk.
func record(dir, program string) (r recording, err error) {
	served, root := filepath.Join(dir, "served"), filepath.Join(dir, "root")
	if err := errors.Join(os.Mkdir(served, 0o700), os.Mkdir(root, 0o700)); err != nil {
		return r, err
	}
	disk := newRecorder()
	end, err := disk.serve(served)
	if err != nil {
		return r, fmt.Errorf("serving a disk: %w", err)
	}
	defer func() { err = errors.Join(err, end(), os.RemoveAll(dir)) }()
	file := filepath.Join(served, "disk")
	if err := format(file); err != nil {
		return r, err
	}
	r.begin = disk.length()
	m, err := mount(file, root)
	if err != nil {
		return r, err
	}
	r.facts, err = listen(program, filepath.Join(root, "profile"))
	disk.mu.Lock()
	r.list = disk.list[:len(disk.list):len(disk.list)]
	disk.mu.Unlock()
	return r, errors.Join(err, m.end())
}

// listen runs the program to its end and collects what it says.
func listen(program, profile string) (facts []heard, err error) {
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), childEnv+"="+profile)
	cmd.Stderr = os.Stderr
	life, err := cmd.StdinPipe() // ends with this process
	if err != nil {
		return nil, err
	}
	defer life.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		at, bad := strconv.ParseInt(word, 10, 64)
		f, ok := ledger.Parse(rest)
		if bad != nil || !ok {
			err = errors.Join(err, fmt.Errorf("the program says %q", lines.Text()))
			continue
		}
		facts = append(facts, heard{at, f})
	}
	return facts, errors.Join(err, lines.Err(), cmd.Wait())
}

// before are the facts that were acknowledged before the power went at entry n.
func (r recording) before(n int) (out []ledger.Fact) {
	for _, h := range r.facts {
		if n == len(r.list) || h.at < r.list[n].at {
			out = append(out, h.fact)
		}
	}
	return out
}
