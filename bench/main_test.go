package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestWantedParts(t *testing.T) {
	for _, c := range []struct {
		choice choice
		want   []string
	}{
		{choice{}, []string{"documents", "trust", "search", "search", "together", "capture", "siege", "exchange", "backup", "start", "window", "big", "storm", "kill9"}},
		{choice{photos: true}, []string{"documents", "trust", "search", "search", "together", "capture", "siege", "exchange", "backup", "start", "window", "big", "storm", "photos", "kill9"}},
		{choice{only: "photos,big"}, []string{"big", "photos"}},
	} {
		var got []string
		parts := c.choice.parts(results{})
		for _, p := range parts {
			if c.choice.wants(p) {
				got = append(got, p.name)
			}
		}
		if err := c.choice.known(parts); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q (%v)", c.choice, got, err)
		}
	}
	c := choice{only: "window,widow"}
	if err := c.known(c.parts(results{})); !errors.Is(err, errNoPart) {
		t.Errorf("an unknown part: %v", err)
	}
}

func TestCopyProfile(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	for _, name := range []string{"log.db", "blobs/ab/cd", "device.json"} {
		write(t, from+"/"+name, name)
	}
	if err := copyProfile(from, to+"/copy"); err != nil {
		t.Fatal(err)
	}
	write(t, to+"/copy/log.db", "changed")
	for name, want := range map[string]string{"/copy/log.db": "changed", "/copy/blobs/ab/cd": "blobs/ab/cd"} {
		if got := read(t, to+name); got != want {
			t.Errorf("%s says %q", name, got)
		}
	}
	if got := read(t, from+"/log.db"); got != "log.db" {
		t.Errorf("the original says %q", got)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
