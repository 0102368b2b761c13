package pyramid

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"corkboard/media"
)

const (
	defaultBudget = 1 << 30
	tempSuffix    = ".new"
	// touchAfter is how old a file's time may grow before a reading renews it:
	// the times order the files for sweeping, and writing them costs.
	touchAfter = time.Hour
)

// disk is the folder of levels: Dir/ab/abcd….0.256. Safe for concurrent use.
type disk struct {
	dir      string
	readOnly bool
	budget   int64
	log      *slog.Logger

	mu       sync.Mutex
	bytes    int64 // in the folder, as far as counted
	counted  bool
	sweeping bool
	failed   bool // writing went wrong and is not tried again
}

func newDisk(o Options) *disk {
	d := &disk{dir: filepath.Clean(o.Dir), readOnly: o.ReadOnly || o.Dir == "", budget: o.Budget, log: o.Log}
	if d.budget <= 0 {
		d.budget = defaultBudget
	}
	if d.log == nil {
		d.log = slog.Default()
	}
	return d
}

// nameOf names a level of a source; "" for one that makes no file name.
func nameOf(s Source, level int) string {
	strange := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	}
	if len(s.ID) < 2 || len(s.ID) > 128 || s.Page < 0 || strings.ContainsFunc(s.ID, strange) {
		return ""
	}
	page := "i" // a picture
	if s.PDF {
		page = fmt.Sprint(s.Page)
	}
	return fmt.Sprintf("%s.%s.%d", s.ID, page, level)
}

func (d *disk) path(name string) string { return filepath.Join(d.dir, name[:2], name) }

// find gives the path of a level that is there, and notes that it is in use.
func (d *disk) find(name string) (string, bool) {
	if name == "" {
		return "", false
	}
	path := d.path(name)
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return "", false
	}
	if now := time.Now(); !d.readOnly && now.Sub(info.ModTime()) > touchAfter {
		_ = os.Chtimes(path, now, now) // else it is swept a little early
	}
	return path, true
}

// wants tells whether a level should be written.
func (d *disk) wants(name string) bool {
	d.mu.Lock()
	off := name == "" || d.readOnly || d.failed
	d.mu.Unlock()
	if off {
		return false
	}
	_, err := os.Lstat(d.path(name))
	return err != nil
}

// doubt deletes a level that could not be decoded, if the file is to blame.
func (d *disk) doubt(name string, err error) {
	if !errors.Is(err, media.ErrBroken) && !errors.Is(err, media.ErrTooLarge) {
		return
	}
	d.log.Info("a stored picture is damaged and made again", "name", name, "error", err)
	if !d.readOnly {
		_ = os.Remove(d.path(name)) // what stays is refused again
	}
}

// put writes a level, whole or not at all. It is not synced: a file that a
// power cut tears is found damaged. After an error (a full disk) nothing is
// written any more until the program starts again.
func (d *disk) put(ctx context.Context, name string, file []byte) bool {
	err := d.write(name, file)
	d.mu.Lock()
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !d.failed { // a folder deleted meanwhile is made again
		d.failed = true
		d.log.Warn("pictures are not kept on disk", "error", err)
	}
	if err != nil {
		d.mu.Unlock()
		return false
	}
	d.bytes += int64(len(file))
	sweep := !d.sweeping && (!d.counted || d.bytes > d.budget)
	d.sweeping = d.sweeping || sweep
	d.mu.Unlock()
	if sweep {
		d.sweep(ctx)
	}
	return true
}

func (d *disk) write(name string, file []byte) error {
	path := d.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), name+".*"+tempSuffix)
	if err != nil {
		return err
	}
	_, err = f.Write(file)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
