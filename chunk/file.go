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
//	head   "corkbundle" 1a 0a | version 1
//	entry  mark | length, 4 bytes big-endian | id of the chunk | chunk
//	end    mark | 0, 4 bytes | SHA-256 of the ids of all entries
//
// The chunks are sealed, so the file shows what a storage peer sees.
const fileHead = "corkbundle\x1a\n"

var fileMark = [4]byte{0xc5, 0x0c, 0x4b, 0xb7}

const entryHead = len(fileMark) + 4 + len(ID{})

// FileWriter writes chunks to a .corkbundle file. One goroutine.
type FileWriter struct {
	w   io.Writer
	ids hash.Hash
	err error
}

// NewFileWriter writes the head of the file.
func NewFileWriter(w io.Writer) (*FileWriter, error) {
	if _, err := w.Write(append([]byte(fileHead), version)); err != nil {
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
	f.write(entry(len(b), id))
	f.write(b)
	return f.err
}

// Close writes the end. It does not close the writer below.
func (f *FileWriter) Close() error {
	f.write(entry(0, ID(f.ids.Sum(nil))))
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

func entry(length int, id ID) []byte {
	b := binary.BigEndian.AppendUint32(fileMark[:len(fileMark):len(fileMark)], uint32(length))
	return append(b, id[:]...)
}
