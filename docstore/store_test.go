package docstore

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
	"corkboard/docstore/engine"
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func testOptions() Options {
	return Options{Log: quiet(), Idle: time.Millisecond, Retry: time.Hour, App: "test", Code: code}
}

// code is where the sandboxed engine is compiled once for all tests.
var code string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "corkboard-code-")
	if err != nil {
		panic(err)
	}
	code = dir
	result := m.Run()
	_ = os.RemoveAll(dir) // it is only a cache
	os.Exit(result)
}

func openTest(t *testing.T, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Abandon() })
	return s
}

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func closeTest(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(testContext(t)); err != nil {
		t.Fatal(err)
	}
}

func safe(t *testing.T, r doc.Receipt) {
	t.Helper()
	if err := r.Wait(testContext(t)); err != nil {
		t.Fatal(err)
	}
}

func openRaw(s *Store, id doc.ID) *doc.Live[doc.Map] { return doc.Open(s, id, "raw", doctest.Raw{}) }

func put(v doc.Value, steps ...string) doc.Put { return doc.Put{Path: steps, Value: v} }

// sandbox is compiled once for all tests.
var sandbox = sync.OnceValue(func() *engine.Sandbox { return engine.Sandboxed(engine.Options{}) })

// A VM that dies takes the documents in it along, not the edits of the others.
func TestATrapOfANeighbourLosesNothing(t *testing.T) {
	box := engine.Sandboxed(engine.Options{Memory: 2 << 20})
	t.Cleanup(func() { box.Close() })
	s := openTest(t, t.TempDir(), Options{Log: quiet(), Idle: time.Hour, Retry: time.Hour, Engine: box})
	safe(t, s.Create("small", []doc.Edit{put("x", "a")}))
	small := openRaw(s, "small")
	defer small.Close()
	edit := func(i int) {
		t.Helper()
		safe(t, small.Do(doctest.Do("count", put(int64(i), "n"))))
	}
	edit(1)
	if err := s.Create("large", []doc.Edit{put(make([]byte, 4<<20), "a")}).Wait(testContext(t)); !errors.Is(err, ErrNotSaved) || !errors.Is(err, engine.ErrTrap) {
		t.Fatalf("4 MB in 2 MB give %v, want ErrNotSaved for a trap", err)
	}
	for i := range 5 {
		edit(2 + i)
	}
	if got := small.Snapshot().Value["n"]; got != int64(6) {
		t.Fatalf("n is %v", got)
	}
	if h, err := s.History(testContext(t), "small"); err != nil || len(h) != 7 {
		t.Fatalf("%d changes in the log, %v", len(h), err)
	}
}

func TestStore(t *testing.T) {
	for name, o := range map[string]Options{
		"":                  testOptions(),
		"one engine":        {Log: quiet(), Idle: time.Nanosecond, Engines: 1},
		"cache never right": {Log: quiet(), Idle: time.Hour},
		"sandboxed":         {Log: quiet(), Idle: time.Millisecond, Engine: sandbox()},
	} {
		t.Run(name, func(t *testing.T) {
			doctest.Run(t, func(t *testing.T) (doc.Store, func() doc.Store) {
				dir := t.TempDir()
				s := openTest(t, dir, o)
				return s, func() doc.Store {
					if name == "cache never right" {
						if err := s.Flush(testContext(t)); err != nil {
							t.Fatal(err)
						}
						s.Abandon()
					} else {
						closeTest(t, s)
					}
					s = openTest(t, dir, o)
					return s
				}
			})
		})
	}
}
