package blobs

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Put stores what r gives, up to its end, and returns its id and its size in bytes once the
// blob is durable and was read back. Storing the same content again is cheap and harmless.
//
// Errors: ErrUnreadable (r failed), ErrFull, ErrReadOnly, ErrDamaged (the disk gave back other
// bytes than were written), the context's error. After an error nothing is left behind.
func (s *Store) Put(ctx context.Context, r io.Reader) (ID, int64, error) {
	return s.put(ctx, r, func(int64) {})
}

// PutFile stores a file of the user's. progress may be nil; it is called on this goroutine
// with bytes done and bytes in total (the size when opened; a growing file can pass it).
// Further errors: ErrIsFolder; ErrUnreadable also for pipes, sockets and devices.
func (s *Store) PutFile(ctx context.Context, path string, progress func(done, total int64)) (ID, int64, error) {
	f, total, err := openSource(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	return s.put(ctx, f, func(done int64) {
		if progress != nil {
			progress(done, total)
		}
	})
}

// openSource looks before it opens: opening a pipe would block for ever.
func openSource(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, fmt.Errorf("looking at the file: %w: %w", ErrUnreadable, err)
	}
	if info.IsDir() {
		return nil, 0, fmt.Errorf("storing %q: %w", path, ErrIsFolder)
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("storing %q, a %v: %w", path, info.Mode().Type(), ErrUnreadable)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("opening the file: %w: %w", ErrUnreadable, err)
	}
	return f, info.Size(), nil
}

func (s *Store) put(ctx context.Context, r io.Reader, progress func(int64)) (ID, int64, error) {
	tmp, err := s.create(s.tmp)
	if err != nil {
		return "", 0, storeError("making a temporary file", err)
	}
	// After a rename the name is gone and both calls do nothing.
	defer os.Remove(tmp.Name())
	defer tmp.Close()

	id, size, err := fill(ctx, tmp, r, progress)
	if err != nil {
		return "", 0, err
	}
	// What lies here under that name already may have rotted: then this takes its place.
	if have, err := s.Size(id); err == nil && have == size && s.Verify(ctx, id) == nil {
		return id, size, nil
	}
	if err := settle(tmp); err != nil {
		return "", 0, err
	}
	if err := readBack(ctx, tmp.Name(), id); err != nil {
		return "", 0, err
	}
	if err := s.publish(tmp.Name(), id); err != nil {
		return "", 0, err
	}
	return id, size, nil
}

// fill copies r to the temporary file and hashes on the way.
func fill(ctx context.Context, tmp tempFile, r io.Reader, progress func(int64)) (ID, int64, error) {
	h := sha256.New()
	buf := make([]byte, copyBuffer)
	var size int64
	for {
		if err := ctx.Err(); err != nil {
			return "", 0, fmt.Errorf("storing a blob: %w", err)
		}
		n, readErr := r.Read(buf)
		if n > 0 {
			h.Write(buf[:n])
			if _, err := tmp.Write(buf[:n]); err != nil {
				return "", 0, storeError("writing a blob", err)
			}
			size += int64(n)
			progress(size)
		}
		if readErr == io.EOF {
			return idOf(h.Sum(nil)), size, nil
		}
		if readErr != nil {
			return "", 0, fmt.Errorf("storing a blob: %w", sourceError{readErr})
		}
	}
}

// settle makes the content durable and read-only.
func settle(tmp tempFile) error {
	if err := tmp.Chmod(0o444); err != nil {
		return storeError("protecting a blob", err)
	}
	if err := tmp.Sync(); err != nil {
		return storeError("syncing a blob", err)
	}
	if err := tmp.Close(); err != nil {
		return storeError("closing a blob", err)
	}
	return nil
}

func readBack(ctx context.Context, path string, id ID) error {
	f, err := os.Open(path)
	if err != nil {
		return storeError("reading a blob back", err)
	}
	defer f.Close()
	return verify(ctx, f, id)
}

// publish gives the temporary file its final name. A damaged blob that had the
// name before is replaced: the new one was verified a moment ago.
func (s *Store) publish(tmp string, id ID) error {
	final := filepath.Join(s.dir, id.place())
	folder := filepath.Dir(final)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return storeError("making a blob's folder", err)
	}
	if err := os.Rename(tmp, final); err != nil {
		return storeError("naming a blob", err)
	}
	// The two folders above may be new as well: their entries must survive a power cut too.
	for _, d := range []string{folder, filepath.Dir(folder), s.dir} {
		if err := syncFolder(d); err != nil {
			return storeError("syncing a blob's folder", err)
		}
	}
	s.remember(id, true)
	return nil
}
