package blobsync

import (
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
)

// A Key seals one file. It prints as a fixed word under every verb.
type Key [32]byte

const hiddenKey = "blobsync.Key(hidden)"

// Format writes a fixed word under every verb.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenKey) }

// String is a fixed word.
func (k Key) String() string { return hiddenKey }

// GoString is a fixed word.
func (k Key) GoString() string { return hiddenKey }

// LogValue is a fixed word.
func (k Key) LogValue() slog.Value { return slog.StringValue(hiddenKey) }

// MarshalText is a fixed word.
func (k Key) MarshalText() ([]byte, error) { return []byte(hiddenKey), nil }

// A File is what a document says of a file that travels.
type File struct {
	Key  Key
	Root [32]byte // of its manifest
	Size int64    // bytes
}

func (f File) check() error {
	if f.Size < 0 || f.Size > MaxSize {
		return fmt.Errorf("file of %d bytes: %w", f.Size, ErrTooLarge)
	}
	return nil
}

// A Handle is what a file is called on the wire and on the disk of a storage
// peer. It follows from all of File and tells nothing of it.
type Handle [16]byte

// String is hexadecimal.
func (h Handle) String() string { return hex.EncodeToString(h[:]) }

// Handle is how the file is called.
func (f File) Handle() Handle {
	var h Handle
	copy(h[:], f.derive("corkboard/blob handle/1", len(h)))
	return h
}
