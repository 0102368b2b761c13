package vm

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"corkboard/filesum"
)

// The runtime runs what it finds in its cache, and its own checksum does not
// cover all of that. So a sum lies beside each file: what has none, or another
// one, is removed before the runtime looks.

// sweepCache removes the files of a cache that are not what was written. It
// reads all of them, some 12 MB a program.
func sweepCache(dir string) error {
	return eachCached(dir, func(path string) error {
		err := filesum.Check(path)
		if errors.Is(err, filesum.ErrNone) || errors.Is(err, filesum.ErrOther) {
			return errors.Join(os.Remove(path), os.RemoveAll(path+filesum.Suffix))
		}
		return err
	})
}

// vouchCache writes the sums that are missing after the runtime has written.
func vouchCache(dir string) error {
	return eachCached(dir, func(path string) error {
		if _, err := os.Stat(path + filesum.Suffix); err == nil {
			return nil
		}
		return filesum.Leave(path)
	})
}

// eachCached calls f for the files that the runtime has written. Other
// programs may come and go meanwhile.
func eachCached(dir string, f func(path string) error) error {
	files, err := filepath.Glob(filepath.Join(dir, "wazero-*", "*"))
	if err != nil {
		return err
	}
	for _, path := range files {
		if strings.Contains(filepath.Base(path), ".") { // a sum, or not written yet
			continue
		}
		if err := f(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
