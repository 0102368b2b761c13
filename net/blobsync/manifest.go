package blobsync

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
)

const domainRoot = "corkboard/blob pieces/1"

// A Manifest is the SHA-256 of every piece of a file, before padding and
// sealing. It is not changed once made.
type Manifest struct {
	size   int64
	hashes []byte // hashSize each
}

// Size is the bytes of the file.
func (m Manifest) Size() int64 { return m.size }

// Pieces is how many pieces the file has.
func (m Manifest) Pieces() int { return len(m.hashes) / hashSize }

// Root is SHA-256 over the size and all hashes: it names the content.
func (m Manifest) Root() [32]byte {
	h := sha256.New()
	head := append([]byte(domainRoot), 0)
	h.Write(binary.BigEndian.AppendUint64(head, uint64(m.size)))
	h.Write(m.hashes)
	return [32]byte(h.Sum(nil))
}

// Verify checks that it is what a document names: ErrManifest.
func (m Manifest) Verify(root [32]byte, size int64) error {
	if m.size != size || m.Root() != root {
		return fmt.Errorf("list of %d hashes: %w", m.Pieces(), ErrManifest)
	}
	return nil
}

// readManifest takes hashes that came from outside. ErrManifest if there are
// too few or too many for the size.
func readManifest(size int64, hashes []byte) (Manifest, error) {
	if size < 0 || size > MaxSize || len(hashes) != PiecesOf(size)*hashSize {
		return Manifest{}, fmt.Errorf("%d bytes of hashes for a file of %d: %w", len(hashes), size, ErrManifest)
	}
	return Manifest{size: size, hashes: hashes}, nil
}

// fits says whether plain bytes are piece i.
func (m Manifest) fits(i int, plain []byte) bool {
	sum := sha256.Sum256(plain)
	return string(sum[:]) == string(m.hashes[i*hashSize:(i+1)*hashSize])
}

// part is the bytes of piece i of the manifest.
func (m Manifest) part(i int) []byte {
	from := i * PieceSize
	return m.hashes[from:min(from+PieceSize, len(m.hashes))]
}

// A Hasher makes the manifest of what is written to it. The zero Hasher is ready.
type Hasher struct {
	size   int64
	piece  hash.Hash
	hashes []byte
}

// Write never holds more than hashes. ErrTooLarge.
func (h *Hasher) Write(p []byte) (int, error) {
	if h.size+int64(len(p)) > MaxSize {
		return 0, fmt.Errorf("hashing a file: %w", ErrTooLarge)
	}
	if h.piece == nil {
		h.piece = sha256.New()
	}
	done := 0
	for done < len(p) {
		step := min(len(p)-done, PieceSize-int(h.size%PieceSize))
		h.piece.Write(p[done : done+step])
		done += step
		if h.size += int64(step); h.size%PieceSize == 0 {
			h.hashes = h.piece.Sum(h.hashes)
			h.piece.Reset()
		}
	}
	return done, nil
}

// Manifest is of all that was written; nothing can be written afterwards.
func (h *Hasher) Manifest() Manifest {
	if h.size%PieceSize != 0 {
		h.hashes = h.piece.Sum(h.hashes)
	}
	return Manifest{size: h.size, hashes: h.hashes}
}

// Sum reads to the end and gives, from one pass, the bytes there were, their
// SHA-256 and their manifest. Errors: ErrTooLarge, those of r. It blocks.
func Sum(r io.Reader) (size int64, blob [32]byte, m Manifest, err error) {
	whole, pieces := sha256.New(), new(Hasher)
	if size, err = io.CopyBuffer(io.MultiWriter(whole, pieces), r, make([]byte, PieceSize)); err != nil {
		return 0, blob, m, fmt.Errorf("hashing a file: %w", err)
	}
	return size, [32]byte(whole.Sum(nil)), pieces.Manifest(), nil
}
