package folder

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"corkboard/net/wire"
)

func TestAWriterThatNobodyReadsWaits(t *testing.T) {
	a, b, dir := lines(t, usual)
	content := make([]byte, 8<<20)
	for i := range content {
		content[i] = byte(i >> 8)
	}
	wrote := make(chan error, 1)
	go func() { _, err := a.Write(content); wrote <- err }()
	until(t, "the bound is reached", func() bool {
		turn(t, a)
		return a.pump.bytes+maxSegment > maxUnseen
	})
	files, err := os.ReadDir(filepath.Join(dir, filepath.Dir(a.pump.mine)))
	must(t, err)
	var sum int64
	for _, f := range files {
		info, err := f.Info()
		must(t, err)
		sum += info.Size()
	}
	if sum > maxUnseen || len(files) > maxFiles {
		t.Errorf("%d bytes in %d files that nobody has read", sum, len(files))
	}
	until(t, "the reader is full", func() bool {
		turn(t, b)
		_, room := b.state()
		return !room
	})
	turn(t, b)
	if n := len(b.come); n >= 2*maxPlain {
		t.Errorf("the reader holds %d bytes", n)
	}
	got, part := []byte(nil), make([]byte, 1<<20)
	for len(got) < len(content) {
		turn(t, a)
		turn(t, b)
		if len(b.come) > 0 {
			n, err := b.Read(part)
			must(t, err)
			got = append(got, part[:n]...)
		}
	}
	must(t, <-wrote)
	turn(t, b)
	turn(t, a)
	if !bytes.Equal(got, content) {
		t.Error("other bytes came")
	}
	if files, _ := os.ReadDir(filepath.Join(dir, filepath.Dir(a.pump.mine))); len(files) != 0 {
		t.Errorf("%d files are left of what was taken", len(files))
	}
}

func TestManySmallSegmentsAreBounded(t *testing.T) {
	a, _, _ := lines(t, usual)
	for range 2 * maxFiles {
		_, err := a.Write([]byte("x"))
		must(t, err)
		turn(t, a)
	}
	if n := len(a.pump.unseen); n != maxFiles || len(a.written) != maxFiles {
		t.Errorf("%d files, %d bytes wait", n, len(a.written))
	}
}

func TestAFileThatIsWrongForAWhile(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside")
	must(t, os.WriteFile(outside, []byte("secret"), 0o600))
	for name, spoil := range map[string]func(path string, good []byte) error{
		"empty":     func(path string, _ []byte) error { return os.WriteFile(path, nil, 0o644) },
		"half":      func(path string, good []byte) error { return os.WriteFile(path, good[:len(good)/2], 0o644) },
		"longer":    func(path string, good []byte) error { return os.WriteFile(path, append(good, 0), 0o644) },
		"too large": func(path string, _ []byte) error { return os.Truncate(path, 1<<40) },
		"changed": func(path string, good []byte) error {
			bad := bytes.Clone(good)
			bad[len(bad)-1] ^= 1
			return os.WriteFile(path, bad, 0o644)
		},
		"a folder": func(path string, _ []byte) error { os.Remove(path); return os.Mkdir(path, 0o755) },
		"a link":   func(path string, _ []byte) error { os.Remove(path); return os.Symlink(outside, path) },
		"a pipe":   func(path string, _ []byte) error { os.Remove(path); return makePipe(path) },
	} {
		t.Run(name, func(t *testing.T) {
			a, b, dir := lines(t, usual)
			content := make([]byte, 200_000) // several pieces: the first may be whole
			_, err := a.Write(content)
			must(t, err)
			turn(t, a)
			path := segment(dir, a, 0)
			good, err := os.ReadFile(path)
			must(t, err)
			must(t, spoil(path, bytes.Clone(good)))
			turn(t, b)
			turn(t, b)
			if len(b.come) != 0 || b.pump.next != 0 {
				t.Fatalf("%d bytes were taken from it", len(b.come))
			}
			must(t, os.RemoveAll(path))
			must(t, os.WriteFile(path, good, 0o644))
			turn(t, b)
			if !bytes.Equal(b.come, content) {
				t.Errorf("%d bytes came in the end", len(b.come))
			}
			b.pump.pace.wrong = 0
			must(t, os.WriteFile(segment(dir, a, 1), []byte("garbage"), 0o644))
			_, err = b.pump.turn()
			wants(t, err, ErrForeign)
		})
	}
}

func TestACountThatIsALie(t *testing.T) {
	a, _, dir := lines(t, usual)
	_, err := a.Write([]byte("x"))
	must(t, err)
	turn(t, a)
	count := filepath.Join(dir, seenFile(a.pump.theirs))
	for _, lie := range [][]byte{encodeCount(2), encodeCount(1 << 62), {}, {1}, {2, 1}, make([]byte, 100)} {
		must(t, os.WriteFile(count, lie, 0o644))
		turn(t, a)
		if len(a.pump.unseen) != 1 {
			t.Fatalf("% x was believed", lie)
		}
	}
	must(t, os.WriteFile(count, encodeCount(1), 0o644))
	turn(t, a)
	if len(a.pump.unseen) != 0 || a.pump.bytes != 0 {
		t.Error("the truth was not believed")
	}
	must(t, os.WriteFile(count, encodeCount(0), 0o644)) // an older copy comes back
	turn(t, a)
	if a.pump.seen != 1 {
		t.Error("the count goes back")
	}
}

func TestAnEndThatIsGone(t *testing.T) {
	later := func(d time.Duration) time.Time { return time.Now().Add(d) }
	t.Run("silent", func(t *testing.T) {
		a, _, _ := lines(t, usual)
		must(t, a.pump.lasts(later(usual.silence-time.Second)))
		wants(t, a.pump.lasts(later(usual.silence+time.Second)), ErrSilent)
		pulse := later(usual.silence)
		a.pump.pulse.Store(&pulse)
		must(t, a.pump.lasts(later(usual.silence+time.Second)))
		_, err := a.Write([]byte("x"))
		must(t, err)
		turn(t, a)
		wants(t, a.pump.lasts(later(usual.silence+time.Second)), ErrSilent)
	})
	t.Run("has removed its count", func(t *testing.T) {
		p := usual
		p.gone = 0
		a, b, _ := lines(t, p)
		_, err := a.Write([]byte("x"))
		must(t, err)
		turn(t, a)
		turn(t, b)
		turn(t, a)
		b.pump.clean()
		_, err = a.Write([]byte("x"))
		must(t, err)
		_, err = a.pump.turn()
		wants(t, err, ErrFolder) // a has said nothing yet: its own count is missing, too
		must(t, os.WriteFile(filepath.Join(string(a.pump.disk), seenFile(a.pump.mine)), encodeCount(0), 0o644))
		if _, err := a.pump.turn(); err != wire.ErrClosed {
			t.Errorf("%v, want ErrClosed alone", err)
		}
	})
	t.Run("reads end", func(t *testing.T) {
		a, _, _ := lines(t, usual)
		a.put([]byte("last"))
		a.fail(ErrSilent)
		got, err := io.ReadAll(a)
		if string(got) != "last" {
			t.Errorf("read %q", got)
		}
		wants(t, err, ErrSilent)
		wants(t, err, wire.ErrClosed)
		_, err = a.Write([]byte("x"))
		wants(t, err, ErrSilent)
	})
}
