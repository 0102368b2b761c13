package blobs

import (
	"io/fs"
	"os"
)

// tempFile is the part of *os.File that a put needs.
type tempFile interface {
	Name() string
	Write(p []byte) (int, error)
	Chmod(mode fs.FileMode) error
	Sync() error
	Close() error
}

func createTemp(dir string) (tempFile, error) {
	f, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return nil, err
	}
	return f, nil
}
