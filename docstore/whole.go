package docstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corkboard/identity/vault"
	"corkboard/record"
)

const wholeVersion = 1

// Whole is what a backup of a profile holds besides a copy of its log. It is as secret
// as the keys are.
type Whole struct {
	Header []byte // header.json
	Keys   []byte // version 1 | what guards them here | the keys, see vault.Keys.Export
}

// CopyWhole writes the log as it is at one moment to a new file, reads it back, and
// gives what else is needed to go on elsewhere: see Regain. Edits go on meanwhile. It
// blocks on the disk. Errors: ErrReadOnly, ErrLocked, ErrNoKeys, those of the disk; then
// the file is gone.
func (s *Store) CopyWhole(ctx context.Context, path string) (Whole, error) {
	w, err := s.whole()
	if err == nil {
		err = s.copyLog(ctx, path)
	}
	if err == nil {
		err = verifyLog(ctx, path)
	}
	if err != nil {
		return Whole{}, errors.Join(fmt.Errorf("copying the profile: %w", err), removeLog(path))
	}
	return w, nil
}

func (s *Store) whole() (Whole, error) {
	if s.readOnly != nil {
		return Whole{}, ErrReadOnly
	}
	k, err := s.keys.wait()
	if err != nil {
		return Whole{}, err
	}
	plain, err := k.Export()
	if err != nil {
		return Whole{}, err
	}
	var w record.Writer
	w.Uint8(wholeVersion)
	w.Uint8(uint8(s.KeyState().Protection))
	w.Bytes(plain)
	b, err := json.MarshalIndent(s.profile.header, "", "  ")
	return Whole{Header: append(b, '\n'), Keys: w.B}, err
}

// maxWholeKeys is more than any keys take, in bytes.
const maxWholeKeys = 64 << 10

// read is the other way. Errors: ErrNewer, ErrDamaged.
func (w Whole) read() (h header, k vault.Keys, by vault.Protection, err error) {
	if err := json.Unmarshal(w.Header, &h); err != nil || h.Profile == "" {
		return h, k, by, fmt.Errorf("%w: no header", ErrDamaged)
	}
	if h.Format > formatNow {
		return h, k, by, ErrNewer
	}
	if h.Format != formatNow {
		return h, k, by, fmt.Errorf("%w: format %d", ErrDamaged, h.Format)
	}
	r := record.NewReader(w.Keys)
	if v := r.Uint8(); r.Err() == nil && v != wholeVersion {
		return h, k, by, ErrNewer
	}
	by = vault.Protection(r.Uint8())
	plain := r.Bytes(maxWholeKeys)
	if err := r.Close(); err != nil {
		return h, k, by, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	k, err = vault.ImportKeys(plain)
	return h, k, by, err
}

// LogName is the file of the log in a profile.
const LogName = logName

// LogPath is where the log of a profile lies.
func LogPath(dir string) string { return filepath.Join(dir, LogName) }

// isFresh reports whether a folder holds a log and nothing else of a profile.
func isFresh(dir string) error {
	for _, name := range []string{headerName, keysName, cacheName} {
		if isThere((&profile{dir: dir}).path(name)) {
			return fmt.Errorf("%w: it holds %q", ErrNotAProfile, name)
		}
	}
	if _, err := os.Stat(LogPath(dir)); err != nil {
		return fmt.Errorf("%w: %w", ErrNoLog, err)
	}
	return nil
}
