package vm

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The runtime runs what it finds in its cache, and its own checksum does not
// cover all of that. So a sum lies beside each file: what has none, or another
// one, is removed before the runtime looks. This is against damage, not
// against somebody who can write there.
const sumSuffix = ".sha256"

// sweepCache removes the files of a cache that are not what was written. It
// reads all of them, some 12 MB a program.
func sweepCache(dir string) error {
	return eachCached(dir, func(path string) error {
		want, err := os.ReadFile(path + sumSuffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		got, err := sumOf(path)
		if err == nil && got == string(want) {
			return nil
		}
		return errors.Join(os.Remove(path), os.RemoveAll(path+sumSuffix))
	})
}

// vouchCache writes the sums that are missing after the runtime has written.
func vouchCache(dir string) error {
	return eachCached(dir, func(path string) error {
		if _, err := os.Stat(path + sumSuffix); err == nil {
			return nil
		}
		sum, err := sumOf(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path+sumSuffix, []byte(sum), 0o600)
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

func sumOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
