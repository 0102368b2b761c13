// Package filesum leaves the sum of a file beside it, so that whoever reads the file later
// sees whether it is what was written. It is against damage, not against somebody who can
// write there.
package filesum

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Suffix of the file with the sum: the SHA-256 in hex.
const Suffix = ".sha256"

var (
	// ErrNone says that no sum was left.
	ErrNone = errors.New("no sum lies beside it")
	// ErrOther says that the file is not what was written, or not there.
	ErrOther = errors.New("it is not what was written")
)

// Leave writes the sum of a file. It reads all of it.
func Leave(path string) error {
	sum, err := of(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path+Suffix, []byte(sum), 0o600)
}

// Check compares a file with the sum that was left. It reads all of it. Errors: ErrNone,
// ErrOther, those of reading the sum.
func Check(path string) error {
	want, err := os.ReadFile(path + Suffix)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNone
	}
	if err != nil {
		return err
	}
	switch sum, err := of(path); {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrOther, err)
	case sum != string(want):
		return ErrOther
	}
	return nil
}

func of(path string) (string, error) {
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
