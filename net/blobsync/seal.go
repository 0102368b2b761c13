package blobsync

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

const (
	version     = 1
	domainPiece = "corkboard/blob piece/1"

	around    = 1 + chacha20poly1305.Overhead // what a sealed piece has besides its content
	maxSealed = PieceSize + around
)

var minSealed = sizes[0] + around

// derive is HKDF-SHA256 of the key for one purpose. Root and size take part: a
// key that stands beside another content is another key, and never seals two
// contents under one nonce.
func (f File) derive(domain string, length int) []byte {
	info := append([]byte(domain), 0)
	info = append(info, f.Root[:]...)
	info = binary.BigEndian.AppendUint64(info, uint64(f.Size))
	// It fails only for lengths over 255 hashes.
	out, _ := hkdf.Key(sha256.New, f.Key[:], nil, string(info), length)
	return out
}

// A sealer seals and opens the pieces of one file. It is safe on any goroutine.
type sealer struct {
	file   File
	handle Handle
	aead   cipher.AEAD
}

// newSealer returns ErrTooLarge for a file that may not travel.
func newSealer(f File) (*sealer, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(f.derive(domainPiece, chacha20poly1305.KeySize))
	if err != nil {
		return nil, fmt.Errorf("making the key of a file: %w", err)
	}
	return &sealer{file: f, handle: f.Handle(), aead: aead}, nil
}

// count is how many pieces the content or the manifest has.
func (s *sealer) count(manifest bool) int {
	if manifest {
		return ManifestPiecesOf(s.file.Size)
	}
	return PiecesOf(s.file.Size)
}

// shape is how long a piece is, without and with padding; false if there is no
// such piece.
func (s *sealer) shape(i Index) (plain, full int, ok bool) {
	n, manifest := i.Manifest()
	if n >= s.count(manifest) {
		return 0, 0, false
	}
	total := s.file.Size
	if manifest {
		total = int64(PiecesOf(total)) * hashSize
	}
	plain, full = lengths(total, n)
	return plain, full, true
}

// blank is room for a sealed piece, and the part of it where the plain bytes go.
func (s *sealer) blank(i Index) (sealed, plain []byte) {
	length, full, _ := s.shape(i)
	sealed = make([]byte, 1+full, full+around)
	sealed[0] = version
	return sealed, sealed[1 : 1+length]
}

// seal seals what has been written into the plain part of a blank.
func (s *sealer) seal(i Index, blank []byte) []byte {
	return s.aead.Seal(blank[:1], nonce(i), blank[1:], s.associated(i))
}

// open gives the plain bytes of a sealed piece, in the same memory. ErrForged.
func (s *sealer) open(i Index, sealed []byte) ([]byte, error) {
	length, full, ok := s.shape(i)
	if !ok || len(sealed) != full+around || sealed[0] != version {
		return nil, fmt.Errorf("opening %v of %d bytes: %w", i, len(sealed), ErrForged)
	}
	plain, err := s.aead.Open(sealed[1:1], nonce(i), sealed[1:], s.associated(i))
	if err != nil || len(bytes.TrimLeft(plain[length:], "\x00")) > 0 {
		return nil, fmt.Errorf("opening %v: %w", i, ErrForged)
	}
	return plain[:length], nil
}

// nonce is the number of the piece: under one key there is one content.
func nonce(i Index) []byte {
	n := make([]byte, chacha20poly1305.NonceSizeX)
	binary.BigEndian.PutUint32(n[len(n)-4:], uint32(i))
	return n
}

// associated is domain | 0 | version | handle | index.
func (s *sealer) associated(i Index) []byte {
	a := append([]byte(domainPiece), 0, version)
	a = append(a, s.handle[:]...)
	return binary.BigEndian.AppendUint32(a, uint32(i))
}
