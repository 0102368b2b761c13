package wire_test

import (
	"bytes"
	"io"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/net/wire"
)

const patience = 10 * time.Second

// streams is both ends of a stream, the second once the first has written.
func streams(m *meeting) (a, b wire.Stream) {
	m.Helper()
	a, err := m.stream(0)
	m.must(err)
	_, err = a.Write([]byte{0, 0, 0, 1, '!'})
	m.must(err)
	b, err = m.stream(1)
	m.must(err)
	return a, b
}

func TestFramersTalkBothWays(t *testing.T) {
	m := meet(t)
	sa, sb := streams(m)
	const limit = 1 << 20
	a, b := wire.NewFramer(sa, limit, patience), wire.NewFramer(sb, limit, patience)
	if hello, err := b.Read(); string(hello) != "!" || err != nil {
		t.Fatalf("%q, %v", hello, err)
	}
	sizes := []int{1, 100, 4 << 10, 16<<10 - 4, 16 << 10, 100_000, limit, 3}
	var all sync.WaitGroup
	for _, f := range []*wire.Framer{a, b} {
		all.Go(func() {
			for i, n := range sizes {
				if err := f.Write(bytes.Repeat([]byte{byte(i)}, n)); err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for i, n := range sizes {
				got, err := f.Read()
				if err != nil || !bytes.Equal(got, bytes.Repeat([]byte{byte(i)}, n)) {
					t.Errorf("%d bytes came as %d, %v", n, len(got), err)
				}
			}
		})
	}
	all.Wait()
	for _, n := range []int{0, limit + 1} {
		m.wants(a.Write(make([]byte, n)), wire.ErrFrame)
	}
	m.must(sa.CloseWrite())
	_, err := b.Read()
	m.wants(err, io.EOF)
}

// writes notes how a stream is written.
type writes struct {
	wire.Stream
	sizes []int
}

func (w *writes) Write(b []byte) (int, error) {
	w.sizes = append(w.sizes, len(b))
	return w.Stream.Write(b)
}

// Short frames that are written together go together, at most 16 KiB at once.
func TestFramesThatGoTogether(t *testing.T) {
	m := meet(t)
	sa, sb := streams(m)
	to := &writes{Stream: sa}
	a, b := wire.NewFramer(to, 1<<20, patience), wire.NewFramer(sb, 1<<20, patience)
	sizes := []int{5, 100, 300, 40_000, 7, 16_000, 600, 9}
	var frames [][]byte
	for i, n := range sizes {
		frames = append(frames, bytes.Repeat([]byte{byte(i)}, n))
	}
	m.must(a.Write(frames...))
	if hello, err := b.Read(); string(hello) != "!" || err != nil {
		t.Fatalf("%q, %v", hello, err)
	}
	for i, want := range frames {
		if got, err := b.Read(); err != nil || !bytes.Equal(got, want) {
			t.Errorf("frame %d of %d bytes came as %d, %v", i, len(want), len(got), err)
		}
	}
	if len(to.sizes) != 4 || slices.Max(to.sizes) > 16<<10 { // of 57,053 bytes
		t.Errorf("it was written in pieces of %v", to.sizes)
	}
	m.must(a.Write())
	m.wants(a.Write([]byte{1}, nil), wire.ErrFrame)
}

func TestAFramerEndsWhereItsStreamIsCut(t *testing.T) {
	for _, part := range [][]byte{{0}, {0, 0, 0, 9}, {0, 0, 0, 9, 'x'}} {
		m := meet(t)
		sa, sb := streams(m)
		b := wire.NewFramer(sb, 100, patience)
		_, err := b.Read()
		m.must(err)
		_, err = sa.Write(part)
		m.must(err)
		m.must(sa.CloseWrite())
		_, err = b.Read()
		m.wants(err, io.ErrUnexpectedEOF)
	}
}

// A reader who sends a byte now and then does not hold a stream.
func TestDrippingEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := meet(t)
		sa, sb := streams(m)
		b := wire.NewFramer(sb, 1<<20, patience)
		_, err := b.Read()
		m.must(err)
		start := time.Now()
		var dripping sync.WaitGroup
		defer dripping.Wait()
		dripping.Go(func() {
			frame := wire.AppendFrame(nil, make([]byte, 1<<20))
			for _, drop := range frame {
				if _, err := sa.Write([]byte{drop}); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		})
		_, err = b.Read()
		m.wants(err, wire.ErrStalled)
		if d := time.Since(start); d > 3*patience {
			t.Errorf("it took %v", d)
		}
		m.must(sb.Close())
	})
}

// Whoever sends 16 KiB in time may send on, however long it takes in all.
func TestSlowIsNotStalled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := meet(t)
		sa, sb := streams(m)
		b := wire.NewFramer(sb, 1<<20, patience)
		_, err := b.Read()
		m.must(err)
		start := time.Now()
		var slow sync.WaitGroup
		defer slow.Wait()
		slow.Go(func() {
			rest := wire.AppendFrame(nil, make([]byte, 1<<20))
			for len(rest) > 0 {
				n := min(4<<10, len(rest))
				if _, err := sa.Write(rest[:n]); err != nil {
					t.Error(err)
				}
				rest = rest[n:]
				time.Sleep(patience / 5)
			}
		})
		got, err := b.Read()
		if len(got) != 1<<20 || err != nil {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		if d := time.Since(start); d < 10*patience {
			t.Errorf("it took only %v", d)
		}
	})
}

func TestSilenceIsNotStalled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := meet(t)
		sa, sb := streams(m)
		a, b := wire.NewFramer(sa, 100, patience), wire.NewFramer(sb, 100, patience)
		_, err := b.Read()
		m.must(err)
		_, err = b.ReadWithin(time.Minute / 2)
		m.wants(err, wire.ErrStalled)
		time.AfterFunc(20*time.Second, func() {
			if err := a.Write([]byte("at last")); err != nil {
				t.Error(err)
			}
		})
		if got, err := b.Read(); string(got) != "at last" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestWhoDoesNotReadStalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := meet(t)
		sa, _ := streams(m)
		a := wire.NewFramer(sa, 1<<20, patience)
		var err error
		for i := 0; err == nil && i < 100; i++ {
			err = a.Write(make([]byte, 1<<20))
		}
		m.wants(err, wire.ErrStalled)
	})
}

// An end that says nothing, or only begins, is left after the time for a message.
func TestShakingWithTheSilent(t *testing.T) {
	for role := range 2 {
		synctest.Test(t, func(t *testing.T) {
			m := meet(t)
			x := &side{secrets: secrets(0, 3), me: person(t, 1)}
			done := m.begin(1-role, x)
			s, err := m.stream(role)
			m.must(err)
			_, err = s.Write([]byte{0, 0, 0, 33, 1})
			m.must(err)
			start := time.Now()
			<-done
			m.wants(x.err, wire.ErrStalled)
			if d := time.Since(start); d > 2*patience {
				t.Errorf("it took %v", d)
			}
		})
	}
}

// A peer who uses up the time of each part of each message has half a minute in all.
func TestShakingTakesHalfAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := meet(t)
		x := &side{secrets: secrets(0, 3)}
		done := m.begin(0, x)
		s, err := m.stream(1)
		m.must(err)
		start := time.Now()
		nonce := wire.AppendFrame(nil, append([]byte{1}, make([]byte, 32)...))
		var writing sync.WaitGroup
		defer writing.Wait()
		writing.Go(func() {
			for _, part := range [][]byte{nonce[:1], nonce[1:4], nonce[4:], {0}, {0, 0}} {
				time.Sleep(patience - time.Second)
				if _, err := s.Write(part); err != nil {
					return
				}
			}
		})
		<-done
		m.wants(x.err, wire.ErrStalled)
		if d := time.Since(start); d < 29*time.Second || d > 31*time.Second {
			t.Errorf("it took %v", d)
		}
	})
}
