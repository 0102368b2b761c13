package film

import "encoding/binary"

// mp4 reads the boxes of MP4 and QuickTime.
type mp4 struct {
	film *Film
	seen int // boxes

	width, height int  // of the track at hand
	turned        bool // by a quarter
}

// mp4Within are the boxes that hold what is looked for.
var mp4Within = map[string]bool{"moov": true, "trak": true, "mdia": true, "udta": true, "meta": true, "ilst": true, "covr": true}

// boxes goes through what lies in a box.
func (m *mp4) boxes(b []byte, in string, depth int) {
	for len(b) >= 8 && m.seen < maxBoxes {
		m.seen++
		size, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		name := string(b[4:8])
		switch {
		case size == 1 && len(b) >= 16:
			size, head = binary.BigEndian.Uint64(b[8:]), 16
		case size == 0: // up to the end
			size = uint64(len(b))
		}
		if size < head || size > uint64(len(b)) {
			size = uint64(len(b))
		}
		m.box(name, b[min(head, size):size], in, depth)
		b = b[size:]
	}
}

func (m *mp4) box(name string, b []byte, in string, depth int) {
	switch name {
	case "mvhd":
		m.header(b)
	case "tkhd":
		m.track(b)
	case "hdlr":
		if in == "mdia" && len(b) >= 12 && string(b[8:12]) == "vide" && m.film.Width == 0 {
			if m.turned {
				m.width, m.height = m.height, m.width
			}
			m.film.Width, m.film.Height = m.width, m.height
		}
	case "data":
		if in == "covr" && len(b) > 8 && m.film.Cover == nil {
			m.film.Cover = b[8:]
		}
	}
	if !mp4Within[name] || depth >= maxDepth {
		return
	}
	// QuickTime's boxes of this name have no version before what they hold.
	if name == "meta" && len(b) >= 8 && string(b[4:8]) != "hdlr" {
		b = b[4:]
	}
	m.boxes(b, name, depth+1)
}

// header reads how long the film is.
func (m *mp4) header(b []byte) {
	be := binary.BigEndian
	switch {
	case len(b) >= 20 && b[0] == 0 && be.Uint32(b[16:]) != 1<<32-1:
		m.film.Duration = ticks(uint64(be.Uint32(b[16:])), uint64(be.Uint32(b[12:])))
	case len(b) >= 32 && b[0] == 1:
		m.film.Duration = ticks(be.Uint64(b[24:]), uint64(be.Uint32(b[20:])))
	}
}

// track reads how large a track is shown: whole pixels stand in the upper halves.
func (m *mp4) track(b []byte) {
	m.width, m.height, m.turned = 0, 0, false
	matrix := 40
	if len(b) > 0 && b[0] == 1 {
		matrix = 52
	}
	if len(b) < matrix+44 {
		return
	}
	be := binary.BigEndian
	m.turned = be.Uint32(b[matrix:]) == 0 && be.Uint32(b[matrix+4:]) != 0
	m.width, m.height = int(be.Uint16(b[matrix+36:])), int(be.Uint16(b[matrix+40:]))
}
