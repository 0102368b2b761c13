package sound

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/pion/opus"
)

const (
	opusRate    = 48000
	opusLongest = 5760 // frames of sound in a packet at most
	opusAhead   = 3840 // frames that are decoded before those that are wanted
)

// opusFile reads Opus packets out of Ogg pages.
type opusFile struct {
	oggSound
	dec    opus.Decoder
	gain   float32
	before int64 // frames at the beginning that are not part of the sound
	buf    []float32
}

func openOpus(r io.ReaderAt, size int64) (*Stream, error) {
	ogg, err := newOgg(r, size)
	if err != nil {
		return nil, err
	}
	head, err := ogg.packet()
	if err != nil || len(head) < 19 || string(head[:8]) != "OpusHead" {
		return nil, fmt.Errorf("no head: %w", ErrBroken)
	}
	channels, family := int(head[9]), head[18]
	if head[8]>>4 != 0 || channels < 1 || channels > 2 || family > 1 {
		return nil, fmt.Errorf("%d channels of family %d: %w", channels, family, ErrUnsupported)
	}
	o := &opusFile{
		oggSound: oggSound{ogg: ogg, channels: channels}, before: int64(binary.LittleEndian.Uint16(head[10:])),
		gain: float32(math.Pow(10, float64(int16(binary.LittleEndian.Uint16(head[16:])))/5120)),
		buf:  make([]float32, opusLongest*channels),
	}
	s := &Stream{src: o, Rate: opusRate, Channels: channels}
	if last := ogg.last(); last > o.before {
		o.end, s.Frames = last, last-o.before
	}
	return s, o.seek(0)
}

func (o *opusFile) seek(frame int64) (err error) {
	if o.dec, err = opus.NewDecoderWithOutput(opusRate, o.channels); err != nil {
		return fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	o.left, o.want = nil, o.before+frame
	granule, start := o.ogg.search(o.want - opusAhead)
	if o.at = granule; !start {
		return nil
	}
	for range 2 { // the heads
		if _, err := o.ogg.packet(); err != nil {
			return fmt.Errorf("heads: %w", ErrBroken)
		}
	}
	return nil
}

func (o *opusFile) read(dst []float32) (int, error) { return o.fill(dst, o.decode) }

// decode decodes a packet.
func (o *opusFile) decode() error {
	p, err := o.ogg.packet()
	if err != nil {
		return err
	}
	n, err := o.dec.DecodeToFloat32(p, o.buf)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if n < 0 || n > opusLongest {
		return fmt.Errorf("packet of %d frames: %w", n, ErrBroken)
	}
	out := o.buf[:n*o.channels]
	for i := range out {
		out[i] *= o.gain
	}
	return o.keep(out)
}
