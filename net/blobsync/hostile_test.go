package blobsync

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"testing"
	"time"

	"corkboard/net/wire"
)

// framed is bytes with their number before them.
func framed(b []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...)
}

// hostileQuestions are streams that a server must end.
func hostileQuestions() map[string][]byte {
	piece := make([]byte, maxSealed)
	return map[string][]byte{
		"huge frame":         {0xff, 0xff, 0xff, 0xff, 1},
		"empty frame":        {0, 0, 0, 0},
		"frame over the cap": binary.BigEndian.AppendUint32(nil, uint32(MaxFrame)+1),
		"unknown kind":       framed([]byte{77}),
		"an answer":          framed(message{kind: answerAbsent}.head()),
		"no such piece":      framed(append(message{kind: askPiece}.head()[:17], 0x80, 0x80, 0x80, 0x40)),
		"short piece":        framed(append(message{kind: askStore}.head(), 1, 2, 3)),
		"long piece":         framed(append(append(message{kind: askStore}.head(), piece...), 1)),
		"bytes after":        framed(append(message{kind: askPiece}.head(), 0)),
		"text":               []byte("GET / HTTP/1.1\r\nHost: here\r\n\r\n"),
	}
}

func TestServerEndsHostileStreams(t *testing.T) {
	for name, b := range hostileQuestions() {
		t.Run(name, func(t *testing.T) {
			near, far := streams(t)
			served := make(chan error, 1)
			go func() { served <- Serve(testContext(t), far, memberWith(t)) }()
			_, err := near.Write(b)
			must(t, err)
			if err := <-served; !errors.Is(err, ErrProtocol) {
				t.Errorf("got %v", err)
			}
			if _, err := near.Read(make([]byte, 1)); err == nil {
				t.Error("the stream is open")
			}
		})
	}
}

func TestClientEndsHostileStreams(t *testing.T) {
	for name, b := range map[string][]byte{
		"huge frame":       {0xff, 0xff, 0xff, 0xff},
		"a question":       framed(message{kind: askPresent}.head()),
		"another answer":   framed(message{kind: answerStored}.head()),
		"set with an end":  framed([]byte{byte(answerPresent), 2, 1, 0, 0}),
		"set over the cap": framed(append([]byte{byte(answerPresent), 5}, 1, 1, 1, 1, 1, 0)),
		"piece of nothing": framed([]byte{byte(answerPiece)}),
	} {
		t.Run(name, func(t *testing.T) {
			near, far := streams(t)
			c := NewClient(near, "b")
			defer c.Close()
			_, err := far.Write(b)
			must(t, err)
			_, err = c.Get(testContext(t), Handle{}, 0)
			if !errors.Is(err, ErrProtocol) || !errors.Is(c.Err(), ErrProtocol) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestStreamThatEndsWithinAFrameIsAnError(t *testing.T) {
	near, far := streams(t)
	served := make(chan error, 1)
	go func() { served <- Serve(testContext(t), far, memberWith(t)) }()
	_, err := near.Write(framed(message{kind: askPresent}.head())[:9])
	must(t, err)
	must(t, near.CloseWrite())
	if err := <-served; !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

func TestEndOfTheOtherSideEndsBoth(t *testing.T) {
	near, far := streams(t)
	served := make(chan error, 1)
	go func() { served <- Serve(testContext(t), far, memberWith(t)) }()
	c := NewClient(near, "b")
	if p, err := c.Present(testContext(t), Handle{}); err != nil || p.Content.Count() != 0 {
		t.Errorf("%v, %v", p, err)
	}
	must(t, c.Close())
	must(t, <-served)
	if _, err := c.Get(testContext(t), Handle{}, 0); !errors.Is(err, wire.ErrClosed) {
		t.Errorf("asking after the end: %v", err)
	}
	// And the other way round.
	near, far = streams(t)
	c = NewClient(near, "b")
	defer c.Close()
	must(t, far.Close())
	if _, err := c.Get(testContext(t), Handle{}, 0); err == nil {
		t.Error("a stream that is closed answers")
	}
	<-c.Done()
}

func TestContextEndsServing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	_, far := streams(t)
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, far, memberWith(t)) }()
	cancel()
	if err := <-served; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Somebody asks without end and takes no answers: the server stops reading.
func TestServerHoldsLittleForWhoTakesNothing(t *testing.T) {
	content := contentOf(PieceSize)
	near, far := streams(t)
	must(t, far.SetWriteBuffer(16<<10))
	must(t, near.SetReadBuffer(16<<10))
	ctx, cancel := context.WithCancel(testContext(t))
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, far, memberWith(t, content)) }()
	question := bytes.Repeat(framed(message{kind: askPiece, handle: fileOf(t, content).Handle()}.head()), 10_000)
	sent := 0
	for {
		must(t, near.SetWriteDeadline(time.Now().Add(500*time.Millisecond)))
		n, err := near.Write(question)
		var timeout net.Error
		if sent += n; errors.As(err, &timeout) && timeout.Timeout() {
			break
		}
		must(t, err)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	if m.HeapInuse > 64<<20 {
		t.Errorf("%d MiB after %d bytes of questions", m.HeapInuse>>20, sent)
	}
	cancel()
	if err := <-served; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// An answer that nobody waits for any more does not become that of the next
// question.
func TestCancelledQuestionLeavesTheOrder(t *testing.T) {
	content := contentOf(3 * PieceSize)
	good, go1 := memberWith(t, content), make(chan struct{})
	c := clientOf(t, changing{Source: good, piece: func(ctx context.Context, h Handle, i Index) ([]byte, error) {
		if i == 0 {
			<-go1
		}
		return good.Piece(ctx, h, i)
	}}, "b")
	f := fileOf(t, content)
	ctx, cancel := context.WithCancel(testContext(t))
	first := make(chan error, 1)
	go func() {
		_, err := c.Get(ctx, f.Handle(), 0)
		first <- err
	}()
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(go1)
	s, err := newSealer(f)
	must(t, err)
	for _, i := range []Index{2, 1, 0} {
		b, err := c.Get(testContext(t), f.Handle(), i)
		must(t, err)
		if _, err := s.open(i, b); err != nil {
			t.Error(err)
		}
	}
}

func TestWhoOwesAnAnswerHasSoMuchTime(t *testing.T) {
	near, _ := streams(t)
	c := newClient(near, "mute", 20*time.Millisecond)
	defer c.Close()
	if _, err := c.Get(testContext(t), Handle{}, 0); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// An answer that takes its time is announced, so that nobody gives up.
func TestSlowAnswerIsWaitedFor(t *testing.T) {
	content := contentOf(100)
	good, begun, ready := memberWith(t, content), make(chan struct{}), make(chan struct{})
	v := newServer(changing{Source: good, piece: func(ctx context.Context, h Handle, i Index) ([]byte, error) {
		close(begun)
		<-ready
		return good.Piece(ctx, h, i)
	}})
	v.waitEvery = time.Millisecond
	near, far := streams(t)
	served := make(chan error, 1)
	go func() { served <- v.serve(testContext(t), far) }()
	f := fileOf(t, content)
	_, err := near.Write(framed(message{kind: askPiece, handle: f.Handle()}.head()))
	must(t, err)
	<-begun
	r := newFrameReader(near)
	for range 3 {
		if m, err := r.next(true); err != nil || m.kind != answerWait {
			t.Fatalf("kind %d, %v", m.kind, err)
		}
	}
	close(ready)
	m, err := answerTo(r, askPiece)
	if err != nil || m.kind != answerPiece {
		t.Errorf("kind %d, %v", m.kind, err)
	}
	must(t, near.CloseWrite())
	must(t, <-served)
}
