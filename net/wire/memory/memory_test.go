package memory_test

import (
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/net/wire"
	"corkboard/net/wire/memory"
	"corkboard/net/wire/wiretest"
)

func TestMemoryIsATransport(t *testing.T) {
	for name, f := range map[string]memory.Faults{
		"perfect": {},
		"slow":    {Latency: 100 * time.Microsecond, Jitter: 200 * time.Microsecond},
	} {
		t.Run(name, func(t *testing.T) {
			wiretest.Suite(t, func(t *testing.T) (a, b wire.Transport) {
				n := memory.New(1, nil)
				n.Suffer(f)
				return join(t, n, "a"), join(t, n, "b")
			})
		})
	}
}

func TestNamesAreTakenUntilClosed(t *testing.T) {
	n := memory.New(1, nil)
	first := join(t, n, "a")
	_, err := n.Join("a")
	wants(t, err, memory.ErrTaken)
	must(t, first.Close())
	second := join(t, n, "a")
	if string(first.Self()) == string(second.Self()) || first.Addresses()[0] != second.Addresses()[0] {
		t.Errorf("after a restart %q at %q, before %q", second.Self(), second.Addresses(), first.Self())
	}
	b := join(t, n, "b")
	near, far := connect(t, b, second)
	if string(near.Remote()) != string(second.Self()) || far.Address() != "b" {
		t.Errorf("connected with %q, at %q", near.Remote(), far.Address())
	}
	if _, err := first.Dial(timed(t), "b"); err == nil {
		t.Error("a closed end dials")
	}
}

func TestAnEndHearsOfAStreamOnceItIsUsed(t *testing.T) {
	n := memory.New(1, nil)
	near, far := connect(t, join(t, n, "a"), join(t, n, "b"))
	open(t, near, "unused")
	used := open(t, near, "used")
	write(t, used, "x")
	if protocol, _ := accept(t, far); protocol != "used" {
		t.Errorf("heard of %q", protocol)
	}
}

func TestTooManyUnheardStreamsAreReset(t *testing.T) {
	n := memory.New(1, nil)
	near, _ := connect(t, join(t, n, "a"), join(t, n, "b"))
	var last wire.Stream
	for range 1025 {
		last = open(t, near, "flood")
		last.Write([]byte("x")) // the last one fails
	}
	_, err := last.Read(make([]byte, 1))
	wants(t, err, memory.ErrBroken)
	open(t, near, "one more")
}

func TestACutBreaksAndKeepsApart(t *testing.T) {
	n := memory.New(1, nil)
	a, b, c := join(t, n, "a"), join(t, n, "b"), join(t, n, "c")
	near, far := connect(t, a, b)
	s := open(t, near, "x")
	write(t, s, "lost")
	_, there := accept(t, far)
	aside, _ := connect(t, a, c)
	n.Part([]string{"a"}, []string{"b"})
	<-near.Done()
	<-far.Done()
	for _, end := range []wire.Stream{s, there} {
		_, err := end.Read(make([]byte, 9))
		wants(t, err, memory.ErrBroken)
		wants(t, err, wire.ErrClosed)
	}
	_, err := b.Dial(timed(t), "a")
	wants(t, err, memory.ErrUnreachable)
	if again, err := a.Dial(timed(t), "c"); again != aside || err != nil {
		t.Errorf("the third is cut off: %v", err)
	}
	n.HealAll()
	connect(t, b, a)
}

func TestFrozenBytesArriveAfterwards(t *testing.T) {
	n := memory.New(1, nil)
	a, b, c := join(t, n, "a"), join(t, n, "b"), join(t, n, "c")
	near, far := connect(t, a, b)
	s := open(t, near, "x")
	write(t, s, "before")
	_, there := accept(t, far)
	if got := read(t, there); got != "before" {
		t.Fatal(got)
	}
	n.Freeze("b", "a")
	n.Freeze("a", "c")
	write(t, s, "frozen")
	late := open(t, near, "late")
	write(t, late, "late")
	must(t, there.SetReadDeadline(time.Now().Add(-time.Second)))
	if _, err := there.Read(make([]byte, 9)); err == nil {
		t.Error("read from a frozen stream")
	}
	must(t, s.SetWriteDeadline(time.Now().Add(20*time.Millisecond)))
	if _, err := s.Write(make([]byte, 1<<20)); err == nil {
		t.Error("wrote more than the window to a frozen stream")
	}
	dialled := make(chan error, 1)
	go func() { _, err := a.Dial(timed(t), "c"); dialled <- err }()
	n.Heal("a", "c")
	must(t, <-dialled)
	if _, err := c.Accept(timed(t)); err != nil {
		t.Error(err)
	}
	n.Heal("a", "b")
	if got := read(t, there); got != "frozen" {
		t.Error(got)
	}
	if _, s := accept(t, far); read(t, s) != "late" {
		t.Error("another stream is late")
	}
}

// A connection breaks after the same bytes in every run, and they can be read.
func TestConnectionsBreakAfterTheSameBytes(t *testing.T) {
	run := func(seed uint64) (broke []int) {
		n := memory.New(seed, nil)
		n.Suffer(memory.Faults{BreakMin: 1000, BreakMax: 100_000})
		a, b := join(t, n, "a"), join(t, n, "b")
		for range 5 {
			near, far := connect(t, a, b)
			s := open(t, near, "x")
			sent := 0
			var err error
			for err == nil {
				var k int
				k, err = s.Write(make([]byte, 77))
				sent += k
			}
			wants(t, err, memory.ErrBroken)
			<-far.Done()
			broke = append(broke, sent)
		}
		return broke
	}
	first, again, other := run(1), run(1), run(2)
	same := 0
	for i := range first {
		if first[i] != again[i] || first[i] < 1000 || first[i] > 100_000 {
			t.Errorf("broken after %d and %d bytes", first[i], again[i])
		}
		if first[i] == other[i] || i > 0 && first[i] == first[0] {
			same++
		}
	}
	if same > 0 {
		t.Errorf("broken after %v, by another seed %v", first, other)
	}
}

func TestWhatCameBeforeABreakCanBeRead(t *testing.T) {
	n := memory.New(3, nil)
	n.Suffer(memory.Faults{BreakMin: 5000, BreakMax: 5000})
	near, far := connect(t, join(t, n, "a"), join(t, n, "b"))
	s := open(t, near, "x")
	write(t, s, "!")
	_, there := accept(t, far)
	sent, err := s.Write(make([]byte, 10_000))
	if sent != 4999 {
		t.Errorf("%d bytes were sent", sent)
	}
	wants(t, err, memory.ErrBroken)
	all, err := io.ReadAll(there)
	if len(all) != 5000 {
		t.Errorf("%d bytes came", len(all))
	}
	wants(t, err, memory.ErrBroken)
}

// With a clock of one's own nothing arrives before it is told to.
func TestLatencyByHand(t *testing.T) {
	clock := memory.NewManual(time.Unix(1000, 0))
	n := memory.New(1, clock)
	a, b := join(t, n, "a"), join(t, n, "b")
	near, far := connect(t, a, b)
	s := open(t, near, "x")
	write(t, s, "!")
	_, there := accept(t, far)
	read(t, there)
	n.Suffer(memory.Faults{Latency: time.Second})
	must(t, near.Close())
	dialled := make(chan wire.Conn, 1)
	go func() {
		c, err := a.Dial(timed(t), "b")
		if err != nil {
			t.Error(err)
		}
		dialled <- c
	}()
	for {
		clock.Advance(time.Second)
		select {
		case near = <-dialled:
		default:
			runtime.Gosched()
			continue
		}
		break
	}
	far, err := b.Accept(timed(t))
	must(t, err)
	s = open(t, near, "y")
	write(t, s, "slow")
	clock.Advance(time.Second - 1)
	done := make(chan string, 1)
	go func() {
		_, there := accept(t, far)
		done <- read(t, there)
	}()
	select {
	case got := <-done:
		t.Errorf("%q came too early", got)
	default:
	}
	clock.Advance(1)
	if got := <-done; got != "slow" {
		t.Error(got)
	}
}

// Streams overtake each other; the bytes of each come in order.
func TestJitterReordersStreams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := memory.New(1, nil)
		n.Suffer(memory.Faults{Latency: 10 * time.Millisecond, Jitter: 50 * time.Millisecond})
		near, far := connect(t, join(t, n, "a"), join(t, n, "b"))
		var opened, heard strings.Builder
		for i := range 20 {
			name := string(rune('a' + i))
			opened.WriteString(name)
			s := open(t, near, name)
			for digit := range 10 {
				write(t, s, string(rune('0'+digit)))
			}
			must(t, s.Close())
		}
		for range 20 {
			name, s := accept(t, far)
			heard.WriteString(name)
			if all, err := io.ReadAll(s); string(all) != "0123456789" || err != nil {
				t.Errorf("stream %s: %q, %v", name, all, err)
			}
			must(t, s.Close())
		}
		if heard.String() == opened.String() || heard.Len() != opened.Len() {
			t.Errorf("heard in the order %s", heard.String())
		}
	})
}

// Nothing goes on after Close: no goroutines are left, whatever was under way.
func TestNothingIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // which fails if a goroutine is left
		n := memory.New(1, nil)
		n.Suffer(memory.Faults{Latency: time.Second})
		a, b := join(t, n, "a"), join(t, n, "b")
		near, far := connect(t, a, b)
		for range 10 {
			s := open(t, near, "x")
			go s.Read(make([]byte, 1))
			go s.Write(make([]byte, 1<<20))
		}
		go far.Accept(t.Context())
		go near.Accept(t.Context())
		go a.Accept(t.Context())
		n.Freeze("a", "c")
		join(t, n, "c")
		go a.Dial(t.Context(), "c")
		synctest.Wait()
		must(t, a.Close())
		must(t, b.Close())
	})
}
