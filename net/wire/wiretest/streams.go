package wiretest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"corkboard/net/wire"
)

func (p *pair) bothOpen() {
	near, far := p.dial()
	for _, way := range [][2]wire.Conn{{near, far}, {far, near}} {
		a, b := p.stream(way[0], way[1])
		p.says(b, a, "back")
		p.says(a, b, "and forth")
		a.Close()
		b.Close()
	}
}

// says writes a text at one end and wants it at the other.
func (p *pair) says(from, to wire.Stream, text string) {
	p.Helper()
	p.must(from.SetWriteDeadline(time.Now().Add(bound)))
	p.must(to.SetReadDeadline(time.Now().Add(bound)))
	if n, err := from.Write([]byte(text)); n != len(text) || err != nil {
		p.Fatalf("wrote %d of %d bytes, %v", n, len(text), err)
	}
	b := make([]byte, len(text))
	if _, err := io.ReadFull(to, b); err != nil || string(b) != text {
		p.Fatalf("read %q, %v, want %q", b, err, text)
	}
	p.must(from.SetWriteDeadline(time.Time{}))
	p.must(to.SetReadDeadline(time.Time{}))
}

// blocks are n bytes that say where they stand.
func blocks(n int, seed byte) []byte {
	b := make([]byte, 0, n+sha256.Size)
	for i := 0; len(b) < n; i++ {
		h := sha256.Sum256([]byte{seed, byte(i), byte(i >> 8), byte(i >> 16)})
		b = append(b, h[:]...)
	}
	return b[:n]
}

// both runs f with each end of a stream, at once.
func both(a, b wire.Stream, f func(s wire.Stream, first bool) error) error {
	done := make(chan error, 1)
	go func() { done <- f(b, false) }()
	return errors.Join(f(a, true), <-done)
}

func (p *pair) inOrder() {
	const size = 4<<20 + 321
	a, b := p.stream(p.dial())
	want := [2][]byte{blocks(size, 1), blocks(size, 2)}
	var readers sync.WaitGroup
	defer readers.Wait()
	p.must(both(a, b, func(s wire.Stream, first bool) error {
		mine, theirs := want[0], want[1]
		if !first {
			mine, theirs = theirs, mine
		}
		got := make(chan error, 1)
		readers.Go(func() {
			if err := s.SetReadDeadline(time.Now().Add(bound)); err != nil {
				got <- err
				return
			}
			all, err := io.ReadAll(s)
			if err == nil && !bytes.Equal(all, theirs) {
				err = fmt.Errorf("%d bytes came that were not written so", len(all))
			}
			got <- err
		})
		if err := s.SetWriteDeadline(time.Now().Add(bound)); err != nil {
			return err
		}
		for rest, step := mine, 1; len(rest) > 0; step = step*3%99_991 + 1 {
			n, err := s.Write(rest[:min(step, len(rest))])
			if err != nil {
				return err
			}
			rest = rest[n:]
		}
		return errors.Join(s.CloseWrite(), <-got)
	}))
}

func (p *pair) halfClose() {
	a, b := p.stream(p.dial())
	p.must(a.CloseWrite())
	p.must(b.SetReadDeadline(time.Now().Add(bound)))
	if n, err := b.Read(make([]byte, 9)); n != 0 || err != io.EOF {
		p.Fatalf("read %d bytes, %v, want io.EOF", n, err)
	}
	if _, err := a.Write([]byte("x")); err == nil {
		p.Error("wrote after CloseWrite")
	}
	p.says(b, a, "still here")
	p.must(b.CloseWrite())
	p.must(a.SetReadDeadline(time.Now().Add(bound)))
	if _, err := a.Read(make([]byte, 9)); err != io.EOF {
		p.Errorf("read %v, want io.EOF", err)
	}
}

func (p *pair) lastWords() {
	a, b := p.stream(p.dial())
	p.must(a.SetWriteDeadline(time.Now().Add(bound)))
	_, err := a.Write([]byte("farewell"))
	p.must(err)
	p.must(a.Close())
	if _, err := a.Read(make([]byte, 1)); err == nil || err == io.EOF {
		p.Errorf("read from a closed stream: %v", err)
	}
	if _, err := a.Write([]byte("x")); err == nil {
		p.Error("wrote to a closed stream")
	}
	p.must(b.SetReadDeadline(time.Now().Add(bound)))
	if all, err := io.ReadAll(b); string(all) != "farewell" || err != nil {
		p.Errorf("read %q, %v", all, err)
	}
	b.Close()
}

// isTimeout says whether a deadline has ended something, as package net says it.
func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

func (p *pair) readDeadline() {
	a, b := p.stream(p.dial())
	for _, until := range []time.Duration{-time.Hour, 20 * time.Millisecond} {
		p.must(b.SetReadDeadline(time.Now().Add(until)))
		if n, err := b.Read(make([]byte, 1)); n != 0 || !isTimeout(err) {
			p.Fatalf("read %d bytes, %v, want a timeout", n, err)
		}
	}
	p.must(b.SetReadDeadline(time.Time{}))
	got := make(chan error, 1)
	go func() { _, err := b.Read(make([]byte, 1)); got <- err }()
	p.must(b.SetReadDeadline(time.Now().Add(-time.Second)))
	if err := <-got; !isTimeout(err) {
		p.Fatalf("a deadline that comes later: %v", err)
	}
	p.says(a, b, "after all")
}

func (p *pair) writeDeadline() {
	a, b := p.stream(p.dial())
	block := make([]byte, 1<<20)
	var err error
	for written := 0; err == nil && written < 1<<30; {
		var n int
		p.must(a.SetWriteDeadline(time.Now().Add(50 * time.Millisecond)))
		n, err = a.Write(block)
		written += n
	}
	if !isTimeout(err) {
		p.Fatalf("wrote a GiB that nobody reads, %v, want a timeout", err)
	}
	b.Close()
	a.Close()
}

// manyStreams opens 24 at once, as often as only streams that are given back allow.
func (p *pair) manyStreams() {
	near, far := p.dial()
	const streams, rounds = 24, 20
	for round := range rounds {
		var open [streams][2]wire.Stream
		for i := range open {
			from, to := near, far
			if i%2 == 1 {
				from, to = far, near
			}
			open[i][0], open[i][1] = p.stream(from, to)
		}
		for i := range open {
			p.says(open[streams-1-i][1], open[streams-1-i][0], fmt.Sprintf("stream %d of round %d", i, round))
		}
		for _, s := range open {
			s[0].Close()
			s[1].Close()
		}
	}
}

func (p *pair) closesConn() {
	near, far := p.dial()
	a, b := p.stream(near, far)
	reads, accepts := make(chan error, 2), make(chan error, 2)
	for _, s := range []wire.Stream{a, b} {
		go func() { _, err := s.Read(make([]byte, 1)); reads <- err }()
	}
	for _, c := range []wire.Conn{near, far} {
		go func() { _, _, err := c.Accept(p.ctx); accepts <- err }()
	}
	p.must(near.Close())
	p.closed("this end", near.Done())
	p.closed("the other end", far.Done())
	for range 2 {
		p.ends("Read", func() error { return <-reads })
		p.ends("Accept", func() error { return <-accepts })
	}
	for _, s := range []wire.Stream{a, b} {
		p.ends("Write", func() error { _, err := s.Write([]byte("x")); return err })
	}
	p.ends("Open", func() error {
		s, err := near.Open(p.ctx, protocol)
		if err == nil {
			_, err = s.Read(make([]byte, 1))
		}
		return err
	})
	p.must(near.Close())
	again, err := p.a.Dial(p.ctx, p.address(p.b))
	p.must(err)
	if again == near {
		p.Error("Dial gives the closed connection")
	}
	if p.ctx.Err() != nil {
		p.Error("it took a minute")
	}
}
