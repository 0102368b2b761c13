package search

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
)

// A database has no sums of its pages, and a flipped bit in the words may only move a
// hit. So whoever closes the index leaves the sum of the file beside it, and whoever opens
// it takes that away first: after a crash there is none, and nothing is compared.

const sumSuffix = ".sum"

// errFlipped says that the file is not the one that was closed.
var errFlipped = errors.New("it is not what was written")

// leave writes the sum of the closed file.
func (x *Index) leave() error {
	sum, err := sumOf(x.path)
	if err != nil {
		return err
	}
	return os.WriteFile(x.path+sumSuffix, []byte(sum), 0o600)
}

// unchanged compares the file with the sum that was left, if one was.
func (x *Index) unchanged() error {
	want, err := os.ReadFile(x.path + sumSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = os.Remove(x.path + sumSuffix)
	}
	if err != nil {
		return err
	}
	if sum, err := sumOf(x.path); err != nil || sum != string(want) {
		return errors.Join(errFlipped, err)
	}
	return nil
}

func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
