package chunk

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
)

// FilePiece is the place of a piece of a file in a .corkbundle file.
type FilePiece struct {
	Handle [16]byte
	Index  uint32
	Offset int64 // bytes from the beginning of the file

	length int // with handle and index
	id     ID
}

// Read gives the sealed piece, which is as it was written. ErrMalformed if it is damaged;
// otherwise the errors of from.
func (p FilePiece) Read(from io.ReaderAt) ([]byte, error) {
	b := make([]byte, p.length)
	n, err := from.ReadAt(b, p.Offset)
	switch {
	case n < len(b) && err == io.EOF:
		err = fmt.Errorf("%w: piece is cut short", errDamaged)
	case n < len(b):
	case sha256.Sum256(b) != p.id:
		err = fmt.Errorf("%w: piece with a wrong hash", errDamaged)
	default:
		return b[pieceHead:], nil
	}
	return nil, fmt.Errorf("reading a piece from a bundle file: %w", err)
}

// IsFile reports whether bytes are the beginning of a .corkbundle file.
func IsFile(head []byte) bool { return bytes.HasPrefix(head, []byte(fileHead)) }
