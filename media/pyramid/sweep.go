package pyramid

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxFiles bounds how many levels are looked at in one sweep.
const maxFiles = 1 << 20

// tempAge is when an unfinished file counts as left over.
const tempAge = time.Minute

// kept is a level on disk.
type kept struct {
	path string
	size int64
	used int64 // Unix nanoseconds
}

// sweep counts the folder, removes leftovers and, above the budget, the levels
// that were not read for longest, down to nine tenths of it. d.sweeping is set.
func (d *disk) sweep(ctx context.Context) {
	d.mu.Lock()
	before := d.bytes
	d.mu.Unlock()
	files := d.files(ctx)
	sum := int64(0)
	for _, f := range files {
		sum += f.size
	}
	if sum > d.budget {
		slices.SortFunc(files, func(a, b kept) int { return cmp.Compare(a.used, b.used) })
		for _, f := range files {
			if sum <= d.budget-d.budget/10 {
				break
			}
			if os.Remove(f.path) == nil {
				sum -= f.size
			}
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	// What was written meanwhile may have been seen or not: counting it twice
	// only sweeps earlier.
	d.bytes = sum + d.bytes - before
	d.counted, d.sweeping = true, false
}

// files lists the levels. Foreign files are passed over.
func (d *disk) files(ctx context.Context) []kept {
	var out []kept
	_ = filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if ctx.Err() != nil || len(out) >= maxFiles {
			return fs.SkipAll
		}
		if err != nil || !e.Type().IsRegular() {
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return nil // gone meanwhile
		}
		name := e.Name()
		if rest, temp := strings.CutSuffix(name, tempSuffix); temp {
			if strings.Count(rest, ".") == 3 && time.Since(info.ModTime()) > tempAge {
				_ = os.Remove(path) // else the next sweep
			}
		} else if isLevel(name) && path == d.path(name) {
			out = append(out, kept{path, info.Size(), info.ModTime().UnixNano()})
		}
		return nil
	})
	return out
}

// isLevel tells whether a file name is one that nameOf makes.
func isLevel(name string) bool {
	part := strings.Split(name, ".")
	if len(part) != 3 {
		return false
	}
	level, err := strconv.Atoi(part[2])
	if err != nil {
		return false
	}
	s := Source{ID: part[0]}
	if part[1] != "i" {
		s.PDF = true
		if s.Page, err = strconv.Atoi(part[1]); err != nil {
			return false
		}
	}
	return nameOf(s, level) == name
}
