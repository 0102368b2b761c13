package wire

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// FrameHead is the length in bytes of what stands before a frame: its own
// length, big-endian.
const FrameHead = 4

// frameStep is how many bytes must come, or go, within a Framer's patience.
const frameStep = 16 << 10

// Errors of a Framer, besides those of its stream. After any of them the stream
// is of no use.
var (
	// ErrFrame says that a length is 0 or over the limit; nothing was allocated.
	ErrFrame = errors.New("not a frame")
	// ErrStalled says that the other side did not read or write in time.
	ErrStalled = errors.New("the other side stalls")
)

// AppendFrame appends the length of a frame, and the frame. It checks nothing.
func AppendFrame(b, frame []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(frame)))
	return append(b, frame...)
}

// ReadFrame reads one frame of 1 to limit bytes, which belongs to the caller. Its
// memory grows as bytes come, to at most twice what has come. Errors: io.EOF before
// the first byte, io.ErrUnexpectedEOF after it, ErrFrame, and those of r.
func ReadFrame(r io.Reader, limit int) ([]byte, error) {
	var head [FrameHead]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n, err := frameLength(head, limit)
	if err != nil {
		return nil, err
	}
	return readBody(r, n)
}

func frameLength(head [FrameHead]byte, limit int) (int, error) {
	n := binary.BigEndian.Uint32(head[:])
	if n == 0 || uint64(n) > uint64(max(limit, 0)) {
		return 0, fmt.Errorf("%w: %d bytes, where 1 to %d are allowed", ErrFrame, n, limit)
	}
	return int(n), nil
}

// readBody asks r for at most frameStep bytes at once.
func readBody(r io.Reader, n int) ([]byte, error) {
	b := make([]byte, 0, min(n, frameStep))
	for len(b) < n {
		step := min(n-len(b), frameStep)
		if len(b)+step > cap(b) {
			b = slices.Grow(b, min(n-len(b), max(len(b), step)))
		}
		next := b[len(b) : len(b)+step]
		if _, err := io.ReadFull(r, next); err != nil {
			return nil, cutShort(err)
		}
		b = b[:len(b)+step]
	}
	return b, nil
}

// cutShort is the end of a stream where it should not end.
func cutShort(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// A Framer cuts a stream into frames. It reads ahead, so the stream is read
// through it alone. One goroutine may read while another writes.
type Framer struct {
	s        Stream
	limit    int
	patience time.Duration
	in       *bufio.Reader
	out      []byte
}

// NewFramer takes frames of at most limit bytes, each way. Each further 16 KiB of a
// frame must pass within patience, so that nobody holds a stream by a byte now and then.
func NewFramer(s Stream, limit int, patience time.Duration) *Framer {
	f := &Framer{s: s, limit: limit, patience: patience}
	f.in = bufio.NewReaderSize(s, frameStep/4)
	return f
}

// Read waits for a frame, which then belongs to the caller: for ever until the
// first byte of it, then as NewFramer says. Errors: those of ReadFrame, and ErrStalled.
func (f *Framer) Read() ([]byte, error) { return f.ReadWithin(0) }

// ReadWithin is Read, but waits for the first byte no longer than idle, if that
// is not 0; else ErrStalled, and it may be waited for again.
func (f *Framer) ReadWithin(idle time.Duration) ([]byte, error) {
	var until time.Time
	if idle > 0 {
		until = time.Now().Add(idle)
	}
	if err := f.await(1, until); err != nil {
		return nil, err
	}
	if err := f.await(FrameHead, time.Now().Add(f.patience)); err != nil {
		return nil, cutShort(err)
	}
	var head [FrameHead]byte
	if _, err := io.ReadFull(f.in, head[:]); err != nil {
		return nil, cutShort(err)
	}
	n, err := frameLength(head, f.limit)
	if err != nil {
		return nil, err
	}
	return readBody(patient{f}, n)
}

// await fills the buffer with at least n bytes.
func (f *Framer) await(n int, until time.Time) error {
	if f.in.Buffered() >= n {
		return nil
	}
	if err := f.s.SetReadDeadline(until); err != nil {
		return fmt.Errorf("set the time to read: %w", err)
	}
	_, err := f.in.Peek(n)
	return stalled(err)
}

// patient gives each step of a frame its time.
type patient struct{ f *Framer }

func (p patient) Read(b []byte) (int, error) {
	if p.f.in.Buffered() < len(b) {
		if err := p.f.s.SetReadDeadline(time.Now().Add(p.f.patience)); err != nil {
			return 0, fmt.Errorf("set the time to read: %w", err)
		}
	}
	n, err := io.ReadFull(p.f.in, b)
	return n, stalled(err)
}

// Write sends frames and does not keep them; what is short goes together. Errors:
// ErrFrame, ErrStalled, and those of the stream.
func (f *Framer) Write(frames ...[]byte) error {
	f.out = f.out[:0]
	for _, frame := range frames {
		if len(frame) == 0 || len(frame) > f.limit {
			return fmt.Errorf("%w: %d bytes, where 1 to %d are allowed", ErrFrame, len(frame), f.limit)
		}
		head := binary.BigEndian.AppendUint32(nil, uint32(len(frame)))
		for _, part := range [...][]byte{head, frame} {
			if err := f.fill(part); err != nil {
				return err
			}
		}
	}
	if len(f.out) == 0 {
		return nil
	}
	return f.send(f.out)
}

// fill sends what makes whole steps, and keeps the rest in out.
func (f *Framer) fill(b []byte) error {
	for len(b) > 0 {
		n := min(len(b), frameStep-len(f.out))
		f.out, b = append(f.out, b[:n]...), b[n:]
		if len(f.out) < frameStep {
			return nil
		}
		if err := f.send(f.out); err != nil {
			return err
		}
		f.out = f.out[:0]
	}
	return nil
}

func (f *Framer) send(b []byte) error {
	if err := f.s.SetWriteDeadline(time.Now().Add(f.patience)); err != nil {
		return fmt.Errorf("set the time to write: %w", err)
	}
	_, err := f.s.Write(b)
	return stalled(err)
}

// stalled turns the end of a deadline, as each transport says it, into ErrStalled.
func stalled(err error) error {
	var timeout interface{ Timeout() bool }
	if errors.As(err, &timeout) && timeout.Timeout() {
		return fmt.Errorf("%w: %w", ErrStalled, err)
	}
	return err
}
