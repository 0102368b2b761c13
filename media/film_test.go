package media

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"corkboard/media/sound"
)

func sample(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return write(t, filepath.Base(name), b)
}

func TestProbeOfSounds(t *testing.T) {
	d := newDecoder(t, Options{})
	for _, c := range []struct {
		name, mime string
		least      int64 // ms
	}{
		{"tone.mp3", "audio/mpeg", 1950}, {"tone.flac", "audio/flac", 1950},
		{"tone.opus", "audio/ogg", 1950}, {"tone.ogg", "audio/ogg", 950},
	} {
		info, err := d.Probe(testContext(t), sample(t, "sound/testdata/"+c.name))
		if err != nil || info.MIME != c.mime || info.DurationMS < c.least || info.DurationMS > c.least+150 {
			t.Errorf("%s: %+v, %v", c.name, info, err)
		}
		if len(info.Bars) != sound.Bars || info.Bars[sound.Bars/2] < sound.Silent+10 {
			t.Errorf("%s: bars %q", c.name, info.Bars)
		}
	}
	if _, err := d.Probe(testContext(t), write(t, "x", []byte{1, 2, 3, 0, 255})); !errors.Is(err, ErrUnsupported) {
		t.Errorf("no sound at all: %v", err)
	}
}

func TestProbeAndPosterOfFilms(t *testing.T) {
	d := newDecoder(t, Options{})
	for name, poster := range map[string]bool{"film.mp4": false, "cover.mp4": true, "cover.mkv": true, "vp8.webm": true} {
		path := sample(t, "film/testdata/"+name)
		info, err := d.Probe(testContext(t), path)
		if err != nil || info.Width != 160 || info.Height != 120 || info.DurationMS < 1950 || info.DurationMS > 2050 || (info.Average.A > 0) != poster {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
		m, _, err := d.Image(testContext(t), path, Size{80, 80})
		switch {
		case !poster:
			if !errors.Is(err, ErrUnsupported) {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil || m.Rect.Dx() != 80 || m.Rect.Dy() != 60:
			t.Errorf("%s: its poster: %v", name, err)
		default:
			// The test picture has bars of colour: left and right differ.
			if a, b := m.RGBAAt(8, 30), m.RGBAAt(70, 30); near(a, b) {
				t.Errorf("%s: its poster is of one colour, %v", name, a)
			}
			if a := m.RGBAAt(3, 20); !near(a, black) { // its left bar
				t.Errorf("%s: black is %v", name, a)
			}
		}
	}
}
