package chunk

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
)

// A .corkbundle file is a head, entries and an end:
//
//	head   "corkbundle" 1a 0a | version 2
//	entry  mark | length, 4 bytes big-endian | id | chunk, or piece of a file
//	end    mark | 0, 4 bytes | SHA-256 of the ids of all entries
//
// A piece of a file has a mark of its own; what it is belongs to package blobsync. All is
// sealed, so the file shows what a storage peer sees. Version 1 had no pieces.
const (
	fileHead    = "corkbundle\x1a\n"
	fileVersion = 2
)

var (
	fileMark  = [4]byte{0xc5, 0x0c, 0x4b, 0xb7} // of a chunk, and of the end
	pieceMark = [4]byte{0xc5, 0x0c, 0x4b, 0xb8} // of a piece of a file
)

const (
	entryHead = len(fileMark) + 4 + len(ID{})
	pieceHead = 16 + 4 // handle, index

	// MaxFilePiece is the most bytes that a sealed piece of a file may have.
	MaxFilePiece = 256<<10 + 17
)

// FileWriter writes chunks and pieces of files to a .corkbundle file. One goroutine.
type FileWriter struct {
	w   io.Writer
	ids hash.Hash
	err error
}

// NewFileWriter writes the head of the file.
func NewFileWriter(w io.Writer) (*FileWriter, error) {
	if _, err := w.Write(append([]byte(fileHead), fileVersion)); err != nil {
		return nil, fmt.Errorf("writing a bundle file: %w", err)
	}
	return &FileWriter{w: w, ids: sha256.New()}, nil
}

// Add writes a chunk. What Parse refuses is refused and leaves no trace; after an
// error of the writer below, all further calls give that error.
func (f *FileWriter) Add(b []byte) error {
	s, err := Parse(b)
	if err != nil {
		return fmt.Errorf("writing a bundle file: %w", err)
	}
	id := s.ID()
	f.ids.Write(id[:])
	f.write(entry(fileMark, len(b), id))
	f.write(b)
	return f.err
}

// AddPiece writes a sealed piece of the file that is called by a handle. ErrTooLarge,
// ErrMalformed for an empty one; otherwise as Add.
func (f *FileWriter) AddPiece(handle [16]byte, index uint32, sealed []byte) error {
	if len(sealed) > MaxFilePiece {
		return fmt.Errorf("writing a bundle file: %w", ErrTooLarge)
	}
	if len(sealed) == 0 {
		return fmt.Errorf("writing a bundle file: %w", malformed("an empty piece"))
	}
	head := binary.BigEndian.AppendUint32(handle[:], index)
	h := sha256.New()
	h.Write(head)
	h.Write(sealed)
	id := ID(h.Sum(nil))
	f.ids.Write(id[:])
	f.write(entry(pieceMark, pieceHead+len(sealed), id))
	f.write(head)
	f.write(sealed)
	return f.err
}

// Close writes the end. It does not close the writer below.
func (f *FileWriter) Close() error {
	f.write(entry(fileMark, 0, ID(f.ids.Sum(nil))))
	if f.err != nil {
		return f.err
	}
	f.err = errors.New("bundle file is closed")
	return nil
}

func (f *FileWriter) write(b []byte) {
	if f.err != nil {
		return
	}
	if _, err := f.w.Write(b); err != nil {
		f.err = fmt.Errorf("writing a bundle file: %w", err)
	}
}

func entry(mark [4]byte, length int, id ID) []byte {
	b := binary.BigEndian.AppendUint32(mark[:], uint32(length))
	return append(b, id[:]...)
}
