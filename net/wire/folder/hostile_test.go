package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corkboard/net/wire"
)

// litter is what others have put into the folder and into that of a name; nothing of
// it may be lost.
func litter(t *testing.T, dir, self string) (keep []string) {
	t.Helper()
	put := func(name string, b []byte) {
		path := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, b, 0o644))
		keep = append(keep, path)
	}
	put("Photos/cat.jpg", []byte("a cat"))
	put("alive", []byte("no"))
	put(strings.Repeat("A", 64)+"/call", []byte("capital letters"))
	put(strings.Repeat("a", 63)+"/call", []byte("short"))
	put(strings.Repeat("b", 64), []byte("a file called like an end"))
	put(self+"/notes.txt", []byte("mine"))
	put(self+"/alive (conflicted copy)", []byte("mine"))
	put(self+"/"+strings.Repeat("c", 64)+"/deeper/call", []byte("mine"))
	for i, content := range [][]byte{nil, []byte("garbage"), make([]byte, maxCall), make([]byte, maxCall+1), make([]byte, 1<<20)} {
		name := fmt.Sprintf("%064x", i)
		put(name+"/"+self+"/call", content)
		put(name+"/alive", content)
		put(name+"/"+self+"/0123456789abcdef.0000000000000000", content)
	}
	zero := strings.Repeat("0", 62)
	for i, link := range []string{"..", "/etc/passwd", self, "."} {
		path := filepath.Join(dir, zero+fmt.Sprintf("e%d", i))
		if err := os.Symlink(link, path); !errors.Is(err, fs.ErrExist) {
			must(t, err)
		}
		keep = append(keep, path)
	}
	for i, make := range []func(string) error{
		makePipe,
		func(path string) error { return os.Mkdir(path, 0o755) },
		func(path string) error { return os.Symlink("../../alive", path) },
		func(path string) error { return os.Symlink("call", path) },
	} {
		path := filepath.Join(dir, zero+fmt.Sprintf("d%d", i), self, "call")
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, make(path))
		keep = append(keep, path)
	}
	return keep
}

func TestHostileContents(t *testing.T) {
	dir := t.TempDir()
	a, b := start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
	keep := append(litter(t, dir, a.self), litter(t, dir, b.self)...)
	near, far := meet(t, a, b)
	x, y := pair(t, near, far)
	for i := range 20 {
		says(t, x, y, fmt.Sprint("there ", i))
		says(t, y, x, fmt.Sprint("and back ", i))
	}
	must(t, a.Close())
	must(t, b.Close())
	for _, path := range keep {
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("what was there is lost: %v", err)
		}
	}
}

func TestThousandsOfFolders(t *testing.T) {
	dir := t.TempDir()
	for i := range 3 * maxPeers {
		must(t, os.Mkdir(filepath.Join(dir, fmt.Sprintf("%064x", i)), 0o755))
	}
	a, b := start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
	near, far := meet(t, a, b)
	pair(t, near, far)
	a.Close()
	b.Close()
	for _, at := range []*Transport{a, b} {
		if n := len(at.watch.peers); n > maxPeers+maxConns {
			t.Errorf("%d others are listened to", n)
		}
	}
}

// Only who has the key of a name can call under it, and a call is for one name alone.
func TestACallBySomebodyElse(t *testing.T) {
	keyA, nameA := key(t)
	keyB, nameB := key(t)
	keyC, nameC := key(t)
	calls := func(k string, id connID) call {
		h, err := handshake(keyA, nameA, k, id)
		must(t, err)
		message, _, _, err := h.WriteMessage(nil, nil)
		must(t, err)
		return call{id, message}
	}
	c := calls(nameB, connID{1})
	if _, _, err := respond(keyB, nameA, c, connID{}); err != nil {
		t.Fatal(err)
	}
	_, _, err := respond(keyB, nameC, c, connID{})
	wants(t, err, ErrForeign)
	_, _, err = respond(keyC, nameA, c, connID{})
	wants(t, err, ErrForeign)
	_, _, err = respond(keyB, nameA, call{connID{2}, c.message}, connID{})
	wants(t, err, ErrForeign)
}

// Whoever copies an old call of somebody else gets no connection, and breaks none.
func TestACallThatIsCopied(t *testing.T) {
	dir := t.TempDir()
	a, b := start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
	near, far := meet(t, a, b)
	x, y := pair(t, near, far)
	old := call{id: connID{1}}
	h, err := handshake(a.key, a.self, b.self, old.id)
	must(t, err)
	old.message, _, _, err = h.WriteMessage(nil, nil)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, callFile(a.self, b.self)), old.encode(), 0o644))
	answer := filepath.Join(dir, segmentFile(forOther(b.self, a.self)+"/"+old.id.String(), 0))
	until(t, "the copy is answered", func() bool { _, err := os.Stat(answer); return err == nil })
	says(t, x, y, "still here")
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.incoming) != 0 || len(b.half) != 1 || b.conns[a.self] != far {
		t.Error("the copy has become a connection")
	}
}

// What others have put where a file is about to be written is not written to.
func TestALinkInTheWay(t *testing.T) {
	dir := t.TempDir()
	letter := filepath.Join(dir, "letter")
	must(t, os.WriteFile(letter, []byte("dear"), 0o644))
	must(t, os.Symlink("letter", filepath.Join(dir, tempOf(aliveName))))
	root, err := disk(dir).open()
	must(t, err)
	defer root.Close()
	must(t, write(root, aliveName, []byte("x")))
	got, err := os.ReadFile(letter)
	if string(got) != "dear" {
		t.Errorf("the letter says %q, %v", got, err)
	}
	if _, err := root.Lstat(tempOf(aliveName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was written for a while is there: %v", err)
	}
}

func TestWindowsGrowTogetherToABound(t *testing.T) {
	var b budget
	one, err := b.span()
	must(t, err)
	other, err := b.span()
	must(t, err)
	must(t, one.ReserveMemory(maxGrowth, 128))
	wants(t, other.ReserveMemory(1, 128), ErrCrowded)
	must(t, other.ReserveMemory(1<<20, mustHave))
	one.ReleaseMemory(10)
	must(t, other.ReserveMemory(10, 128))
	one.Done()
	other.Done()
	if n := b.grown.Load(); n != 0 {
		t.Errorf("%d bytes are not given back", n)
	}
}

func TestWhatIsLongDeadIsCleared(t *testing.T) {
	dir := t.TempDir()
	quick := usual
	quick.watch, quick.beat = 0, 20*time.Millisecond
	yesterday := time.Now().Add(-25 * time.Hour)
	leave := func(name string, at time.Time, files ...string) {
		for _, f := range files {
			path := filepath.Join(dir, name, f)
			must(t, os.MkdirAll(filepath.Dir(path), 0o755))
			must(t, os.WriteFile(path, encodeCount(3), 0o644))
			must(t, os.Chtimes(path, at, at))
		}
		must(t, os.Chtimes(filepath.Join(dir, name), at, at))
	}
	name := func(c string) string { return strings.Repeat(c, 64) }
	other := name("f")
	files := []string{aliveName, "~alive.tmp", other + "/call", other + "/~call.tmp", other + "/0123456789abcdef.seen",
		other + "/0123456789abcdef.0000000000000007", other + "/~0123456789abcdef.0000000000000008.tmp"}
	leave(name("1"), yesterday, files...)
	leave(name("2"), yesterday, files[1:]...) // without a sign of life
	leave(name("3"), yesterday, append(files, "letter.txt", other+"/0123456789abcdef.odd")...)
	leave(name("4"), time.Now().Add(-time.Hour), files...)
	for i := range maxSwept {
		leave(fmt.Sprintf("%063xa", i), yesterday, files...)
	}
	a := start(t, Options{Dir: dir, pace: quick})
	gone := func(c string) bool {
		_, err := os.Stat(filepath.Join(dir, name(c)))
		return errors.Is(err, fs.ErrNotExist)
	}
	until(t, "the dead are cleared", func() bool {
		entries, err := os.ReadDir(dir)
		must(t, err)
		return gone("1") && gone("2") && len(entries) == 3
	})
	a.Close()
	var left []string
	filepath.WalkDir(dir, func(path string, e fs.DirEntry, _ error) error {
		if !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			left = append(left, strings.ReplaceAll(rel, other, "F"))
		}
		return nil
	})
	want := len(files) + 2
	if len(left) != want || gone("4") {
		t.Errorf("%d files are left, want %d: %q", len(left), want, left)
	}
}

func TestTooMany(t *testing.T) {
	dir := t.TempDir()
	a, b := start(t, Options{Dir: dir}), start(t, Options{Dir: dir})
	near, far := meet(t, a, b)
	var last wire.Stream
	var err error
	for range maxStreams + 1 { // which nobody accepts
		if last, err = near.Open(within(t), "/flood"); err != nil {
			t.Fatal(err)
		}
	}
	must(t, last.SetReadDeadline(time.Now().Add(bound)))
	if _, err := last.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("one stream too many: %v", err)
	}
	for err == nil {
		_, err = near.Open(within(t), "/flood")
	}
	wants(t, err, ErrCrowded)
	pair(t, far, near) // the other way there is room
	for _, name := range []string{"", strings.Repeat("x", maxProtocol+1)} {
		if _, err := far.Open(within(t), name); err == nil {
			t.Errorf("a stream for %q", name)
		}
	}
	_, stranger := key(t)
	must(t, os.Mkdir(filepath.Join(dir, stranger), 0o755))
	a.mu.Lock()
	for i := range maxConns {
		a.half[fmt.Sprint(i)] = &half{line: newLine(&pump{})}
	}
	a.mu.Unlock()
	_, err = a.Dial(within(t), addressOf(stranger))
	wants(t, err, ErrCrowded)
}
