package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/net/wire"
	"corkboard/share"
)

func TestExitCodes(t *testing.T) {
	empty := t.TempDir()
	for _, c := range []struct {
		args []string
		code int
		part string
	}{
		{nil, exitUsage, "storage-peer keeps"},
		{[]string{"help"}, exitOK, "storage-peer keeps"},
		{[]string{"run", "--help"}, exitOK, "storage-peer keeps"},
		{[]string{"dance"}, exitUsage, `no command "dance"`},
		{[]string{"status"}, exitUsage, "--data is missing"},
		{[]string{"status", "--data", empty, "more"}, exitUsage, "1 arguments"},
		{[]string{"status", "--data", empty}, exitFailed, "no storage peer in this folder"},
		{[]string{"verify", "--data", filepath.Join(empty, "none")}, exitFailed, "no storage peer in this folder"},
		{[]string{"run", "--data", empty, "--nonsense"}, exitUsage, "nonsense"},
		{[]string{"run", "--data", empty, "--announce", "somewhere"}, exitUsage, "needs a port"},
		{[]string{"run", "--data", empty, "--announce", "a:1", "--announce", "b:1", "--announce", "c:1"}, exitUsage, "more than 2"},
		{[]string{"run", "--data", filepath.Join(empty, "x"), "--listen", "nowhere"}, exitFailed, "no IP address"},
		{[]string{"export", "--data", empty, "file"}, exitUsage, "--namespace is missing"},
		{[]string{"export", "--data", empty, "--namespace", "1"}, exitUsage, "0 arguments"},
	} {
		if code, out := command(c.args...); code != c.code || !strings.Contains(out, c.part) {
			t.Errorf("%q: code %d, want %d; printed %q, want %q", c.args, code, c.code, out, c.part)
		}
	}
	if list, err := os.ReadDir(empty); err != nil || len(list) > 1 {
		t.Errorf("looking made %v, %v", list, err)
	}
}

func TestDamageHasACodeOfItsOwn(t *testing.T) {
	dir := t.TempDir()
	start(t, "run", "--data", dir, "--listen", "127.0.0.1:0").end()
	if code, out := command("verify", "--data", dir); code != exitOK {
		t.Fatalf("%d, %s", code, out)
	}
	file := filepath.Join(dir, "store.db")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	clear(b[5000:9000])
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := command("verify", "--data", dir); code != exitDamaged {
		t.Errorf("%d, %s", code, out)
	}
}

func TestWhatTheLinkSays(t *testing.T) {
	const name = "/p2p/12D3KooWx"
	own := []wire.Address{
		"/ip4/10.0.0.5/tcp/4001" + name, "/ip4/10.0.0.5/udp/4001/quic-v1" + name, "/ip6/fd00::1/tcp/4001" + name,
	}
	for _, c := range []struct {
		announce []string
		want     share.Addresses
	}{
		{nil, share.Addresses{string(own[0]), string(own[1])}},
		{[]string{"storage.example:4001"}, share.Addresses{"/dns/storage.example/tcp/4001" + name, "/dns/storage.example/udp/4001/quic-v1" + name}},
		{[]string{"192.0.2.1:1", "[2001:db8::1]:1"}, share.Addresses{"/ip4/192.0.2.1/tcp/1" + name, "/ip6/2001:db8::1/tcp/1" + name}},
		{[]string{"/ip4/192.0.2.1/udp/9/quic-v1"}, share.Addresses{"/ip4/192.0.2.1/udp/9/quic-v1" + name}},
	} {
		at, err := announced(c.announce)
		if err != nil {
			t.Errorf("%q: %v", c.announce, err)
		}
		if got := linkAddresses(at, own); got != c.want {
			t.Errorf("%q: %q, want %q", c.announce, got, c.want)
		}
	}
}

// The storage peer is built without a window, a decoder or a document engine, and
// without C.
func TestWhatItNeeds(t *testing.T) {
	list := exec.Command("go", "list", "-deps", ".")
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	needs := strings.Fields(string(out))
	if len(needs) < 100 {
		t.Fatalf("only %d packages: nothing was checked", len(needs))
	}
	for _, path := range needs {
		for _, never := range []string{
			"corkboard/access", "corkboard/app", "corkboard/assets", "corkboard/blobs", "corkboard/board", "corkboard/cards",
			"corkboard/docstore", "corkboard/media", "corkboard/net/node", "corkboard/net/presence", "corkboard/renderers",
			"corkboard/search", "corkboard/ui", "fyne.io", "github.com/automerge", "github.com/tetratelabs/wazero",
			"github.com/gen2brain", "golang.org/x/image", "image/gif", "image/jpeg", "image/png", "runtime/cgo",
		} {
			if path == never || strings.HasPrefix(path, never+"/") {
				t.Errorf("it needs %s", path)
			}
		}
	}
}
