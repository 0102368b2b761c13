package sound

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/hajimehoshi/go-mp3"
)

const (
	mp3Every = 64 // frames between two places that are known
	mp3Ahead = 10 // frames that are decoded before the one that is wanted: they share bits
	mp3Slack = 64 << 10
)

// mp3Header is what the four bytes before each MP3 frame tell.
type mp3Header struct {
	rate, samples, size int  // Hz, frames (of sound) in it, bytes
	half, padded        bool // of MPEG 2; one byte longer than others
}

var (
	mp3Rates    = [3]int{44100, 48000, 32000}
	mp3Bitrates = [2][15]int{ // kbit/s of layer III: MPEG 1, and 2
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	}
)

// parseMP3Header reads the head of a frame of MPEG 1 or 2, layer III.
func parseMP3Header(b []byte) (h mp3Header, ok bool) {
	x := binary.BigEndian.Uint32(b)
	version, layer, bitrate, rate := x>>19&3, x>>17&3, x>>12&15, x>>10&3
	if x>>21 != 0x7ff || version < 2 || layer != 1 || bitrate == 0 || bitrate == 15 || rate == 3 {
		return h, false
	}
	h.rate, h.samples = mp3Rates[rate], 1152
	kind := 0
	if version == 2 {
		kind, h.half, h.rate, h.samples = 1, true, h.rate/2, 576
	}
	h.padded = x>>9&1 == 1
	if h.size = h.samples / 8 * 1000 * mp3Bitrates[kind][bitrate] / h.rate; h.padded {
		h.size++
	}
	return h, true
}

// Frames tells by the first bytes of a file whether it is made of frames of MP3 or AAC,
// without anything before them: "audio/mpeg", "audio/aac" or "". Two bytes are all that marks a
// frame, so that the next one has to follow; named says that the file's name tells as much.
func Frames(head []byte, named bool) (mime string) {
	if len(head) < 8 {
		return ""
	}
	if h, ok := parseMP3Header(head); ok {
		if len(head) < h.size+4 {
			if named {
				return "audio/mpeg"
			}
			return ""
		}
		if next, ok := parseMP3Header(head[h.size:]); ok && next.rate == h.rate {
			return "audio/mpeg"
		}
	}
	aac := func(b []byte) int {
		if len(b) < 7 || b[0] != 0xff || b[1]&0xf6 != 0xf0 || b[2]>>2&15 > 12 {
			return 0
		}
		return int(b[3]&3)<<11 | int(b[4])<<3 | int(b[5])>>5
	}
	if n := aac(head); n >= 7 && n < len(head) && aac(head[n:]) >= 7 {
		return "audio/aac"
	}
	return ""
}

// mp3File reads MP3 frames. The decoder gives two channels whatever the file has.
type mp3File struct {
	r       io.ReaderAt
	size    int64
	marks   []int64 // byte places of each mp3Every-th frame
	samples int     // in a frame
	frames  int64   // MP3 frames
	dec     *mp3.Decoder
	drop    int // bytes to leave out before what is wanted
	buf     []byte
}

func openMP3(r io.ReaderAt, size int64) (*Stream, error) {
	at := tagEnd(r, size)
	f := &mp3File{r: r, size: size}
	head, err := f.index(at)
	if err != nil {
		return nil, err
	}
	s := &Stream{src: f, Rate: head.rate, Channels: 2, Frames: f.frames * int64(f.samples)}
	return s, f.seek(0)
}

// tagEnd is where a tag at the beginning ends.
func tagEnd(r io.ReaderAt, size int64) int64 {
	var b [10]byte
	if size < int64(len(b)) || readAt(r, b[:], 0) != nil || string(b[:3]) != "ID3" {
		return 0
	}
	n := int64(b[6]&0x7f)<<21 | int64(b[7]&0x7f)<<14 | int64(b[8]&0x7f)<<7 | int64(b[9]&0x7f)
	return 10 + n
}

// index looks at the head of every frame.
func (f *mp3File) index(at int64) (first mp3Header, err error) {
	if at >= f.size {
		return first, fmt.Errorf("nothing but a tag: %w", ErrBroken)
	}
	in := bufio.NewReaderSize(io.NewSectionReader(f.r, at, f.size-at), mp3Slack)
	lost := 0
	for {
		b, err := in.Peek(4)
		if err != nil {
			break
		}
		h, ok := parseMP3Header(b)
		if !ok || f.frames > 0 && (h.rate != first.rate || h.samples != first.samples) {
			if lost++; f.frames == 0 && lost > mp3Slack {
				return first, fmt.Errorf("no MP3 frame: %w", ErrBroken)
			}
			n, _ := in.Discard(1)
			at += int64(n)
			continue
		}
		if h.half && h.padded { // the decoder takes these for one byte shorter than they are
			return first, fmt.Errorf("padded frames of MPEG 2: %w", ErrUnsupported)
		}
		if body, _ := in.Peek(min(h.size, 200)); f.frames > 0 || !isMP3Index(body) {
			if f.frames == 0 {
				first = h
			}
			if f.frames%mp3Every == 0 {
				f.marks = append(f.marks, at)
			}
			f.frames++
		}
		n, err := in.Discard(h.size)
		at += int64(n)
		if err != nil {
			break
		}
	}
	if f.samples = first.samples; f.frames == 0 {
		return first, fmt.Errorf("no MP3 frame: %w", ErrBroken)
	}
	return first, nil
}

// isMP3Index reports whether a frame holds no sound but a table of what follows.
func isMP3Index(b []byte) bool {
	return bytes.Contains(b, []byte("Xing")) || bytes.Contains(b, []byte("Info")) || bytes.Contains(b, []byte("VBRI"))
}

func (f *mp3File) seek(frame int64) error {
	want := min(frame/int64(f.samples), f.frames-1)
	mark := max(0, want-mp3Ahead) / mp3Every
	in := io.NewSectionReader(f.r, f.marks[mark], f.size-f.marks[mark])
	// No seeker: the decoder would read all of the file to make an index of its own.
	dec, err := mp3.NewDecoder(struct{ io.Reader }{bufio.NewReaderSize(in, 16<<10)})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	f.dec, f.drop = dec, int(frame-mark*mp3Every*int64(f.samples))*4
	return nil
}

func (f *mp3File) read(dst []float32) (int, error) {
	const most = 16 << 10
	if f.buf == nil {
		f.buf = make([]byte, most)
	}
	for {
		b := f.buf[:min(most, len(dst)*2)]
		if f.drop > 0 {
			b = f.buf[:min(most, f.drop)]
		}
		n, err := io.ReadFull(f.dec, b)
		if n -= n % 4; n == 0 {
			if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return 0, io.EOF
			}
			return 0, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		if f.drop > 0 {
			f.drop -= n
			continue
		}
		for i := range n / 2 {
			dst[i] = float32(int16(binary.LittleEndian.Uint16(b[2*i:]))) / (1 << 15)
		}
		return n / 4, nil
	}
}
