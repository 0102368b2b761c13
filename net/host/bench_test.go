package host

import (
	"io"
	"net"
	"testing"
)

const piece = 256 << 10 // bytes of one write, as files are sent

func BenchmarkConnect(b *testing.B) {
	for _, over := range []string{"tcp", "quic"} {
		b.Run(over, func(b *testing.B) {
			there := start(b, Options{})
			to := address(b, there, over)
			for b.Loop() {
				b.StopTimer()
				here := start(b, Options{})
				b.StartTimer()
				if _, err := here.Dial(within(b), to); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if _, err := there.Accept(within(b)); err != nil {
					b.Fatal(err)
				}
				here.Close()
				b.StartTimer()
			}
		})
	}
}

// One stream is opened, and one byte goes there and back.
func BenchmarkOpenStream(b *testing.B) {
	for _, over := range []string{"tcp", "quic"} {
		b.Run(over, func(b *testing.B) {
			near, far := meet(b, start(b, Options{}), start(b, Options{}), over)
			for b.Loop() {
				s, r := pair(b, near, far, "/corkboard/sync/1")
				carries(b, s, r, "x")
				carries(b, r, s, "x")
				s.Close()
				r.Close()
			}
		})
	}
}

func BenchmarkThroughput(b *testing.B) {
	for _, over := range []string{"tcp", "quic"} {
		b.Run(over, func(b *testing.B) {
			near, far := meet(b, start(b, Options{}), start(b, Options{}), over)
			s, r := pair(b, near, far, "/corkboard/blobs/1")
			pump(b, s, r)
		})
	}
	b.Run("raw", func(b *testing.B) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		defer l.Close()
		s, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		r, err := l.Accept()
		if err != nil {
			b.Fatal(err)
		}
		defer r.Close()
		pump(b, s, r)
	})
}

// pump sends a piece for each round.
func pump(b *testing.B, to io.Writer, from io.Reader) {
	b.SetBytes(piece)
	sent := make(chan error, 1)
	go func() {
		block := make([]byte, piece)
		for range b.N {
			if _, err := to.Write(block); err != nil {
				sent <- err
				return
			}
		}
		sent <- nil
	}()
	b.ResetTimer()
	if _, err := io.CopyN(io.Discard, from, int64(b.N)*piece); err != nil {
		b.Fatal(err)
	}
	if err := <-sent; err != nil {
		b.Fatal(err)
	}
}
