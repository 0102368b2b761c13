package docstore

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	headerName  = "header.json"
	backupsName = "backups"
	formatNow   = 2 // of the profile's layout
)

// header is header.json.
type header struct {
	Format  int    `json:"format"`
	MinApp  string `json:"min_app"` // the oldest program that may write here
	Profile string `json:"profile"` // hex, names the profile for life
}

func newHeader() header {
	profile := random16()
	return header{Format: formatNow, MinApp: "0.1.0", Profile: hex.EncodeToString(profile[:])}
}

// readHeader gives fs.ErrNotExist if there is none and ErrDamagedHeader if it
// says nothing sensible.
func readHeader(dir string) (header, error) {
	b, err := os.ReadFile(filepath.Join(dir, headerName))
	if errors.Is(err, fs.ErrNotExist) {
		return header{}, err
	}
	if err != nil {
		return header{}, fmt.Errorf("%w: %w", ErrDamagedHeader, err)
	}
	var h header
	if err := errors.Join(Unsummed(b), json.Unmarshal(b, &h)); err != nil {
		return header{}, fmt.Errorf("%w: %w", ErrDamagedHeader, err)
	}
	if h.Format < 1 || h.Profile == "" {
		return header{}, fmt.Errorf("%w: it names no format or profile", ErrDamagedHeader)
	}
	return h, nil
}

// findHeader is readHeader, but of the copy where there is no good header.
func findHeader(dir string) (header, error) {
	h, err := readHeader(dir)
	if err != nil {
		if c, bad := readHeader(filepath.Join(dir, backupsName)); bad == nil {
			return c, nil
		}
	}
	return h, err
}

// writeHeader writes it, and the copy.
func writeHeader(dir string, h header) error {
	b, err := json.MarshalIndent(h, "", "  ")
	if err == nil {
		err = ReplaceFile(filepath.Join(dir, headerName), Summed(b))
	}
	if err == nil {
		err = os.MkdirAll(filepath.Join(dir, backupsName), 0o700)
	}
	if err == nil {
		err = ReplaceFile(filepath.Join(dir, backupsName, headerName), Summed(b))
	}
	if err != nil {
		return fmt.Errorf("writing the header: %w", err)
	}
	return nil
}

// keepHeader sees to it that the header and its copy are there and the same, once the
// profile is of the present format.
func keepHeader(dir string, h header) error {
	if h.Format != formatNow {
		return nil
	}
	for _, d := range []string{dir, filepath.Join(dir, backupsName)} {
		if have, err := readHeader(d); err != nil || have != h {
			return writeHeader(dir, h)
		}
	}
	return nil
}

// ReplaceFile leaves the old file or the new one, whatever happens; when it returns without
// an error, also after a power cut, it is the new one. It blocks on the disk.
func ReplaceFile(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes names in a folder durable, where the platform can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}
