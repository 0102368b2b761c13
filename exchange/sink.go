package exchange

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
)

// Sink takes files on the way out. One file is written at a time.
type Sink interface {
	// Create begins a new file; name has slashes, its folders are made. Closing ends it.
	Create(name string) (io.WriteCloser, error)
	// Close ends the whole; nothing is written after it.
	Close() error
}

// Files writes the file of a document.
type Files func(ctx context.Context, d *Document, to io.Writer) error

// Progress is told how many boards and files are written, and how many there are.
type Progress func(done, total int)

// ErrNotEmpty says that an export would mix with what is there.
var ErrNotEmpty = errors.New("something is there already")

// NewFolder makes a Sink of a folder that is empty or not there yet. Errors: ErrNotEmpty,
// those of the file system.
func NewFolder(dir string) (Sink, error) {
	if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
		return nil, fmt.Errorf("folder %q: %w", dir, ErrNotEmpty)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the folder: %w", err)
	}
	return folder{root}, nil
}

type folder struct{ root *os.Root }

// Create implements Sink.
func (f folder) Create(name string) (io.WriteCloser, error) {
	if dir := path.Dir(name); dir != "." {
		if err := f.root.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	return f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

// Close implements Sink.
func (f folder) Close() error { return f.root.Close() }

// NewArchive makes a Sink of a zip archive that is written to w. Closing it does not
// close w.
func NewArchive(w io.Writer) Sink { return archive{zip.NewWriter(w)} }

type archive struct{ w *zip.Writer }

// Create implements Sink.
func (a archive) Create(name string) (io.WriteCloser, error) {
	w, err := a.w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return nil, err
	}
	return entry{w}, nil
}

// Close implements Sink.
func (a archive) Close() error { return a.w.Close() }

// entry is a file in an archive; the next one ends it.
type entry struct{ io.Writer }

// Close implements io.Closer.
func (entry) Close() error { return nil }

// WriteFile writes a whole file.
func WriteFile(to Sink, name string, data []byte) error {
	f, err := to.Create(name)
	if err != nil {
		return fmt.Errorf("writing %q: %w", name, err)
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// CopyFile begins a file and lets it be written. problem is what write complains of, which
// leaves the file as far as it came; err is the Sink's.
func CopyFile(to Sink, name string, write func(io.Writer) error) (problem, err error) {
	f, err := to.Create(name)
	if err != nil {
		return nil, fmt.Errorf("writing %q: %w", name, err)
	}
	problem = write(f)
	if err := f.Close(); err != nil {
		return problem, fmt.Errorf("writing %q: %w", name, err)
	}
	return problem, nil
}
