package folder

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/flynn/noise"

	"corkboard/net/wire"
)

// bound is longer than anything here takes when it works.
const bound = time.Minute

// start joins a folder until the end of the test.
func start(t testing.TB, o Options) *Transport {
	t.Helper()
	at, err := New(o)
	must(t, err)
	t.Cleanup(func() { at.Close() })
	return at
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
}

func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), bound)
	t.Cleanup(cancel)
	return ctx
}

// until waits for something to become true.
func until(t testing.TB, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(bound); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %v", what, bound)
		}
	}
}

// meet connects a to b.
func meet(t testing.TB, a, b *Transport) (near, far wire.Conn) {
	t.Helper()
	near, err := a.Dial(within(t), b.Addresses()[0])
	must(t, err)
	far, err = b.Accept(within(t))
	must(t, err)
	return near, far
}

// pair opens a stream and has said something on it.
func pair(t testing.TB, near, far wire.Conn) (a, b wire.Stream) {
	t.Helper()
	a, err := near.Open(within(t), "/test")
	must(t, err)
	_, b, err = far.Accept(within(t))
	must(t, err)
	says(t, a, b, "hello")
	return a, b
}

func says(t testing.TB, from, to wire.Stream, text string) {
	t.Helper()
	must(t, to.SetReadDeadline(time.Now().Add(bound)))
	must(t, from.SetWriteDeadline(time.Now().Add(bound)))
	_, err := io.WriteString(from, text)
	must(t, err)
	got := make([]byte, len(text))
	if _, err := io.ReadFull(to, got); err != nil || string(got) != text {
		t.Fatalf("%q came, %v, want %q", got, err, text)
	}
}

func key(t testing.TB) (noise.DHKey, string) {
	t.Helper()
	k, err := noise.DH25519.GenerateKeypair(rand.Reader)
	must(t, err)
	return k, hex.EncodeToString(k.Public)
}

// lines is both ends of a line whose pumps are turned by hand.
func lines(t testing.TB, p pace) (a, b *line, dir string) {
	t.Helper()
	dir = t.TempDir()
	keyA, nameA := key(t)
	keyB, nameB := key(t)
	id := connID{1}
	h, err := handshake(keyA, nameA, nameB, id)
	must(t, err)
	message, _, _, err := h.WriteMessage(nil, nil)
	must(t, err)
	answer, ofB, err := respond(keyB, nameA, call{id, message}, connID{})
	must(t, err)
	_, ofA, err := finish(h, answer)
	must(t, err)
	end := func(self, other string, k keys) *line {
		must(t, os.MkdirAll(filepath.Join(dir, self, other), 0o755))
		w := &watch{t: &Transport{disk: disk(dir), self: self, pace: p}}
		l := w.line(&peer{name: other, pulse: new(atomic.Pointer[time.Time])}, id, k)
		now := time.Now()
		l.pump.stirred, l.pump.owed, l.pump.missing = now, now, now
		return l
	}
	return end(nameA, nameB, ofA), end(nameB, nameA, ofB), dir
}

func turn(t testing.TB, l *line) {
	t.Helper()
	_, err := l.pump.turn()
	must(t, err)
}

// segment is where a segment that an end has written stands.
func segment(dir string, from *line, n uint64) string {
	return filepath.Join(dir, segmentFile(from.pump.mine, n))
}
