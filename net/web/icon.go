package web

import (
	"bytes"
	"encoding/binary"
)

// pngIn is the PNG that an icon file of Windows holds, the one whose side is nearest to
// what is shown; anything else, such as one that holds bitmaps alone, is as it was.
// Nothing is decoded.
func pngIn(b []byte) []byte {
	const head, entry, shown = 6, 16, 64
	if len(b) < head || !bytes.HasPrefix(b, []byte{0, 0, 1, 0}) {
		return b
	}
	best, far := b, 1<<16
	for i := range int(binary.LittleEndian.Uint16(b[4:])) {
		at := head + i*entry
		if at+entry > len(b) {
			break
		}
		size, from := uint64(binary.LittleEndian.Uint32(b[at+8:])), uint64(binary.LittleEndian.Uint32(b[at+12:]))
		if from+size > uint64(len(b)) {
			continue
		}
		side := int(b[at])
		if side == 0 {
			side = 256
		}
		inner := b[from : from+size]
		away := max(side-shown, 2*(shown-side))
		if bytes.HasPrefix(inner, []byte("\x89PNG\r\n\x1a\n")) && away < far {
			best, far = inner, away
		}
	}
	return best
}
