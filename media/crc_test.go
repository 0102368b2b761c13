package media

import (
	"encoding/binary"
	"hash/crc32"
)

// fixCRC makes the checksum of a PNG's first chunk right again after its size was changed.
func fixCRC(png []byte) []byte {
	out := append([]byte(nil), png...)
	const kind, end = 12, 29
	binary.BigEndian.PutUint32(out[end:], crc32.ChecksumIEEE(out[kind:end]))
	return out
}
