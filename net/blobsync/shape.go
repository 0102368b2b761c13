package blobsync

import (
	"fmt"
	"slices"

	"corkboard/chunk"
)

// Limits. Sizes are bytes.
const (
	// PieceSize is how much of a file a piece holds; the last one has the rest.
	PieceSize = 256 << 10
	// MaxPieces is how many pieces a file may have.
	MaxPieces = 1 << 18
	// MaxSize is the largest file that travels: 64 GiB.
	MaxSize = MaxPieces * PieceSize

	hashSize          = 32
	maxManifestPieces = MaxPieces * hashSize / PieceSize
)

// Index numbers the pieces of a file from 0. Those of its manifest have numbers
// of their own: see ManifestIndex.
type Index uint32

const ofManifest Index = 1 << 31

// ManifestIndex is the number of a piece of the manifest, from 0.
func ManifestIndex(i int) Index { return ofManifest | Index(i) }

// Manifest tells whether it is a piece of the manifest, and which.
func (i Index) Manifest() (int, bool) { return int(i &^ ofManifest), i&ofManifest != 0 }

func (i Index) valid() bool {
	n, manifest := i.Manifest()
	if manifest {
		return n < maxManifestPieces
	}
	return n < MaxPieces
}

// String is for logs: "piece 3", "manifest piece 0".
func (i Index) String() string {
	n, manifest := i.Manifest()
	if manifest {
		return fmt.Sprintf("manifest piece %d", n)
	}
	return fmt.Sprintf("piece %d", n)
}

// PiecesOf is how many pieces a file of size bytes has: none if it is empty.
func PiecesOf(size int64) int { return int((size + PieceSize - 1) / PieceSize) }

// ManifestPiecesOf is how many pieces the manifest of such a file has.
func ManifestPiecesOf(size int64) int { return PiecesOf(int64(PiecesOf(size)) * hashSize) }

// sizes are the padded lengths of short contents.
var sizes = chunk.Sizes()

// padded is the length that others see of n bytes: the next of chunk's sizes,
// and whole pieces where those are larger or end.
func padded(n int64) int64 {
	whole := int64(PiecesOf(n)) * PieceSize
	if at, _ := slices.BinarySearch(sizes, int(min(n, MaxSize))); n > 0 && at < len(sizes) {
		return min(int64(sizes[at]), whole)
	}
	return whole
}

// lengths are how many bytes of n piece i has, and how many with padding.
func lengths(n int64, i int) (plain, full int) {
	from := int64(i) * PieceSize
	return int(min(n-from, PieceSize)), int(min(padded(n)-from, PieceSize))
}
