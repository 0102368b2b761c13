package cmdline

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"corkboard/app/clipper"
)

// atHome gives the test a home folder of its own, and tells where settings are in it.
func atHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	config, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func TestTheClipperIsInstalledAndRemoved(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the registry is the person's own")
	}
	config := atHome(t)
	if r := run(t, nil, "", "clipper", "install"); r.exit != 1 || !strings.Contains(r.err, "No browser was found") {
		t.Errorf("%+v", r)
	}
	if r := run(t, nil, "", "clipper", "install", "--browser", "chromium"); r.exit != 0 || !strings.HasPrefix(r.out, "Chromium knows Corkboard now.\n") || !strings.Contains(r.out, "Load unpacked") {
		t.Errorf("%+v", r)
	}
	if _, err := os.Stat(filepath.Join(config, "corkboard-clipper", "chromium", "manifest.json")); err != nil {
		t.Error(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if r := run(t, nil, "", "clipper", "status"); r.exit != 0 || !strings.HasPrefix(r.out, "Chromium ") || !strings.Contains(r.out, filepath.Base(program)) {
		t.Errorf("%+v", r)
	}
	if r := run(t, nil, "", "clipper", "remove"); r != (result{0, "Chromium does not know Corkboard any more.\n", ""}) {
		t.Errorf("%+v", r)
	}
	if r := run(t, nil, "", "clipper", "status"); r.exit != 0 || !strings.HasSuffix(r.out, "not installed\n") {
		t.Errorf("%+v", r)
	}
	for _, args := range [][]string{{"clipper"}, {"clipper", "paint"}, {"clipper", "install", "--browser", "mosaic"}, {"status", "--browser", "chrome"}} {
		if r := run(t, nil, "", args...); r.exit != misunderstood {
			t.Errorf("%q: %+v", args, r)
		}
	}
}

func TestElsewhereThePackageRegistersLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("this would write to the person's registry")
	}
	for _, args := range [][]string{{"register"}, {"register", "remove"}} {
		if r := run(t, nil, "", args...); r != (result{1, "", "corkboard: On this system the package does that when it is installed.\n"}) {
			t.Errorf("%q: %+v", args, r)
		}
	}
	if r := run(t, nil, "", "register", "again"); r.exit != misunderstood {
		t.Errorf("%+v", r)
	}
}

// clip plays the browser.
func clip(t *testing.T, message string) (answer string) {
	t.Helper()
	in := append(binary.NativeEndian.AppendUint32(nil, uint32(len(message))), message...)
	var out bytes.Buffer
	exit, ok := Clip(t.Context(), []string{clipper.Origin()}, bytes.NewReader(in), &out)
	if !ok || exit != done || out.Len() < 4 {
		t.Fatalf("exit %d, %v, %q", exit, ok, out.Bytes())
	}
	return string(out.Bytes()[4:])
}

func TestABrowserLeavesAClip(t *testing.T) {
	config := atHome(t)
	const message = `{"version":1,"kind":"link","address":"https://example.org/"}`
	if got := clip(t, message); got != `{"version":1,"code":"unopened"}` {
		t.Errorf("before the first start: %s", got)
	}
	profile := filepath.Join(config, "corkboard")
	if r := run(t, nil, "", "add", write(t, "a.txt", "one")); r.exit != 0 {
		t.Fatalf("%+v", r)
	}
	if got := clip(t, message); got != `{"version":1,"code":"kept"}` {
		t.Error(got)
	}
	s := clipper.SpoolOf(profile)
	list, err := s.List()
	if err != nil || len(list) != 1 {
		t.Fatalf("%q, %v", list, err)
	}
	if c, err := s.Read(list[0]); err != nil || c.Address != "https://example.org/" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, ok := Clip(t.Context(), []string{"status"}, nil, nil); ok {
		t.Error("a person was taken for a browser")
	}
}
