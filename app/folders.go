package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"corkboard/net/node"
	"corkboard/net/wire"
	"corkboard/net/wire/folder"
	"corkboard/net/wire/joint"
)

const (
	// folderInside is where in a folder that a person names the program's own files stand.
	folderInside = "Corkboard"
	folderScheme = "folder:"

	maxFolders  = 8
	folderAgain = 5 * time.Second // until a folder that cannot be used is tried once more
	folderLook  = time.Second     // how often is looked how it stands
	maxAddress  = 1024            // of others in a folder, that are remembered
)

// The errors of shared folders.
var (
	// ErrFolderGone says that a folder is not there.
	ErrFolderGone = errors.New("the folder is not there")
	// ErrFolderShut says that a folder cannot be read or written.
	ErrFolderShut = errors.New("the folder cannot be used")
	// ErrFolderKnown says that a folder is used already.
	ErrFolderKnown = errors.New("the folder is used already")
	// ErrFolderOwn says that a folder is in this profile, or the profile in it.
	ErrFolderOwn = errors.New("the folder is the profile's")
	// ErrManyFolders says that there are as many as there may be.
	ErrManyFolders = errors.New("too many folders")
)

// SharedFolder is a folder by which others are met, besides the network.
type SharedFolder struct {
	Path    string    // as it was named
	Others  int       // that are connected by it
	Read    time.Time // when something of others was taken last; zero: not since the start
	Written time.Time // when something was written for others last; likewise
	Waiting int64     // bytes that others have not taken yet
	Err     error     // why it cannot be used now: ErrFolderGone, ErrFolderShut, ErrNobodyMet, or nil
}

// folders is those that are used now.
type folders struct {
	a  *App
	mu sync.Mutex

	node  *node.Node // nil while nobody is met
	joint *joint.Transport
	open  map[string]*openFolder // by the path as it was named
}

// openFolder is one of them; all but path is under mu.
type openFolder struct {
	path  string
	stop  context.CancelFunc
	done  chan struct{} // closed once its files are taken away
	at    *folder.Transport
	err   error
	known map[wire.Address]bool // of those that were seen in it
}

// AddFolder meets others by a folder from now on: those who share a board with this
// person and name the same one. It blocks on the disk. Errors: ErrFolderGone,
// ErrFolderShut, ErrFolderKnown, ErrFolderOwn, ErrManyFolders.
func (a *App) AddFolder(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("finding the folder: %w", err)
	}
	if within(path, a.opts.Profile) || within(a.opts.Profile, path) {
		return ErrFolderOwn
	}
	if info, err := os.Stat(path); err != nil {
		return folderError(err)
	} else if !info.IsDir() {
		return ErrFolderGone
	}
	if err := os.MkdirAll(insideOf(path), 0o755); err != nil {
		return folderError(err)
	}
	known, many := false, false
	a.UpdateDevice(func(d *Device) {
		known = slices.ContainsFunc(d.Folders, func(o string) bool { return insideOf(o) == insideOf(path) })
		many = len(d.Folders) >= maxFolders
		if !known && !many {
			d.Folders = append(slices.Clone(d.Folders), path)
		}
	})
	switch {
	case known:
		return ErrFolderKnown
	case many:
		return ErrManyFolders
	}
	a.folders.follow()
	return a.device.flush()
}

// RemoveFolder meets nobody by a folder any more, and takes this device's files out of it.
// It blocks on the disk.
func (a *App) RemoveFolder(path string) error {
	a.UpdateDevice(func(d *Device) {
		d.Folders = slices.DeleteFunc(slices.Clone(d.Folders), func(o string) bool { return o == path })
	})
	f := &a.folders
	f.mu.Lock()
	o := f.open[path]
	delete(f.open, path)
	f.mu.Unlock()
	if o != nil {
		o.stop()
		select {
		case <-o.done:
		case <-a.ctx.Done(): // whoever closes waits for it
		}
	}
	_ = os.Remove(insideOf(path)) // only if nobody else has anything in it
	a.company.Wake()
	return a.device.flush()
}

// SharedFolders is those that are used, by name. At once.
func (a *App) SharedFolders() []SharedFolder {
	f := &a.folders
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []SharedFolder
	for _, path := range a.Device().Folders {
		s := SharedFolder{Path: path, Err: ErrNobodyMet}
		if o := f.open[path]; o != nil {
			s.Err = o.err
			if o.at != nil {
				now := o.at.Status()
				s.Others, s.Read, s.Written, s.Waiting, s.Err = now.Others, now.Read, now.Written, int64(now.Waiting), folderError(now.Err)
			}
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y SharedFolder) int { return cmp.Compare(x.Path, y.Path) })
	return out
}

// insideOf is where the program's own files stand in a folder that was named.
func insideOf(path string) string {
	if filepath.Base(path) == folderInside {
		return path
	}
	return filepath.Join(path, folderInside)
}

// within reports whether a path is a folder, or lies in it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// folderError says of an error what a person can be told; nil of nil.
func folderError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", ErrFolderGone, err)
	}
	return fmt.Errorf("%w: %w", ErrFolderShut, err)
}

// begin uses the folders that are remembered, until the context ends.
func (f *folders) begin(n *node.Node, t *joint.Transport) {
	f.mu.Lock()
	f.node, f.joint, f.open = n, t, map[string]*openFolder{}
	f.mu.Unlock()
	f.follow()
}

// follow begins to use what is remembered and not used yet.
func (f *folders) follow() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.node == nil {
		return
	}
	for _, path := range f.a.Device().Folders {
		if f.open[path] != nil {
			continue
		}
		ctx, stop := context.WithCancel(f.a.ctx)
		o := &openFolder{path: path, stop: stop, done: make(chan struct{}), known: map[wire.Address]bool{}}
		f.open[path] = o
		f.a.company.begin(func() { f.keep(ctx, o) })
	}
}

// keep opens a folder as soon as it can be, and tells when anything changes, until the
// context ends. Then its files are taken away.
func (f *folders) keep(ctx context.Context, o *openFolder) {
	defer close(o.done)
	t := f.await(ctx, o)
	if t == nil {
		return
	}
	defer t.Close()
	f.joint.Add(t, func(to wire.Address) bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return o.known[to]
	})
	look := time.NewTicker(folderLook)
	defer look.Stop()
	var last folder.Status
	for {
		select {
		case <-ctx.Done():
			f.mu.Lock()
			o.at = nil
			f.mu.Unlock()
			return
		case <-look.C:
		}
		now := t.Status()
		if (now.Err == nil) != (last.Err == nil) || now.Others != last.Others || now.Waiting != last.Waiting || !now.Read.Equal(last.Read) || !now.Written.Equal(last.Written) {
			last = now
			f.a.company.Wake()
		}
	}
}

// await tries to open a folder until it can be used; nil if the context ends before.
func (f *folders) await(ctx context.Context, o *openFolder) *folder.Transport {
	for {
		t, err := folder.New(folder.Options{Dir: insideOf(o.path), Log: f.a.opts.Log, Found: func(at wire.Address) { f.found(o, at) }})
		f.mu.Lock()
		o.at, o.err = t, folderError(err)
		f.mu.Unlock()
		f.a.company.Wake()
		if err == nil {
			return t
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(folderAgain):
		}
	}
}

// found notes who is in a folder, and has them dialled.
func (f *folders) found(o *openFolder, at wire.Address) {
	f.mu.Lock()
	if len(o.known) >= maxAddress {
		clear(o.known)
	}
	o.known[at] = true
	n := f.node
	f.mu.Unlock()
	if n != nil {
		n.Hint(at, node.Hint)
	}
}
