package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/internal/lean"
)

// Whatever is in device.json and unseen.json, there are settings, and they survive being written.
func FuzzKept(f *testing.F) {
	f.Add([]byte(`{"Theme":"dark","Window":{"W":800,"H":600}}`))
	f.Add([]byte(`{"Since":{"a":1},"Documents":{"x":{"Places":{}}}}`))
	f.Add([]byte(`{"Since":null,"Documents":{"x":null}}`))
	f.Add([]byte(`{"Theme":1}`))
	f.Add([]byte(strings.Repeat("[", 20_000)))
	log, dir := slog.New(slog.DiscardHandler), f.TempDir()
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		path := filepath.Join(dir, "kept.json")
		keep := func() {
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		keep()
		d := openKept(path, false, log, defaultDevice, (*Device).repaired)
		d.change(func(*Device) {})
		if err := d.flush(); err != nil {
			t.Errorf("settings of the device: %v", err)
		}
		keep()
		fresh := func() (f unseenFile) { f.repaired(); return f }
		u := openKept(path, false, log, fresh, (*unseenFile).repaired)
		u.look(func(f *unseenFile) { f.Since["x"]++ })
		if err := u.flush(); err != nil {
			t.Errorf("what is unseen: %v", err)
		}
	}))
}

// Whatever a person writes into the file of keys, there are keys or sentences about it.
func FuzzKeys(f *testing.F) {
	f.Add([]byte(`{"undo": ["Mod+Z"], "redo": "Mod+Y", // mine` + "\n}"))
	f.Add([]byte("\ufeff{\"undo\": [1], \"x\": {},}"))
	f.Add([]byte(`{"a": ["//"], "b": "\"", }`))
	f.Add([]byte(`{"`))
	f.Fuzz(lean.One(func(t *testing.T, text []byte) {
		keys, err := parseKeys(text)
		if err != nil && Sentence(err) == "" {
			t.Errorf("no sentence for %v", err)
		}
		for id, chords := range keys {
			if chords == nil {
				t.Errorf("%q has no list", id)
			}
		}
	}))
}
