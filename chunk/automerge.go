package chunk

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
)

// An Automerge change chunk is magic | 4 bytes of checksum | type | length |
// data. Its hash is SHA-256(type | length | data), the checksum the beginning of
// it (Automerge binary format, "Chunk container"). So only the data travels: the
// rest follows from it, and what is signed is the hash that Automerge itself
// and all later changes go by.
var automergeMagic = [4]byte{0x85, 0x6f, 0x4a, 0x83}

const (
	automergeChange     = 1
	automergeCompressed = 2

	automergeHead = 4 + 4 + 1 // before the length
	maxData       = MaxChange - automergeHead - 3
)

// frame is type | length | data.
func frame(data []byte) []byte {
	b := make([]byte, 0, 1+binary.MaxVarintLen64+len(data))
	b = binary.AppendUvarint(append(b, automergeChange), uint64(len(data)))
	return append(b, data...)
}

// hashOf is the hash of the change with these data.
func hashOf(data []byte) [32]byte {
	h := sha256.New()
	var head [1 + binary.MaxVarintLen64]byte
	h.Write(binary.AppendUvarint(append(head[:0], automergeChange), uint64(len(data))))
	h.Write(data)
	return [32]byte(h.Sum(nil))
}

// automergeBytes is the uncompressed change with these data.
func automergeBytes(data []byte) []byte {
	hash := hashOf(data)
	b := append(automergeMagic[:len(automergeMagic):len(automergeMagic)], hash[:4]...)
	return append(b, frame(data)...)
}

// automergeData takes one change of our own core apart, which may be compressed.
// Errors: ErrTooLarge, ErrMalformed.
func automergeData(b []byte) ([]byte, error) {
	if len(b) > MaxChange {
		return nil, ErrTooLarge
	}
	if len(b) < automergeHead || !bytes.Equal(b[:4], automergeMagic[:]) {
		return nil, malformed("not an Automerge change")
	}
	size, n := binary.Uvarint(b[automergeHead:])
	if n <= 0 || size != uint64(len(b)-automergeHead-n) {
		return nil, malformed("Automerge change of the wrong length")
	}
	data := b[automergeHead+n:]
	switch b[8] {
	case automergeChange:
	case automergeCompressed:
		var err error
		if data, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), maxData+1)); err != nil {
			return nil, fmt.Errorf("%w: %w", malformed("Automerge change does not inflate"), err)
		}
	default:
		return nil, malformed("no Automerge change but another chunk")
	}
	if len(data) > maxData {
		return nil, ErrTooLarge
	}
	if hash := hashOf(data); !bytes.Equal(hash[:4], b[4:8]) {
		return nil, malformed("Automerge change with a wrong checksum")
	}
	return data, nil
}
