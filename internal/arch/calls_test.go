package arch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestClockCalls(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string
	}{
		{"a call", "package p\nimport \"time\"\nvar x = time.Now()", []string{"time.Now (x.go:3)"}},
		{"a value", "package p\nimport \"time\"\nvar now = time.Now", []string{"time.Now (x.go:3)"}},
		{"another name", "package p\nimport clock \"time\"\nfunc f() { clock.Sleep(1) }", []string{"time.Sleep (x.go:3)"}},
		{"a dot", "package p\nimport . \"time\"\nvar x = Now()", []string{"import . \"time\" (x.go)"}},
		{"only types", "package p\nimport \"time\"\nvar x = time.UnixMilli(5)", nil},
		{"somebody else's Now", "package p\nimport \"time\"\nvar d time.Duration\nvar x = board.Now()", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := clockCalls("x.go", c.src)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCheckCallsReadsPurePackagesOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.go")
	if err := os.WriteFile(file, []byte("package p\nimport \"time\"\nvar x = time.Now()\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	g := Graph{}
	for _, path := range []string{"./board", "./doc/doctest", "./docstore"} {
		g[path] = Package{Path: path, Files: []string{file}}
	}
	found, err := CheckCalls(g)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].From != "board" || !strings.HasPrefix(found[0].To, "time.Now") {
		t.Errorf("found %v, want time.Now in board alone", found)
	}
}
