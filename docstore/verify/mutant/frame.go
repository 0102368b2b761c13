package mutant

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
)

// hashOf is the hash of a change with these data.
func hashOf(data []byte) [32]byte {
	return sha256.Sum256(append(binary.AppendUvarint([]byte{1}, uint64(len(data))), data...))
}

// Chunk puts a frame with the checksum of a change around data.
func Chunk(kind byte, data []byte) []byte {
	sum := hashOf(data)
	return Frame(kind, sum[:4], data)
}

// Frame puts a frame around data.
func Frame(kind byte, sum, data []byte) []byte {
	b := append([]byte{0x85, 0x6f, 0x4a, 0x83}, sum...)
	return slices.Concat(binary.AppendUvarint(append(b, kind), uint64(len(data))), data)
}

// nameOf is the hash of a chunk of New, whatever is in it.
func nameOf(chunk []byte) string {
	_, n := binary.Uvarint(chunk[9:])
	sum := hashOf(chunk[9+n:])
	return hex.EncodeToString(sum[:])
}
