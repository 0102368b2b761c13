package sound

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// The errors of this package, wrapped with what was being done.
var (
	// ErrUnsupported: no decoder here reads this format, or not in this way.
	ErrUnsupported = errors.New("format is not supported")
	// ErrBroken: the file is not what its first bytes promise, or is cut short.
	ErrBroken = errors.New("file is broken")
	// ErrTooLarge: the file exceeds the limits.
	ErrTooLarge = errors.New("too large")
)

// The limits of what is read.
const (
	MaxBytes    = 2 << 30 // of a file
	maxRate     = 384_000 // frames a second
	minRate     = 4_000
	maxChannels = 8
	maxFrames   = 1 << 40 // of a file
)

// Stream is a sound file that is being read.
type Stream struct {
	Format   string // wav, mp3, flac, opus, vorbis
	Rate     int    // frames a second
	Channels int
	Frames   int64 // in all; 0 where the file does not tell

	src source
	err error // that ended it
}

// source is a decoder of one format. Its methods may panic.
type source interface {
	// read fills dst, a whole number of frames, as far as it can, and gives the frames
	// that it wrote; none only with an error, io.EOF at the end.
	read(dst []float32) (frames int, err error)
	// seek goes to a frame; the next read begins there.
	seek(frame int64) error
}

// Open reads the beginning of a file. Errors: ErrUnsupported (also for what is no sound),
// ErrBroken, ErrTooLarge, and those of r.
func Open(r io.ReaderAt, size int64) (s *Stream, err error) {
	defer contain(&err)
	if size > MaxBytes {
		return nil, fmt.Errorf("sound of %d bytes: %w", size, ErrTooLarge)
	}
	format, err := formatOf(r, size)
	if err != nil {
		return nil, err
	}
	open := map[string]func(io.ReaderAt, int64) (*Stream, error){
		"wav": openWAV, "mp3": openMP3, "flac": openFLAC, "opus": openOpus, "vorbis": openVorbis,
	}[format]
	if open == nil {
		return nil, fmt.Errorf("opening a sound (%q): %w", format, ErrUnsupported)
	}
	if s, err = open(r, size); err != nil {
		return nil, fmt.Errorf("opening a sound (%s): %w", format, err)
	}
	s.Format = format
	if s.Rate < minRate || s.Rate > maxRate || s.Channels < 1 || s.Channels > maxChannels {
		return nil, fmt.Errorf("%d channels of %d Hz: %w", s.Channels, s.Rate, ErrUnsupported)
	}
	if s.Frames < 0 || s.Frames > maxFrames {
		return nil, fmt.Errorf("%d frames: %w", s.Frames, ErrBroken)
	}
	return s, nil
}

// Read fills dst with whole frames and tells how many. It gives io.EOF at the end and
// ErrBroken where the file is damaged; no frames come with an error.
func (s *Stream) Read(dst []float32) (frames int, err error) {
	if s.err != nil {
		return 0, s.err
	}
	defer func() { s.err = err }()
	defer contain(&err)
	dst = dst[:len(dst)-len(dst)%s.Channels]
	if len(dst) == 0 {
		return 0, nil
	}
	if frames, err = s.src.read(dst); frames > 0 {
		return frames, nil
	}
	if err == nil {
		err = ErrBroken // a source that gives nothing would be asked for ever
	}
	return 0, err
}

// SeekTo goes to a frame, at most the last one; the next Read begins there.
func (s *Stream) SeekTo(frame int64) (err error) {
	defer func() { s.err = err }()
	defer contain(&err)
	frame = max(frame, 0)
	if s.Frames > 0 {
		frame = min(frame, s.Frames)
	}
	return s.src.seek(frame)
}

// Duration is how long the sound is; 0 where the file does not tell.
func (s *Stream) Duration() time.Duration { return Time(s.Frames, s.Rate) }

// Time is how long so many frames last.
func Time(frames int64, rate int) time.Duration {
	if rate <= 0 {
		return 0
	}
	r := int64(rate)
	return time.Duration(frames/r)*time.Second + time.Duration(frames%r)*time.Second/time.Duration(r)
}

// contain makes a panic an error: decoders are given what nobody has checked.
func contain(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("decoder panicked: %v: %w", p, ErrBroken)
	}
}

// formatOf tells the format by the first bytes.
func formatOf(r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, 64))
	if err := readAt(r, head, 0); err != nil {
		return "", err
	}
	is := func(at int, magic string) bool {
		return len(head) >= at+len(magic) && string(head[at:at+len(magic)]) == magic
	}
	switch {
	case is(0, "RIFF") && is(8, "WAVE"):
		return "wav", nil
	case is(0, "fLaC"):
		return "flac", nil
	case is(0, "OggS") && is(28, "OpusHead"):
		return "opus", nil
	case is(0, "OggS") && is(28, "\x01vorbis"):
		return "vorbis", nil
	case is(0, "ID3"):
		return "mp3", nil
	case len(head) >= 4:
		if _, ok := parseMP3Header(head); ok {
			return "mp3", nil
		}
	}
	return "", nil
}

// readAt fills b from a place of a file; ErrBroken where the file ends before.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return fmt.Errorf("%d bytes at %d: %w", len(b), at, ErrBroken)
	}
	return fmt.Errorf("reading a sound: %w", err)
}
