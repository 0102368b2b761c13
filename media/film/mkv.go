package film

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strings"
	"time"
)

// Elements of Matroska that are looked at.
const (
	idSegment     = 0x18538067
	idInfo        = 0x1549a966
	idScale       = 0x2ad7b1
	idDuration    = 0x4489
	idTracks      = 0x1654ae6b
	idTrack       = 0xae
	idNumber      = 0xd7
	idType        = 0x83
	idCodec       = 0x86
	idVideo       = 0xe0
	idWidth       = 0xb0
	idHeight      = 0xba
	idAttachments = 0x1941a469
	idAttached    = 0x61a7
	idMime        = 0x4660
	idData        = 0x465c
	idCluster     = 0x1f43b675
	idGroup       = 0xa0
	idBlock       = 0xa1
	idSimpleBlock = 0xa3
)

var mkvWithin = map[uint64]bool{
	idSegment: true, idInfo: true, idTracks: true, idTrack: true, idVideo: true,
	idAttachments: true, idAttached: true, idCluster: true, idGroup: true,
}

// mkv reads the elements of WebM and Matroska.
type mkv struct {
	film *Film
	seen int // elements

	scale    uint64  // nanoseconds of a tick
	duration float64 // ticks

	number, kind  uint64 // of the track at hand
	codec         string
	width, height uint64

	video uint64 // number of the first track of pictures, 0 before it
	vp8   bool
	mime  string // of the attached file at hand
}

// vint reads a number whose first byte tells how long it is. Without keep the mark of
// the length is taken away. unknown: it stands for a length that nobody knows.
func vint(b []byte, keep bool) (n uint64, size int, unknown bool) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false
	}
	size = bits.LeadingZeros8(b[0]) + 1
	if size > len(b) {
		return 0, 0, false
	}
	for _, x := range b[:size] {
		n = n<<8 | uint64(x)
	}
	if !keep {
		n &= 1<<(7*size) - 1
		unknown = n == 1<<(7*size)-1
	}
	return n, size, unknown
}

// elements goes through what lies in an element.
func (m *mkv) elements(b []byte, depth int) {
	for len(b) > 0 && m.seen < maxBoxes && !m.done() {
		m.seen++
		id, n, _ := vint(b, true)
		if n == 0 || n > 4 {
			return
		}
		length, k, unknown := vint(b[n:], false)
		if k == 0 {
			return
		}
		b = b[n+k:]
		if unknown || length > uint64(len(b)) {
			length = uint64(len(b))
		}
		m.element(id, b[:length], depth)
		b = b[length:]
	}
}

// done reports whether all is known that can be.
func (m *mkv) done() bool { return m.film.Frame != nil && m.duration > 0 }

func (m *mkv) element(id uint64, b []byte, depth int) {
	switch id {
	case idScale:
		m.scale = whole(b)
	case idDuration:
		m.duration = real(b)
	case idTrack:
		m.number, m.kind, m.codec, m.width, m.height = 0, 0, "", 0, 0
	case idNumber:
		m.number = whole(b)
	case idType:
		m.kind = whole(b)
	case idCodec:
		m.codec = string(b[:min(len(b), 32)])
	case idWidth:
		m.width = whole(b)
	case idHeight:
		m.height = whole(b)
	case idMime:
		m.mime = string(b[:min(len(b), 32)])
	case idData:
		if strings.HasPrefix(m.mime, "image/") && m.film.Cover == nil {
			m.film.Cover = b
		}
	case idSimpleBlock, idBlock:
		m.block(b)
	}
	if mkvWithin[id] && depth < maxDepth {
		m.elements(b, depth+1)
	}
	if id == idTrack {
		m.track()
	}
}

// track takes the first track of pictures.
func (m *mkv) track() {
	const pictures = 1
	if m.kind != pictures || m.video != 0 || m.number == 0 {
		return
	}
	m.video, m.vp8 = m.number, m.codec == "V_VP8"
	m.film.Width, m.film.Height = int(min(m.width, 1<<31-1)), int(min(m.height, 1<<31-1))
}

// block takes the first frame of pictures if it can be decoded alone.
func (m *mkv) block(b []byte) {
	number, n, _ := vint(b, false)
	const after = 3 // time and flags
	if n == 0 || len(b) < n+after || number != m.video || !m.vp8 || m.film.Frame != nil {
		return
	}
	flags, frame := b[n+2], b[n+after:]
	if laced := flags&0x06 != 0; laced || len(frame) < 10 || frame[0]&1 != 0 {
		return // frame[0] of a key frame of VP8 is even
	}
	m.film.Frame = frame
}

// finish makes of the ticks a duration.
func (m *mkv) finish() {
	if seconds := m.duration * float64(m.scale) / 1e9; seconds > 0 && seconds < maxDuration.Seconds() {
		m.film.Duration = time.Duration(seconds * float64(time.Second))
	}
}

func whole(b []byte) (n uint64) {
	for _, x := range b[:min(len(b), 8)] {
		n = n<<8 | uint64(x)
	}
	return n
}

func real(b []byte) float64 {
	switch len(b) {
	case 4:
		return float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
	case 8:
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	return 0
}
