package sound

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/mewkiz/flac/frame"
)

// flacWindow is the bytes that are searched for a frame at once: more than the largest
// frame of usual files, and what a look at a place costs at most.
const flacWindow = 256 << 10

// flacFile reads FLAC frames.
type flacFile struct {
	r          io.ReaderAt
	size       int64
	start      int64 // of the first frame
	rate       uint32
	channels   int
	bits       uint8
	block      int64 // frames (of sound) in a FLAC frame, where all have the same
	total      int64
	in         *bufio.Reader
	left       []float32 // decoded and not given out yet
	from, next int64     // frame that is wanted, and that comes next
}

func openFLAC(r io.ReaderAt, size int64) (*Stream, error) {
	f := &flacFile{r: r, size: size}
	at := int64(4)
	for last := false; !last; {
		var head [4]byte
		if err := readAt(r, head[:], at); err != nil {
			return nil, err
		}
		last = head[0]&0x80 != 0
		length := int64(head[1])<<16 | int64(head[2])<<8 | int64(head[3])
		if head[0]&0x7f == 0 {
			if err := f.info(at+4, length); err != nil {
				return nil, err
			}
		}
		at += 4 + length
	}
	if f.rate == 0 {
		return nil, fmt.Errorf("no stream info: %w", ErrBroken)
	}
	f.start = at
	s := &Stream{src: f, Rate: int(f.rate), Channels: f.channels, Frames: f.total}
	return s, f.begin(at, 0)
}

// info reads the block that says what the stream is.
func (f *flacFile) info(at, length int64) error {
	var b [18]byte
	if length < int64(len(b)) {
		return fmt.Errorf("stream info of %d bytes: %w", length, ErrBroken)
	}
	if err := readAt(f.r, b[:], at); err != nil {
		return err
	}
	x := binary.BigEndian.Uint64(b[10:])
	f.block = int64(binary.BigEndian.Uint16(b[:]))
	f.rate, f.channels, f.bits, f.total = uint32(x>>44), int(x>>41&7)+1, uint8(x>>36&31)+1, int64(x&(1<<36-1))
	if f.rate == 0 || f.block == 0 {
		return fmt.Errorf("%d Hz, blocks of %d: %w", f.rate, f.block, ErrBroken)
	}
	if f.bits > 24 {
		return fmt.Errorf("%d bits: %w", f.bits, ErrUnsupported)
	}
	return nil
}

// begin reads on from a byte place at which a FLAC frame begins whose first frame is next.
func (f *flacFile) begin(at, next int64) error {
	if at > f.size {
		return fmt.Errorf("frames at %d of %d bytes: %w", at, f.size, ErrBroken)
	}
	f.in = bufio.NewReaderSize(io.NewSectionReader(f.r, at, f.size-at), 64<<10)
	f.left, f.from, f.next = nil, next, next
	return nil
}

func (f *flacFile) read(dst []float32) (int, error) {
	for len(f.left) == 0 {
		if err := f.decode(); err != nil {
			return 0, err
		}
	}
	n := copy(dst, f.left)
	f.left = f.left[n:]
	return n / f.channels, nil
}

// decode decodes one FLAC frame and leaves out what lies before the wanted one.
func (f *flacFile) decode() error {
	fr, err := frame.New(f.in)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return io.EOF
	}
	if err != nil {
		if f.total > 0 && f.next >= f.total {
			return io.EOF // what follows is a tag
		}
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if fr.BitsPerSample == 0 {
		fr.BitsPerSample = f.bits
	}
	if fr.Channels.Count() != f.channels || fr.BitsPerSample != f.bits {
		return fmt.Errorf("a frame of %d channels and %d bits: %w", fr.Channels.Count(), fr.BitsPerSample, ErrBroken)
	}
	if err := fr.Parse(); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	n := len(fr.Subframes[0].Samples)
	out, scale := make([]float32, n*f.channels), 1/float32(int64(1)<<(f.bits-1))
	for c, sub := range fr.Subframes {
		for i, x := range sub.Samples[:n] {
			out[i*f.channels+c] = float32(x) * scale
		}
	}
	skip := min(max(0, f.from-f.next), int64(n))
	f.left, f.next = out[skip*int64(f.channels):], f.next+int64(n)
	return nil
}

// seek halves the file until the wanted frame lies in a window, then decodes up to it.
func (f *flacFile) seek(want int64) error {
	low, high := f.start, f.size // the frame begins at low or after it
	at, next := f.start, int64(0)
	for high-low > flacWindow {
		middle := low + (high-low)/2
		place, first, err := f.find(middle, min(high, middle+flacWindow))
		if err != nil {
			return err
		}
		if place < 0 || first > want {
			high = middle
			continue
		}
		low, at, next = place+1, place, first
	}
	if err := f.begin(at, next); err != nil {
		return err
	}
	f.from = want
	return nil
}

// find looks for the head of a FLAC frame between two places of the file. place is -1 if
// there is none.
func (f *flacFile) find(from, to int64) (place, first int64, err error) {
	b := make([]byte, min(to+16, f.size)-from)
	if err := readAt(f.r, b, from); err != nil {
		return 0, 0, err
	}
	for i := 0; i+6 <= len(b) && from+int64(i) < to; i++ {
		if b[i] != 0xff || b[i+1]&0xfe != 0xf8 {
			continue
		}
		fr, err := frame.New(bytes.NewReader(b[i:]))
		if err != nil || fr.Channels.Count() != f.channels || fr.SampleRate != 0 && fr.SampleRate != f.rate {
			continue // the check sum of the head is wrong: these bytes are sound
		}
		first := int64(fr.Num)
		if fr.HasFixedBlockSize {
			first *= f.block
		}
		if f.total == 0 || first < f.total {
			return from + int64(i), first, nil
		}
	}
	return -1, 0, nil
}
