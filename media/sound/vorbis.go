package sound

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/jfreymuth/vorbis"
)

// vorbisFile reads Vorbis packets out of Ogg pages. The decoder sees the first and the
// third head only after they were checked here, and never the comments in the second:
// it takes as much memory and time as heads ask for.
type vorbisFile struct {
	oggSound
	heads  [2][]byte
	dec    *vorbis.Decoder
	buf    []float32
	unsure int // number of the page up to which the place is not known; 0: it is
	place  int64
}

func openVorbis(r io.ReaderAt, size int64) (*Stream, error) {
	ogg, err := newOgg(r, size)
	if err != nil {
		return nil, err
	}
	v := &vorbisFile{oggSound: oggSound{ogg: ogg}}
	for n := range 3 {
		head, err := ogg.packet()
		if err != nil || !vorbis.IsHeader(head) || int(head[0]) != 2*n+1 {
			return nil, fmt.Errorf("head %d: %w", n+1, ErrBroken)
		}
		if n != 1 {
			v.heads[n/2] = append([]byte(nil), head...)
		}
	}
	first := v.heads[0]
	if len(first) < 30 {
		return nil, fmt.Errorf("short head: %w", ErrBroken)
	}
	v.channels = int(first[11])
	short, long := first[28]&15, first[28]>>4
	if v.channels < 1 || v.channels > maxChannels || short < 6 || long > 13 || short > long {
		return nil, fmt.Errorf("%d channels, blocks of 2^%d and 2^%d: %w", v.channels, short, long, ErrUnsupported)
	}
	if err := checkBooks(v.heads[1][7:]); err != nil {
		return nil, err
	}
	s := &Stream{src: v, Rate: int(binary.LittleEndian.Uint32(first[12:])), Channels: v.channels}
	if last := ogg.last(); last > 0 {
		v.end, s.Frames = last, last
	}
	return s, v.seek(0)
}

// seek begins a page before the wanted frame: what the first packet there says is not
// heard without the one before it, and the place is known at the end of a page alone.
func (v *vorbisFile) seek(frame int64) error {
	v.dec = &vorbis.Decoder{}
	for _, head := range v.heads {
		if err := v.dec.ReadHeader(head); err != nil {
			return fmt.Errorf("%w: %w", ErrBroken, err)
		}
	}
	v.buf = make([]float32, v.dec.BufferSize())
	v.left, v.want, v.at, v.unsure = nil, frame, 0, 0
	before, start := v.ogg.search(frame)
	if !start {
		_, start = v.ogg.search(before)
	}
	if !start {
		v.unsure = -1
		return nil
	}
	for range 3 { // the heads
		if _, err := v.ogg.packet(); err != nil {
			return fmt.Errorf("heads: %w", ErrBroken)
		}
	}
	return nil
}

func (v *vorbisFile) read(dst []float32) (int, error) { return v.fill(dst, v.decode) }

// decode decodes a packet.
func (v *vorbisFile) decode() error {
	p, err := v.ogg.packet()
	if err != nil {
		return err
	}
	switch {
	case v.unsure < 0: // the first page
		v.unsure, v.place = v.ogg.pages, v.ogg.granule
	case v.unsure > 0 && v.unsure != v.ogg.pages:
		v.unsure, v.at = 0, v.place
	}
	out, err := v.dec.DecodeInto(p, v.buf)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if v.unsure != 0 {
		return nil
	}
	return v.keep(out)
}
