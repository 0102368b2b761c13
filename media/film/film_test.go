package film

import (
	"bytes"
	"errors"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/image/vp8"

	"corkboard/internal/lean"
)

// The files in testdata are two seconds of FFmpeg's test picture, 160×120.

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestContainersTellWhatTheyHold(t *testing.T) {
	for _, c := range []struct {
		name         string
		cover, frame bool
	}{{"film.mp4", false, false}, {"cover.mp4", true, false}, {"cover.mkv", true, false}, {"vp8.webm", false, true}} {
		f, err := Read(file(t, c.name))
		if err != nil || f.Width != 160 || f.Height != 120 || math.Abs(float64(f.Duration-2*time.Second)) > float64(50*time.Millisecond) {
			t.Errorf("%s: %d×%d, %v, %v", c.name, f.Width, f.Height, f.Duration, err)
		}
		if (f.Cover != nil) != c.cover || (f.Frame != nil) != c.frame {
			t.Errorf("%s: a cover of %d bytes, a frame of %d", c.name, len(f.Cover), len(f.Frame))
		}
		if _, err := jpeg.DecodeConfig(bytes.NewReader(f.Cover)); c.cover && err != nil {
			t.Errorf("%s: its cover: %v", c.name, err)
		}
		if c.frame {
			d := vp8.NewDecoder()
			d.Init(bytes.NewReader(f.Frame), len(f.Frame))
			if h, err := d.DecodeFrameHeader(); err != nil || h.Width != 160 || h.Height != 120 || !h.KeyFrame {
				t.Errorf("%s: its first frame: %+v, %v", c.name, h, err)
			}
		}
	}
}

func TestWhatIsNoFilm(t *testing.T) {
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"empty": {nil, ErrUnsupported}, "text": {[]byte("hello, this is a text"), ErrUnsupported},
		"cut mp4": {file(t, "film.mp4")[:24], ErrBroken}, "cut webm": {file(t, "vp8.webm")[:40], ErrBroken},
	} {
		if _, err := Read(c.b); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"film.mp4", "cover.mkv", "vp8.webm"} {
		f.Add(file(f, name))
	}
	f.Fuzz(lean.One(func(t *testing.T, b []byte) {
		film, err := Read(b)
		if err == nil && (film.Duration < 0 || film.Width < 0 || film.Height < 0 || len(film.Cover)+len(film.Frame) > 2*len(b)) {
			t.Fatalf("%+v", film)
		}
	}))
}
