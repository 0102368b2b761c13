package engine

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
)

// The frame of a stored change: magic, four bytes of checksum, a type, the
// length as LEB128, the data, which begins with the hashes of what it depends
// on. (Automerge binary format, "Chunk container" and "Change chunk".)
var chunkMagic = []byte{0x85, 0x6f, 0x4a, 0x83}

const (
	chunkChange     = 1
	chunkCompressed = 2

	maxInflated = 64 << 20
	maxDeps     = 1 << 16
)

type changeHash = [sha256.Size]byte

// frame is what the outside of a change tells without a core.
type frame struct {
	hash  changeHash
	deps  []changeHash
	after []byte // the inflated data behind the predecessors
	body  []byte
}

// readFrame accepts exactly one undamaged change chunk.
func readFrame(b []byte) (frame, error) {
	bad := func(why string) (frame, error) { return frame{}, fmt.Errorf("%w: %s", ErrBadChunk, why) }
	if len(b) < 10 || !bytes.Equal(b[:4], chunkMagic) {
		return bad("not a chunk")
	}
	size, n := binary.Uvarint(b[9:])
	if n <= 0 || size != uint64(len(b)-9-n) {
		return bad("chunk of the wrong length")
	}
	data := b[9+n:]
	switch b[8] {
	case chunkChange:
	case chunkCompressed:
		var err error
		data, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), maxInflated+1))
		if err != nil || len(data) > maxInflated {
			return bad("chunk does not inflate")
		}
	default:
		return bad("not a change")
	}
	f := frame{hash: hashOf(data), body: b}
	if !bytes.Equal(f.hash[:4], b[4:8]) {
		return bad("wrong checksum")
	}
	count, n := binary.Uvarint(data)
	if n <= 0 || count > maxDeps || uint64(len(data)-n) < count*sha256.Size {
		return bad("broken list of predecessors")
	}
	for i := range int(count) {
		f.deps = append(f.deps, changeHash(data[n+i*sha256.Size:]))
	}
	f.after = data[n+int(count)*sha256.Size:]
	return f, nil
}

// hashOf is the name of a change: the hash of its uncompressed chunk after
// the checksum.
func hashOf(data []byte) changeHash {
	h := sha256.New()
	h.Write(binary.AppendUvarint([]byte{chunkChange}, uint64(len(data))))
	h.Write(data)
	return changeHash(h.Sum(nil))
}

// inOrder sorts changes so that each comes after what it depends on. rest are
// those that cannot follow yet; known tells what a document has already.
func inOrder(list []frame, known func(changeHash) bool) (ready, rest []frame) {
	have := make(map[changeHash]bool, len(list))
	given := make(map[changeHash]bool, len(list))
	for _, f := range list {
		given[f.hash] = true
	}
	for rest = list; len(rest) > 0; {
		var later []frame
		for _, f := range rest {
			if follows(f, have, given, known) {
				have[f.hash] = true
				ready = append(ready, f)
			} else {
				later = append(later, f)
			}
		}
		if len(later) == len(rest) {
			break
		}
		rest = later
	}
	return ready, rest
}

func follows(f frame, have, given map[changeHash]bool, known func(changeHash) bool) bool {
	for _, d := range f.deps {
		if !have[d] && (given[d] || !known(d)) {
			return false
		}
	}
	return true
}
