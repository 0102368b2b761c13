package blobsync

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"corkboard/net/wire"
)

// patience is how long the other side may send or take nothing while it is its
// turn. It is of progress, not of whole frames.
const patience = time.Minute

const lengthSize = 4

// frameReader reads frames from a stream, on one goroutine.
type frameReader struct {
	stream   wire.Stream
	buf      *bufio.Reader
	patience time.Duration
	idle     bool // nobody owes a frame
}

func newFrameReader(s wire.Stream) *frameReader {
	r := &frameReader{stream: s, patience: patience}
	r.buf = bufio.NewReaderSize(pacedReader{r}, 32<<10)
	return r
}

// pacedReader gives each read its own time.
type pacedReader struct{ *frameReader }

func (r pacedReader) Read(p []byte) (int, error) {
	var until time.Time
	if !r.idle {
		until = time.Now().Add(r.patience)
	}
	if err := r.stream.SetReadDeadline(until); err != nil {
		return 0, err
	}
	return r.stream.Read(p)
}

// next reads a frame. If none is owed it waits for ever for the first byte.
// io.EOF between frames; ErrProtocol for a length that nobody may send.
func (r *frameReader) next(owed bool) (message, error) {
	r.idle = !owed
	if _, err := r.buf.Peek(1); err != nil {
		return message{}, err
	}
	r.idle = false
	var length [lengthSize]byte
	if _, err := io.ReadFull(r.buf, length[:]); err != nil {
		return message{}, noEnd(err)
	}
	n := binary.BigEndian.Uint32(length[:])
	if n == 0 || n > uint32(MaxFrame) {
		return message{}, fmt.Errorf("frame of %d bytes: %w", n, ErrProtocol)
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r.buf, b); err != nil {
		return message{}, noEnd(err)
	}
	return parse(b)
}

// noEnd tells the end of a stream within a frame from one between frames.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// frameWriter writes frames to a stream, on one goroutine.
type frameWriter struct {
	stream wire.Stream
	buf    *bufio.Writer
}

func newFrameWriter(s wire.Stream) *frameWriter {
	w := &frameWriter{stream: s}
	w.buf = bufio.NewWriterSize(pacedWriter{w}, 32<<10)
	return w
}

// pacedWriter gives each write its own time.
type pacedWriter struct{ *frameWriter }

func (w pacedWriter) Write(p []byte) (int, error) {
	if err := w.stream.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	return w.stream.Write(p)
}

// put writes a frame, which may stay in memory until flush.
func (w *frameWriter) put(m message) error {
	head := m.head()
	length := binary.BigEndian.AppendUint32(nil, uint32(len(head)+len(m.sealed)))
	for _, part := range [][]byte{length, head, m.sealed} {
		if _, err := w.buf.Write(part); err != nil {
			return err
		}
	}
	return nil
}

func (w *frameWriter) flush() error { return w.buf.Flush() }
