package docstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

const (
	logName   = "log.db"
	cacheName = "cache.db"
	codeName  = "engine" // folder of compiled code
)

// Profile says which profile a store works on.
type Profile struct {
	Dir    string
	ID     string // hex
	Format int
}

// profile is an open folder: its lock, its header, and why it must not be
// written, if so.
type profile struct {
	dir      string
	header   header
	lock     *os.File // nil if nothing is locked
	readOnly error
	fresh    bool // made just now, or left unfinished by a crash while it was made
}

// openProfile finds or makes the folder; the header of a fresh one is written
// last, by finishProfile.
func openProfile(dir, app string) (*profile, error) {
	p := &profile{dir: dir}
	var err error
	p.header, err = findHeader(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := mayBecomeProfile(dir); err != nil {
			return nil, err
		}
		p.fresh, p.header = true, newHeader()
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("making the profile: %w", err)
		}
	case err != nil:
		return nil, err
	case p.header.Format > formatNow:
		p.readOnly = fmt.Errorf("%w: format %d, this one knows %d", ErrNewer, p.header.Format, formatNow)
	}
	p.lock, err = lock(filepath.Join(dir, lockName), app, p.readOnly == nil)
	if notWritable(err) && !p.fresh {
		p.readOnly = fmt.Errorf("%w: %w", ErrReadOnly, err)
		p.lock, err = lock(filepath.Join(dir, lockName), app, false)
	}
	if err != nil {
		return nil, err
	}
	if p.readOnly != nil || p.fresh {
		return p, nil
	}
	if taken, err := takeOver(dir); err != nil {
		return nil, errors.Join(fmt.Errorf("becoming another device: %w", err), p.close())
	} else if taken {
		if p.header, err = readHeader(dir); err != nil {
			return nil, errors.Join(err, p.close())
		}
	}
	if err := keepHeader(dir, p.header); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

func notWritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// mayBecomeProfile allows a folder that does not exist or is empty, and one
// that a crash left while a profile was made there. A header is written last,
// so whoever has documents has had a header: that folder is damaged, not new.
func mayBecomeProfile(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotAProfile, err)
	}
	// The log has a journal of the other sort until it is told to have a write-ahead log.
	ours := []string{lockName, logName, logName + "-wal", logName + "-shm", logName + "-journal"}
	for _, e := range entries {
		name := e.Name()
		switch {
		case slices.Contains(ours, name), strings.HasPrefix(name, "."+headerName):
		case e.IsDir() && name == keysName:
		case e.IsDir() && isEmpty(filepath.Join(dir, name)):
		case name == cacheName || name == poisonName || e.IsDir() && (name == quarantineName || name == backupsName || name == "blobs"):
			return fmt.Errorf("%w: it is missing", ErrDamagedHeader)
		default:
			return fmt.Errorf("%w: it holds %q", ErrNotAProfile, name)
		}
	}
	return nil
}

func isEmpty(dir string) bool {
	list, err := os.ReadDir(dir)
	return err == nil && len(list) == 0
}

func (p *profile) path(name string) string { return filepath.Join(p.dir, name) }

func (p *profile) close() error {
	if p.lock == nil {
		return nil
	}
	return p.lock.Close()
}
