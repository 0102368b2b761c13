package clipper

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// maxWaiting bounds how many clips wait in a spool.
const maxWaiting = 10_000

const (
	folder    = "clips" // in a profile
	extension = ".clip"
	unwritten = "new-*" // files that have not got their names
	strange   = ".bad"
)

// forgotten is how old a file without its name is that nobody will give one any more.
const forgotten = 24 * time.Hour

// Errors of Keep.
var (
	// ErrFull says that more clips wait than a spool holds.
	ErrFull = errors.New("too many clips wait")
	// ErrUnopened says that there is no profile yet.
	ErrUnopened = errors.New("there is no profile yet")
)

// names are time and chance: they say in which order clips came, and none comes twice.
var names = regexp.MustCompile(`^[0-9a-f]{32}\.clip$`)

// Spool is the clips of a profile that the program has not taken in yet. It may be filled
// and emptied by different processes.
type Spool struct{ dir string }

// SpoolOf is the spool of a profile.
func SpoolOf(profile string) Spool { return Spool{filepath.Join(profile, folder)} }

// Keep puts a clip on disk; when it returns without an error the clip is durable. Errors:
// ErrMalformed, ErrFull, ErrUnopened, the system's. It blocks.
func (s Spool) Keep(c Clip) error {
	c, err := c.checked()
	if err != nil {
		return err
	}
	waiting, err := s.List()
	if err != nil {
		return err
	}
	if len(waiting) >= maxWaiting {
		return ErrFull
	}
	if err := s.keep(encode(c)); err != nil {
		return fmt.Errorf("keeping a clip: %w", err)
	}
	return nil
}

func (s Spool) keep(b []byte) error {
	if err := s.make(); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.dir, unwritten)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // does nothing after the rename
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), filepath.Join(s.dir, newName())); err != nil {
		return err
	}
	return syncFolder(s.dir)
}

// make makes the folder durable, in a profile that is there. Errors: ErrUnopened.
func (s Spool) make() error {
	if _, err := os.Stat(s.dir); err == nil {
		return nil
	}
	profile := filepath.Dir(s.dir)
	inside, err := os.ReadDir(profile)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(inside) == 0 {
		return ErrUnopened
	}
	if err != nil {
		return err
	}
	if err := os.Mkdir(s.dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return syncFolder(profile)
}

func newName() string {
	var chance [8]byte
	_, _ = rand.Read(chance[:]) // never fails
	return fmt.Sprintf("%016x", time.Now().UnixNano()) + hex.EncodeToString(chance[:]) + extension
}

// List is the names of the clips that wait, the oldest first.
func (s Spool) List() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("looking for clips: %w", err)
	}
	var out []string
	for _, e := range entries {
		if e.Type().IsRegular() && names.MatchString(e.Name()) {
			out = append(out, e.Name())
		}
	}
	slices.Sort(out)
	return out, nil
}

// Read reads a clip of List. Errors: ErrMalformed, the system's.
func (s Spool) Read(name string) (Clip, error) {
	f, err := os.Open(filepath.Join(s.dir, name))
	if err != nil {
		return Clip{}, fmt.Errorf("reading a clip: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return Clip{}, fmt.Errorf("reading a clip: %w", err)
	}
	if len(b) > maxFile {
		return Clip{}, fmt.Errorf("%w: too long", ErrMalformed)
	}
	return parse(b)
}

// Remove takes away a clip that is in the documents now.
func (s Spool) Remove(name string) error {
	err := os.Remove(filepath.Join(s.dir, name))
	if err == nil {
		err = syncFolder(s.dir)
	}
	if err != nil {
		return fmt.Errorf("removing a clip: %w", err)
	}
	return nil
}

// SetAside keeps a file that is no clip under another name, so that it is not looked at again.
func (s Spool) SetAside(name string) error {
	path := filepath.Join(s.dir, name)
	if err := os.Rename(path, path+strange); err != nil {
		return fmt.Errorf("putting aside a clip: %w", err)
	}
	return nil
}

// Tidy takes away what was begun and never finished, and was never said to be kept.
func (s Spool) Tidy() {
	list, _ := filepath.Glob(filepath.Join(s.dir, unwritten)) // the pattern is a good one
	for _, path := range list {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > forgotten {
			_ = os.Remove(path) // it is in nobody's way
		}
	}
}
