package blobs

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
)

// ID names a blob: the SHA-256 of its content, 64 lower-case hexadecimal digits.
type ID string

// ErrBadID tells that a string is not 64 lower-case hexadecimal digits.
var ErrBadID = errors.New("not a blob id")

const idLen = 2 * sha256.Size

// ParseID checks a string from outside. It returns ErrBadID for anything but a blob's name.
func ParseID(s string) (ID, error) {
	id := ID(s)
	if err := id.check(); err != nil {
		return "", err
	}
	return id, nil
}

func (id ID) check() error {
	if len(id) != idLen {
		return fmt.Errorf("id of %d bytes: %w", len(id), ErrBadID)
	}
	for i := 0; i < len(id); i++ {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return fmt.Errorf("id has byte %#x at %d: %w", c, i, ErrBadID)
		}
	}
	return nil
}

func idOf(sum []byte) ID { return ID(hex.EncodeToString(sum)) }

// place is the path below the store's folder. The id must have been checked.
func (id ID) place() string {
	return filepath.Join(string(id[0:2]), string(id[2:4]), string(id))
}
