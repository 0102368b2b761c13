package pyramid

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"corkboard/media"
)

func TestMain(m *testing.M) {
	media.MaybeWorker()
	os.Exit(m.Run())
}

func newTest(t *testing.T, o Options) *Pyramid {
	t.Helper()
	dec := media.New(media.Options{Workers: 2})
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	p := New(dec, o)
	t.Cleanup(func() { p.Close(); dec.Close() })
	return p
}

func testContext(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// photo is a picture whose left half is red and right half blue.
func photo(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 20, 20, 255}
			if x >= w/2 {
				c = color.RGBA{20, 20, 200, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// source writes a photo of the test.
func source(t *testing.T, id string, w, h int) Source {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, photo(w, h), nil); err != nil {
		t.Fatal(err)
	}
	return file(t, id, b.Bytes())
}

func file(t *testing.T, id string, data []byte) Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), "original")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return Source{ID: id, Path: path}
}

func wantPhoto(t *testing.T, m *image.RGBA, err error, w, h int) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if m.Rect != image.Rect(0, 0, w, h) {
		t.Fatalf("%v, want %d×%d", m.Rect, w, h)
	}
	left, right := m.RGBAAt(w/4, h/2), m.RGBAAt(w*3/4, h/2)
	if left.R < 150 || left.B > 80 || right.B < 150 || right.R > 80 {
		t.Errorf("left %v, right %v", left, right)
	}
}

// levelsIn lists the levels in a folder.
func levelsIn(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, e.Name())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestOneDecodingGivesAllSmallerLevels(t *testing.T) {
	dir, s := t.TempDir(), source(t, "abc", 1200, 900)
	p := newTest(t, Options{Dir: dir})
	m, err := p.Get(testContext(t), s, 500)
	wantPhoto(t, m, err, 512, 384)
	p.Close()

	if err := os.Remove(s.Path); err != nil {
		t.Fatal(err)
	}
	p = newTest(t, Options{Dir: dir, ReadOnly: true})
	for side, size := range map[int]image.Point{1: {64, 48}, 64: {64, 48}, 100: {128, 96}, 256: {256, 192}, 512: {512, 384}} {
		m, err := p.Get(testContext(t), s, side)
		wantPhoto(t, m, err, size.X, size.Y)
	}
	if _, err := p.Get(testContext(t), s, 1024); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("larger than what is stored: %v", err)
	}
}

func TestNothingIsStoredThatIsNoSmallerThanTheOriginal(t *testing.T) {
	dir, s := t.TempDir(), source(t, "abc", 256, 100)
	p := newTest(t, Options{Dir: dir})
	m, err := p.Get(testContext(t), s, 1000)
	wantPhoto(t, m, err, 256, 100)
	p.Close()
	if got := fmt.Sprint(levelsIn(t, dir)); got != "[abc.i.128 abc.i.64]" {
		t.Errorf("stored: %s", got)
	}
}

func TestWishesAtTheSameTimeShareOneDecoding(t *testing.T) {
	p := newTest(t, Options{Dir: t.TempDir()})
	s := source(t, "abc", 1200, 900)
	for range maxFlights { // hold everybody back
		p.slots <- struct{}{}
	}
	var wg sync.WaitGroup
	got := make([]*image.RGBA, 12)
	started := make(chan struct{})
	for i := range got {
		wg.Go(func() {
			if i > 0 {
				<-started // the largest comes first
			}
			f, err := p.join(s, []int{512, 256, 64}[i%3], media.Normal)
			if i == 0 {
				close(started)
			}
			if err == nil {
				got[i], err = f.wait(testContext(t), []int{512, 256, 64}[i%3])
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	<-started
	for range maxFlights {
		<-p.slots
	}
	wg.Wait()
	for i, m := range got {
		if m == nil || m != got[i%3] {
			t.Errorf("wish %d was decoded on its own", i)
		}
	}
}

func TestDamagedLevelsAreMadeAgain(t *testing.T) {
	dir, s := t.TempDir(), source(t, "abc", 1200, 900)
	p := newTest(t, Options{Dir: dir})
	m, err := p.Get(testContext(t), s, 256)
	wantPhoto(t, m, err, 256, 192)
	p.Close()
	path := filepath.Join(dir, "ab", "abc.i.256")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, damage := range map[string][]byte{"cut": whole[:len(whole)/2], "empty": {}, "foreign": []byte("hello")} {
		if err := os.WriteFile(path, damage, 0o600); err != nil {
			t.Fatal(err)
		}
		p = newTest(t, Options{Dir: dir})
		m, err = p.Get(testContext(t), s, 256)
		wantPhoto(t, m, err, 256, 192)
		p.Close()
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, whole) {
			t.Errorf("%s: not made again: %v", what, err)
		}
	}
	// One picture's level under another's name shows nothing wrong.
	other := source(t, "abd", 900, 1200)
	if err := os.Rename(path, filepath.Join(dir, "ab", "abd.i.256")); err != nil {
		t.Fatal(err)
	}
	p = newTest(t, Options{Dir: dir})
	m, err = p.Get(testContext(t), other, 256)
	wantPhoto(t, m, err, 192, 256)
}

func TestWithoutAFolderEverythingWorks(t *testing.T) {
	s := source(t, "abc", 1200, 900)
	readOnly := t.TempDir()
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, []byte("a file where a folder should be"), 0o600); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		o  Options
		id string
	}{
		"no folder": {Options{}, "abc"}, "read-only": {Options{Dir: readOnly, ReadOnly: true}, "abc"},
		"blocked": {Options{Dir: blocked}, "abc"}, "an id with a path": {Options{Dir: readOnly}, "../abc"},
	} {
		p := newTest(t, c.o)
		s.ID = c.id
		for range 2 {
			m, err := p.Get(testContext(t), s, 128)
			wantPhoto(t, m, err, 128, 96)
		}
		p.Close()
		t.Log(what)
	}
	if left := levelsIn(t, readOnly); len(left) != 0 {
		t.Errorf("written: %v", left)
	}
}

func TestAFolderDeletedMeanwhileComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pictures")
	p := newTest(t, Options{Dir: dir})
	s := source(t, "abc", 300, 200)
	m, err := p.Get(testContext(t), s, 128)
	wantPhoto(t, m, err, 128, 85)
	waitFor(t, "the last level", func() bool { return !p.disk.wants(nameOf(s, 64)) })
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	m, err = p.Get(testContext(t), source(t, "xyz", 300, 200), 128)
	wantPhoto(t, m, err, 128, 85)
	p.Close()
	if got := fmt.Sprint(levelsIn(t, dir)); got != "[xyz.i.128 xyz.i.64]" {
		t.Errorf("stored: %s", got)
	}
}

func TestSeeThroughAndDrawnPicturesStayExact(t *testing.T) {
	glass := image.NewNRGBA(image.Rect(0, 0, 400, 400))
	for i := range glass.Pix {
		glass.Pix[i] = 100
	}
	var b bytes.Buffer
	if err := png.Encode(&b, glass); err != nil {
		t.Fatal(err)
	}
	svg := `<svg viewBox="0 0 40 20"><rect width="40" height="20" fill="#102030"/></svg>`
	for id, data := range map[string][]byte{"glass": b.Bytes(), "drawing": []byte(svg)} {
		dir, s := t.TempDir(), file(t, id, data)
		p := newTest(t, Options{Dir: dir})
		first, err := p.Get(testContext(t), s, 128)
		if err != nil {
			t.Fatal(err)
		}
		p.Close()
		p = newTest(t, Options{Dir: dir})
		if err := os.Remove(s.Path); err != nil {
			t.Fatal(err)
		}
		again, err := p.Get(testContext(t), s, 128)
		if err != nil || !alike(first.Pix, again.Pix) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// alike tells whether samples are the same but for the rounding of alpha.
func alike(a, b []byte) bool {
	for i := range a {
		if len(a) != len(b) || max(a[i], b[i])-min(a[i], b[i]) > 1 {
			return false
		}
	}
	return true
}

func TestErrorsAndTheEnd(t *testing.T) {
	p := newTest(t, Options{Dir: t.TempDir()})
	if _, err := p.Get(testContext(t), file(t, "text", []byte("hello")), 64); !errors.Is(err, media.ErrUnsupported) {
		t.Errorf("text: %v", err)
	}
	s := source(t, "abc", 300, 200)
	gone, cancel := context.WithCancel(testContext(t))
	cancel()
	if _, err := p.Get(gone, s, 64); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	p.Close()
	p.Close()
	if _, err := p.Get(testContext(t), source(t, "abd", 300, 200), 64); !errors.Is(err, media.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
	p.Prepare(s) // does nothing
}
