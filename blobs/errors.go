package blobs

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// The errors of this package; each is wrapped with what was being done and its cause.
var (
	// ErrMissing: no blob of that id is here.
	ErrMissing = errors.New("blob is missing")
	// ErrDamaged: the bytes on the disk are not the ones that the id names.
	ErrDamaged = errors.New("blob is damaged")
	// ErrBusy: the partial blob is open already.
	ErrBusy = errors.New("blob is being written")
	// ErrIsFolder: PutFile was given a folder.
	ErrIsFolder = errors.New("is a folder")
	// ErrUnreadable: the source cannot be read; the operating system's error is wrapped too.
	ErrUnreadable = errors.New("cannot be read")
	// ErrFull: the disk or the quota is full (ENOSPC, EDQUOT).
	ErrFull = errors.New("disk is full")
	// ErrReadOnly: the store's folder cannot be written (EROFS, or no permission).
	ErrReadOnly = errors.New("store is read-only")
)

// storeError names an error that the store's own disk gave while something was being done.
func storeError(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%s: %w: %w", doing, ErrFull, err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: %w: %w", doing, ErrReadOnly, err)
	default:
		return fmt.Errorf("%s: %w", doing, err)
	}
}

// sourceError marks an error of the reader that is being stored, so that a failing source
// is never taken for a failing disk.
type sourceError struct{ err error }

func (e sourceError) Error() string   { return "reading the source: " + e.err.Error() }
func (e sourceError) Unwrap() []error { return []error{ErrUnreadable, e.err} }
