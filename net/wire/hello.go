package wire

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"corkboard/identity"
	"corkboard/record"
)

// The three messages of the handshake: each a frame, each sent once by both ends.
//
//	nonce = version u8 = 1 | nonce 32
//	tags  = version u8 = 1 | 2^n tags of 8 bytes, ascending
//	proof = version u8 = 1 | sealed 145
const (
	helloVersion = 1
	nonceSize    = 32
	tagSize      = 8
	proofSize    = 1 + 32 + 32 + identity.SignatureSize // before sealing
	maxName      = 256                                  // bytes of an end's name
	fewestTags   = 8
	mostTags     = 1 << 14
	maxHello     = 1 + mostTags*tagSize // the longest of the messages
)

func writeNonce(nonce [nonceSize]byte) []byte {
	var w record.Writer
	w.Uint8(helloVersion)
	w.Fixed(nonce[:])
	return w.B
}

// reader checks the version. Errors come with its Close: identity.ErrNewer is
// told at once, since nothing else of such a message can be read.
func reader(message []byte) (*record.Reader, error) {
	r := record.NewReader(message)
	if v := r.Uint8(); v > helloVersion {
		return nil, fmt.Errorf("%w: version %d of the handshake", ErrNewer, v)
	} else if v != helloVersion {
		r.Fail("no version of the handshake")
	}
	return r, nil
}

func readNonce(message []byte) (nonce [nonceSize]byte, err error) {
	r, err := reader(message)
	if err != nil {
		return nonce, err
	}
	nonce = r.Hash()
	return nonce, r.Close()
}

// writeTags fills up with random tags to a power of two, so that their number tells
// little, and sorts them, so that their order tells nothing.
func writeTags(random io.Reader, tags []Tag) ([]byte, error) {
	n := fewestTags
	for n < len(tags) {
		n *= 2
	}
	all := slices.Clone(tags)
	for len(all) < n {
		more := make([]byte, (n-len(all))*tagSize)
		if _, err := io.ReadFull(random, more); err != nil {
			return nil, fmt.Errorf("draw tags: %w", err)
		}
		for t := range slices.Chunk(more, tagSize) {
			all = append(all, Tag(t))
		}
		slices.SortFunc(all, compareTags)
		all = slices.Compact(all)
	}
	slices.SortFunc(all, compareTags)
	var w record.Writer
	w.Uint8(helloVersion)
	for _, t := range all {
		w.Fixed(t[:])
	}
	return w.B, nil
}

func compareTags(a, b Tag) int { return bytes.Compare(a[:], b[:]) }

// readTags refuses doubled tags, and numbers that are no power of two.
func readTags(message []byte) ([]Tag, error) {
	r, err := reader(message)
	if err != nil {
		return nil, err
	}
	n := r.Len() / tagSize
	if n < fewestTags || n > mostTags || n&(n-1) != 0 {
		r.Fail("wrong number of tags")
		return nil, r.Close()
	}
	tags := make([]Tag, n)
	for i := range tags {
		copy(tags[i][:], r.Fixed(tagSize))
		if i > 0 && compareTags(tags[i-1], tags[i]) >= 0 {
			r.Fail("tags out of order, or doubled")
		}
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	return tags, nil
}
