package app

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"image"
	"image/jpeg"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/docstore"
)

// importOne imports a file onto Home.
func importOne(t *testing.T, a *App, path string) Imported {
	t.Helper()
	return a.Import(testContext(t), a.Home(), board.Point{}, []string{path}, nil)[0]
}

// kept says whether the bytes behind a card are those of a file.
func kept(t *testing.T, a *App, id board.CardID, want []byte) {
	t.Helper()
	r, err := a.Blobs().Open(blobs.ID(fileOn(t, a, a.Home(), id).Blob))
	must(t, err)
	defer r.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil || !bytes.Equal(b.Bytes(), want) {
		t.Errorf("%d of %d bytes were kept, %v", b.Len(), len(want), err)
	}
}

func truncatedJPEG(t *testing.T) []byte {
	m := image.NewGray(image.Rect(0, 0, 300, 300))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 7)
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, m, nil))
	return b.Bytes()[:200]
}

// hugeGIF is 34 bytes long and claims 65535 × 65535 pixels, more than 4 GB.
const hugeGIF = "GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x01L\x00;"

func TestBrokenFilesAreKeptAsTheyAre(t *testing.T) {
	if len(hugeGIF) != 34 {
		t.Fatalf("the GIF has %d bytes", len(hugeGIF))
	}
	a := openTest(t, t.TempDir())
	for _, f := range []struct {
		name string
		data []byte
		kind string
	}{
		{"broken.pdf", []byte("%PDF-1.7\nthis is not what it says"), cards.KindPDF},
		{"cut.jpg", truncatedJPEG(t), cards.KindImage},
		{"huge.gif", []byte(hugeGIF), cards.KindImage},
		{"zero.pdf", nil, cards.KindFile},
		{"zero.txt", nil, cards.KindFile},
		{"noise.png", []byte("\x89PNG\r\n\x1a\n....................."), cards.KindImage},
	} {
		t.Run(f.name, func(t *testing.T) {
			got := importOne(t, a, write(t, f.name, f.data))
			must(t, got.Err)
			if c := readTest(t, a, a.Home()).Card(got.Card); c.Link.Kind != f.kind {
				t.Errorf("it became a %s", c.Link.Kind)
			}
			kept(t, a, got.Card, f.data)
			if f.kind == cards.KindFile {
				return
			}
			file := fileOn(t, a, a.Home(), got.Card)
			if file.Width != 0 || file.Pages != 0 {
				t.Errorf("it claims %d px, %d pages", file.Width, file.Pages)
			}
			path, err := a.Blobs().Path(blobs.ID(file.Blob))
			must(t, err)
			if _, err := a.Media().Probe(testContext(t), path); !strings.Contains(Sentence(err), "kept as it is") {
				t.Errorf("the card says %q (%v)", Sentence(err), err)
			}
		})
	}
}

func TestWhatIsNoFileIsSaid(t *testing.T) {
	a := openTest(t, t.TempDir())
	dir := t.TempDir()
	folder := filepath.Join(dir, "Photos")
	must(t, os.Mkdir(folder, 0o700))
	inside := filepath.Join(folder, "a.txt")
	must(t, os.WriteFile(inside, []byte("a"), 0o600))
	dangling := filepath.Join(dir, "gone.txt")
	must(t, os.Symlink(filepath.Join(dir, "nowhere"), dangling))
	good := filepath.Join(dir, "good.txt")
	must(t, os.WriteFile(good, []byte("good"), 0o600))

	got := a.Import(testContext(t), a.Home(), board.Point{}, []string{folder, dangling, good}, nil)
	if s := Sentence(got[0].Err); s != "“Photos”: this is a folder. Add the files in it instead." {
		t.Errorf("the folder: %q", s)
	}
	if s := Sentence(got[1].Err); s != "“gone.txt”: there is no such file." {
		t.Errorf("the link: %q", s)
	}
	must(t, got[2].Err)
	if c := readTest(t, a, a.Home()).Card(got[2].Card); c == nil || c.At != (board.Point{}) {
		t.Errorf("the good one is %+v", c)
	}
	if n := len(readTest(t, a, a.Home()).Cards); n != 2 {
		t.Errorf("%d cards", n)
	}
	if _, err := os.Stat(inside); err != nil {
		t.Errorf("what was in the folder: %v", err)
	}
}

func TestUnreadableFileIsSaid(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("everything can be read here")
	}
	a := openTest(t, t.TempDir())
	path := write(t, "secret.bin", []byte("x"))
	must(t, os.Chmod(path, 0))
	if s := Sentence(importOne(t, a, path).Err); s != "“secret.bin”: you are not allowed to read or write this." {
		t.Errorf("got %q", s)
	}
}

func TestNameWithNewlinesIsCleaned(t *testing.T) {
	a := openTest(t, t.TempDir())
	got := importOne(t, a, write(t, "two\nlines\tand \u202egpj.exe", []byte{1, 2}))
	must(t, got.Err)
	f := fileOn(t, a, a.Home(), got.Card)
	if f.Title != "two lines and gpj" || f.Extension != "exe" {
		t.Errorf("it is called %q %q", f.Title, f.Extension)
	}
}

func TestBigFileIsStreamed(t *testing.T) {
	const big = 300 << 20
	a := openTest(t, t.TempDir())
	path := write(t, "film.mkv", nil)
	must(t, os.Truncate(path, big))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := importOne(t, a, path)
	runtime.ReadMemStats(&after)
	must(t, got.Err)
	if f := fileOn(t, a, a.Home(), got.Card); f.Size != big {
		t.Errorf("%d bytes were kept", f.Size)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 32<<20 {
		t.Errorf("%d MB were allocated on the way", used>>20)
	}
}

func TestCancelledImportLeavesNothingHalf(t *testing.T) {
	a := openTest(t, t.TempDir())
	ctx, cancel := context.WithCancel(testContext(t))
	defer cancel()
	paths := []string{write(t, "a.bin", make([]byte, 4<<20)), write(t, "b.bin", []byte{0})}
	got := a.Import(ctx, a.Home(), board.Point{}, paths, func(Progress) { cancel() })
	for _, r := range got {
		if !errors.Is(r.Err, context.Canceled) || Sentence(r.Err) != "" {
			t.Errorf("%s: %v: %q", r.Path, r.Err, Sentence(r.Err))
		}
	}
	if n := len(readTest(t, a, a.Home()).Cards); n != 1 {
		t.Errorf("%d cards", n)
	}
}

func TestFullDiskIsSaidAndNothingIsLost(t *testing.T) {
	pages := new(atomic.Int64)
	dir := t.TempDir()
	a := openWith(t, Options{Profile: dir, Log: slog.New(slog.DiscardHandler), pages: pages})
	from, into := newBoard(t, a, "from"), newBoard(t, a, "into")
	id := newText(t, a, from, board.Point{}, "precious")
	must(t, a.Flush(testContext(t)))
	closeTest(t, a)

	pages.Store(1) // SQLite rounds it up to what is there
	a = openWith(t, Options{Profile: dir, pages: pages})
	noise := make([]byte, 100_000)
	rand.NewChaCha8([32]byte{}).Read(noise)
	newText(t, a, from, board.Point{}, hex.EncodeToString(noise))
	err := a.MoveInto(from, []board.CardID{id}, into)
	if !errors.Is(err, docstore.ErrNotSaved) || !strings.Contains(Sentence(err), "disk is full") {
		t.Errorf("got %v: %q", err, Sentence(err))
	}
	if readTest(t, a, from).Card(id) == nil {
		t.Error("the card left the board although the other one is not saved")
	}
	if s := a.SaveState(); !s.Failed || s.Err == nil || !strings.HasPrefix(s.Words, "NOT SAVED") {
		t.Errorf("the state is %+v", s)
	}
	if err := a.Flush(testContext(t)); !strings.Contains(Sentence(err), "not saved") {
		t.Errorf("flush says %q (%v)", Sentence(err), err)
	}
	pages.Store(0)
	a.Retry()
	must(t, a.Flush(testContext(t)))
	if s := a.SaveState(); s.Failed || s.Words != "Saved on this device" {
		t.Errorf("the state is %+v", s)
	}
}
