package docstore

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"corkboard/doc"
	"corkboard/doc/doctest"
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func testOptions() Options {
	return Options{Log: quiet(), Idle: time.Millisecond, Retry: time.Hour, App: "test"}
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

func TestStore(t *testing.T) {
	for name, o := range map[string]Options{
		"":                  testOptions(),
		"one engine":        {Log: quiet(), Idle: time.Nanosecond, Engines: 1},
		"cache never right": {Log: quiet(), Idle: time.Hour},
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
