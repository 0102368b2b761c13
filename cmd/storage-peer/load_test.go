package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"corkboard/chunk"
	"corkboard/net/blind"
	"corkboard/net/docsync"
	"corkboard/net/wire"
	"corkboard/share"
)

// filled adds chunks of a kilobyte to what a member holds.
func filled(t testing.TB, own *blind.Namespace, seed byte, n int) {
	t.Helper()
	random := rand.NewChaCha8([32]byte{seed})
	for ; n > 0; n -= 200 {
		items := make([]blind.Item, min(n, 200))
		for i := range items {
			b := make([]byte, 1024)
			random.Read(b)
			b[0], b[1] = 1, byte(chunk.KindChange)
			items[i] = blind.Item{Key: sha256.Sum256(b), Sort: docsync.Content, Body: b}
		}
		if err := own.Put(items); err != nil {
			t.Fatal(err)
		}
	}
}

// owned starts a storage peer that has an owner, and a namespace.
func owned(t testing.TB, dir string, namespace wire.Secret) (*process, share.Link) {
	t.Helper()
	p := start(t, "run", "--data", dir, "--listen", "127.0.0.1:0")
	link := p.link()
	d := newDesktop(t)
	conn, _, err := d.meet(link.At[0], blind.FirstSecret(link.Secret))
	if err != nil {
		t.Fatal(err)
	}
	a := d.admin(conn)
	if err := errors.Join(a.Own(t.Context(), secretOf(3)), a.Register(t.Context(), namespace)); err != nil {
		t.Fatal(err)
	}
	return p, link
}

// What the other side has been told is on the disk is there, whenever the process is
// killed.
func TestKilledWhileItServes(t *testing.T) {
	dir, own := t.TempDir(), member(t, chunk.CollectionID{1}, nil)
	p, _ := owned(t, dir, secretOf(4))
	told, caught, random := uint64(0), 0, rand.New(rand.NewPCG(1, 1))
	for run := range 4 {
		filled(t, own, byte(run), 8000)
		if run > 0 {
			p = start(t, "run", "--data", dir, "--listen", "127.0.0.1:0")
		}
		d := newDesktop(t)
		conn, result, err := d.meet(addresses(t, dir)[0], secretOf(4))
		if err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(100+random.IntN(400))*time.Millisecond, func() { _ = p.cmd.Process.Kill() })
		_, equal := d.syncUntilEnd(conn, result.Matched[0].Tag, own, func(st docsync.Status) {
			told = max(told, st.Acknowledged)
		})
		if timer.Stop() {
			_ = p.cmd.Process.Kill()
		}
		_ = p.cmd.Wait() // killed, as it should be
		if !equal && told < own.Last() {
			caught++
		}
		t.Logf("run %d: %d items are said to be stored", run, told)
		acknowledged(t, dir, own, told)
	}
	if caught == 0 {
		t.Error("no kill was in the middle: nothing was tried")
	}
	if code, out := command("verify", "--data", dir); code != exitOK {
		t.Errorf("%d, %s", code, out)
	}
}

// acknowledged looks for all that a member has up to a place.
func acknowledged(t *testing.T, dir string, own *blind.Namespace, through uint64) {
	t.Helper()
	s, err := blind.Open(dir, blind.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n, err := s.Namespace(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	for _, e := range own.After(0, int(through)) {
		if _, err := n.Bytes(e.Key); err != nil {
			t.Fatalf("item %d of %d: %v", e.Place, through, err)
		}
	}
}

// A process that has taken in 10,000 documents over the network keeps to its budget.
func TestTenThousandDocumentsOverTheNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	p, link := owned(t, t.TempDir(), secretOf(4))
	own := member(t, chunk.CollectionID{1}, nil)
	filled(t, own, 1, 20_000)
	for _, what := range []string{"filled", "again"} {
		m := newDesktop(t)
		conn, result, err := m.meet(link.At[0], secretOf(4))
		if err != nil {
			t.Fatal(err)
		}
		m.sync(conn, result.Matched[0].Tag, own)
		t.Logf("%s: %s", what, memory(t, p.cmd.Process.Pid))
	}
}

func memory(t *testing.T, pid int) string {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("no way to ask for memory here")
	}
	var peak, now int
	for line := range strings.Lines(string(b)) {
		fmt.Sscanf(line, "VmHWM: %d", &peak)
		fmt.Sscanf(line, "VmRSS: %d", &now)
	}
	if peak == 0 || peak > 150<<10 {
		t.Errorf("%d kB of 150 MB", peak)
	}
	return fmt.Sprintf("%d MB, at most %d MB", now>>10, peak>>10)
}
