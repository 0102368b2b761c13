package presence

import (
	"context"
	"encoding/binary"
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/doc"
	"corkboard/net/wire"
	"corkboard/record"
)

// counted counts what is written.
type counted struct {
	net.Conn
	writes atomic.Int64
}

func (c *counted) Write(b []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(b)
}

func everything(doc.ID) bool { return true }

func newHub(t *testing.T) *Hub {
	h := NewHub(time.Now, func(p string) Profile { return Profile{Name: "Name of " + p} })
	t.Cleanup(h.Close)
	return h
}

// join connects two hubs whose devices are "a" and "b". It gives what a writes
// through, and a function with which a ends the connection.
func join(t *testing.T, a, b *Hub, allowA, allowB func(doc.ID) bool) (*counted, func()) {
	ca, cb := net.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	over, ends := &counted{Conn: ca}, make(chan error, 2)
	go func() { ends <- a.Run(ctx, over, Peer{"b", "Bo"}, allowA) }()
	go func() { ends <- b.Run(t.Context(), cb, Peer{"a", "Ada"}, allowB) }()
	return over, func() {
		cancel()
		for range 2 {
			if err := <-ends; err != nil {
				t.Error(err)
			}
		}
	}
}

func TestOthersSeeTheNewestAtOnceAndLittleOnTheWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newHub(t), newHub(t)
		over, end := join(t, a, b, everything, everything)
		defer end()
		room, wakes := b.Room(boardID(1)), 0
		defer room.Subscribe(func() { wakes++ })()
		start := time.Now()
		a.Room(boardID(1)).Show(State{Points: true, Pointer: Point{1, 1}, Selected: []string{"x"}})
		synctest.Wait()
		all := room.Others()
		if len(all) != 1 || all[0].State.Pointer != (Point{1, 1}) || all[0].Person != "Ada" || all[0].Name != "Name of Ada" || all[0].Colour != ColourOf("Ada") {
			t.Fatalf("got %+v", all)
		}
		if over.writes.Load() != 1 || wakes != 1 || time.Since(start) != 0 {
			t.Errorf("%d messages and %d wakes after %v, want one of each at once", over.writes.Load(), wakes, time.Since(start))
		}
		for i := range 1000 { // a second of moves
			a.Room(boardID(1)).Show(State{Points: true, Pointer: Point{float64(i), 0}})
			time.Sleep(time.Millisecond)
		}
		time.Sleep(interval)
		synctest.Wait()
		if n := over.writes.Load(); n < 28 || n > 33 {
			t.Errorf("%d messages for a second of moves, want about 30", n)
		}
		if all = room.Others(); all[0].State.Pointer != (Point{999, 0}) {
			t.Errorf("the pointer stays at %v", all[0].State.Pointer)
		}
		before := over.writes.Load()
		a.Room(boardID(1)).Show(State{Points: true, Pointer: Point{999, 0.01}})
		synctest.Wait()
		if over.writes.Load() != before {
			t.Error("the same state is told again")
		}
	})
}

func TestSilenceAndLeaving(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newHub(t), newHub(t)
		_, end := join(t, a, b, everything, everything)
		mine, room := a.Room(boardID(1)), b.Room(boardID(1))
		there := func() int { synctest.Wait(); return len(room.Others()) }
		mine.Show(State{})
		time.Sleep(time.Minute)
		if there() != 1 {
			t.Error("the heartbeat does not keep somebody there")
		}
		if room.Others()[0].Active() {
			t.Error("somebody who does nothing for a minute is active")
		}
		mine.Leave()
		time.Sleep(interval)
		if there() != 0 {
			t.Error("somebody who has left is there")
		}
		mine.Show(State{})
		time.Sleep(interval)
		if there() != 1 {
			t.Error("somebody who has come back is not there")
		}
		end()
		if there() != 0 {
			t.Error("who ends in order does not say so")
		}
	})
}

func TestWhoVanishesIsGoneAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newHub(t)
		room, woken := b.Room(boardID(1)), time.Time{}
		defer room.Subscribe(func() { woken = time.Now() })()
		mine, theirs := net.Pipe()
		done := make(chan error, 1)
		go func() { done <- b.Run(t.Context(), theirs, Peer{"a", "Ada"}, everything) }()
		put(t, mine, message{state: State{Board: boardID(1)}}.encode())
		synctest.Wait()
		mine.Close()
		if err := <-done; err != nil {
			t.Errorf("the end of a stream is an error: %v", err)
		}
		start := time.Now()
		time.Sleep(Gone - time.Second)
		if len(room.Others()) != 1 {
			t.Error("somebody who may come back is gone")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if len(room.Others()) != 0 || woken.Sub(start) != Gone {
			t.Errorf("woken after %v, want %v", woken.Sub(start), Gone)
		}
	})
}

func TestWhatIsNotAllowedIsNeitherToldNorHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := newHub(t), newHub(t)
		open := atomic.Bool{}
		open.Store(true)
		over, end := join(t, a, b, func(id doc.ID) bool { return id == boardID(1) && open.Load() }, func(id doc.ID) bool { return id != boardID(3) })
		defer end()
		b.Room(boardID(2)).Show(State{}) // a does not hear it
		b.Room(boardID(3)).Show(State{}) // b does not tell it
		a.Room(boardID(2)).Show(State{})
		synctest.Wait()
		if over.writes.Load() != 0 {
			t.Error("a board is told that is not allowed")
		}
		if len(a.others.slots) != 0 {
			t.Error("a board is heard of that is not allowed")
		}
		a.Room(boardID(1)).Show(State{})
		synctest.Wait()
		if len(b.Room(boardID(1)).Others()) != 1 {
			t.Fatal("an allowed board is not told")
		}
		open.Store(false)
		time.Sleep(2 * heartbeat)
		synctest.Wait()
		if len(b.Room(boardID(1)).Others()) != 0 {
			t.Error("who may see a board no more is told of it")
		}
	})
}

func TestTheNewestStreamOfADeviceCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newHub(t)
		room := b.Room(boardID(1))
		var mine [2]net.Conn
		for i := range mine {
			var theirs net.Conn
			mine[i], theirs = net.Pipe()
			go b.Run(t.Context(), theirs, Peer{"a", "Ada"}, everything)
			synctest.Wait()
		}
		at := func(x float64) []byte {
			return message{state: State{Board: boardID(1), Points: true, Pointer: Point{X: x}}}.encode()
		}
		put(t, mine[1], at(2))
		put(t, mine[0], at(1))
		synctest.Wait()
		if all := room.Others(); len(all) != 1 || all[0].State.Pointer.X != 2 {
			t.Errorf("got %+v, want what the newer stream says", all)
		}
		mine[1].Close()
		synctest.Wait()
		put(t, mine[0], at(3))
		synctest.Wait()
		if all := room.Others(); len(all) != 1 || all[0].State.Pointer.X != 3 {
			t.Errorf("got %+v, want what the stream says that is left", all)
		}
		mine[0].Close()
		synctest.Wait()
	})
}

func TestASlowPeerCostsNobodyAndGetsTheNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newHub(t)
		mine, theirs := net.Pipe()
		done := make(chan error, 1)
		go func() { done <- a.Run(t.Context(), mine, Peer{"b", "Bo"}, everything) }()
		start := time.Now()
		for i := range 10000 {
			a.Room(boardID(1)).Show(State{Points: true, Pointer: Point{X: float64(i)}})
		}
		if time.Since(start) != 0 {
			t.Error("showing waits for a slow peer")
		}
		var last message
		for range 2 { // the one on its way, and the newest
			b, err := wire.ReadFrame(theirs, maxMessage)
			if err != nil {
				t.Fatal(err)
			}
			if last, err = decode(b); err != nil {
				t.Fatal(err)
			}
		}
		if last.state.Pointer.X != 9999 {
			t.Errorf("the second message says %v", last.state.Pointer.X)
		}
		a.Room(boardID(1)).Show(State{})
		if err := <-done; err == nil || time.Since(start) > 2*writeWait {
			t.Errorf("a peer that reads nothing: %v after %v", err, time.Since(start))
		}
		theirs.Close()
	})
}

func TestFloodsAndRubbishEndTheStream(t *testing.T) {
	long := binary.BigEndian.AppendUint32(nil, maxMessage+1)
	for name, c := range map[string]struct {
		frames [][]byte
		want   error
	}{
		"rubbish":  {[][]byte{{0, 0, 0, 2, 9, 9}}, record.ErrMalformed},
		"too long": {[][]byte{long}, record.ErrMalformed},
		"flood":    {flood(absurdBurst + 10), ErrFlood},
	} {
		synctest.Test(t, func(t *testing.T) {
			h := newHub(t)
			mine, theirs := net.Pipe()
			done := make(chan error, 1)
			go func() { done <- h.Run(t.Context(), theirs, Peer{"a", "Ada"}, everything) }()
			for _, f := range c.frames {
				if _, err := mine.Write(f); err != nil {
					break
				}
			}
			if err := <-done; !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
			mine.Close()
		})
	}
}

func TestABurstIsThinnedAndItsLastCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t)
		room, wakes := h.Room(boardID(1)), 0
		defer room.Subscribe(func() { wakes++ })()
		mine, theirs := net.Pipe()
		go h.Run(t.Context(), theirs, Peer{"a", "Ada"}, everything)
		var all []byte
		for _, f := range flood(1000) {
			all = append(all, f...)
		}
		if _, err := mine.Write(all); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := room.Others()[0].State.Pointer.X; got != 999 {
			t.Errorf("the pointer is at %v, want where the last message puts it", got)
		}
		if wakes < plentyBurst || wakes > plentyBurst+20 {
			t.Errorf("%d of 1000 messages are taken, want about %d", wakes, plentyBurst)
		}
		mine.Close()
		synctest.Wait()
	})
}

// flood is n frames with a pointer that moves on.
func flood(n int) (frames [][]byte) {
	for i := range n {
		b := message{state: State{Board: boardID(1), Points: true, Pointer: Point{X: float64(i)}}}.encode()
		frames = append(frames, wire.AppendFrame(nil, b))
	}
	return frames
}

func put(t *testing.T, over net.Conn, message []byte) {
	t.Helper()
	if _, err := over.Write(wire.AppendFrame(nil, message)); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkShowToSixteen(b *testing.B) {
	h := NewHub(time.Now, nil)
	defer h.Close()
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	for i := range 16 {
		mine, theirs := net.Pipe()
		go h.Run(ctx, mine, Peer{Device: string(rune('a' + i))}, everything)
		go func() {
			buf := make([]byte, 4096)
			for {
				if _, err := theirs.Read(buf); err != nil {
					return
				}
			}
		}()
	}
	room := h.Room(boardID(1))
	for i := 0; b.Loop(); i++ {
		room.Show(State{Points: true, Pointer: Point{X: float64(i)}, Selected: []string{"a", "b"}})
	}
}
