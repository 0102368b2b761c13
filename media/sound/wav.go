package sound

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// Forms of samples in a WAV file.
const (
	wavInteger    = 1
	wavFloat      = 3
	wavExtensible = 0xfffe
)

// wav reads uncompressed samples.
type wav struct {
	r        io.ReaderAt
	at, left int64 // bytes of the next frame, and from there on
	start    int64 // of the samples
	length   int64 // bytes of all samples
	channels int
	width    int // bytes of a sample
	float    bool
	buf      []byte
}

func openWAV(r io.ReaderAt, size int64) (*Stream, error) {
	w := &wav{r: r}
	s := &Stream{src: w}
	for at := int64(12); at+8 <= size; {
		var head [8]byte
		if err := readAt(r, head[:], at); err != nil {
			return nil, err
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		at += 8
		switch string(head[:4]) {
		case "fmt ":
			if err := w.format(s, at, length); err != nil {
				return nil, err
			}
		case "data":
			if w.width == 0 {
				return nil, fmt.Errorf("samples before their format: %w", ErrBroken)
			}
			frame := int64(w.width * w.channels)
			length = min(length, size-at) // one that is being written says 0 or all bits
			if length == 0 {
				length = size - at
			}
			w.start, w.length = at, length-length%frame
			s.Frames = w.length / frame
			return s, w.seek(0)
		}
		at += length + length%2
	}
	return nil, fmt.Errorf("no samples: %w", ErrBroken)
}

// format reads the chunk that says how samples lie.
func (w *wav) format(s *Stream, at, length int64) error {
	b := make([]byte, min(length, 40))
	if len(b) < 16 {
		return fmt.Errorf("format of %d bytes: %w", length, ErrBroken)
	}
	if err := readAt(w.r, b, at); err != nil {
		return err
	}
	le := binary.LittleEndian
	form, bits := le.Uint16(b), int(le.Uint16(b[14:]))
	s.Channels, s.Rate = int(le.Uint16(b[2:])), int(le.Uint32(b[4:]))
	if form == wavExtensible && len(b) >= 26 {
		form = le.Uint16(b[24:])
	}
	w.channels, w.width, w.float = s.Channels, bits/8, form == wavFloat
	known := form == wavInteger && bits >= 8 && bits <= 32 || form == wavFloat && (bits == 32 || bits == 64)
	if !known || bits%8 != 0 || w.channels < 1 || w.channels > maxChannels {
		return fmt.Errorf("form %d, %d bits, %d channels: %w", form, bits, w.channels, ErrUnsupported)
	}
	return nil
}

func (w *wav) seek(frame int64) error {
	at := min(frame*int64(w.width*w.channels), w.length)
	w.at, w.left = w.start+at, w.length-at
	return nil
}

func (w *wav) read(dst []float32) (int, error) {
	if w.left == 0 {
		return 0, io.EOF
	}
	frame := w.width * w.channels
	const most = 16 << 10 // frames at a time
	n := min(len(dst)/w.channels, most, int(min(w.left/int64(frame), most)))
	if need := n * frame; len(w.buf) < need {
		w.buf = make([]byte, need)
	}
	b := w.buf[:n*frame]
	if err := readAt(w.r, b, w.at); err != nil {
		return 0, err
	}
	w.at, w.left = w.at+int64(len(b)), w.left-int64(len(b))
	for i := range n * w.channels {
		dst[i] = w.sample(b[i*w.width:])
	}
	return n, nil
}

// sample is the value that stands at the beginning of b.
func (w *wav) sample(b []byte) float32 {
	le := binary.LittleEndian
	switch {
	case w.float && w.width == 8:
		return tame(float32(math.Float64frombits(le.Uint64(b))))
	case w.float:
		return tame(math.Float32frombits(le.Uint32(b)))
	case w.width == 1:
		return (float32(b[0]) - 128) / 128
	case w.width == 2:
		return float32(int16(le.Uint16(b))) / (1 << 15)
	case w.width == 3:
		return float32(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)) / (1 << 31)
	}
	return float32(int32(le.Uint32(b))) / (1 << 31)
}

// tame takes what is no number, or far too loud, from a loudspeaker.
func tame(x float32) float32 {
	if x != x {
		return 0
	}
	return min(max(x, -1), 1)
}
