package media

import (
	"errors"
	"image"
	"os"
	"testing"
)

func writeLevel(t *testing.T, name string, m *image.RGBA, sharp bool) string {
	t.Helper()
	file, err := EncodeLevel(name, m, sharp)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "level", file)
}

func TestLevelsComeBack(t *testing.T) {
	d := newDecoder(t, Options{})
	glass := corners(64, 48)
	for i := 3; i < len(glass.Pix)/2; i += 4 {
		copy(glass.Pix[i-3:], []byte{0, 0, 0, 0})
	}
	for name, c := range map[string]struct {
		m     *image.RGBA
		sharp bool
	}{"photo": {corners(64, 48), false}, "page": {corners(64, 48), true}, "glass": {glass, false}} {
		m, err := d.Level(testContext(t), writeLevel(t, name, c.m, c.sharp), name, 64)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m.Rect != c.m.Rect {
			t.Errorf("%s: %v", name, m.Rect)
		}
		if name == "photo" {
			wantCorners(t, m, red, green, blue, white)
		} else if string(m.Pix) != string(c.m.Pix) {
			t.Errorf("%s is not exact", name)
		}
	}
}

func TestDamagedLevelsAreRefused(t *testing.T) {
	d := newDecoder(t, Options{})
	whole, err := EncodeLevel("name", corners(64, 48), false)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)/2] ^= 1
	for what, file := range map[string][]byte{
		"flipped": flipped, "cut": whole[:len(whole)-1], "head": whole[:10],
		"a picture": jpegOf(t, corners(8, 8)), "nothing": {}, "longer": append(whole[:len(whole):len(whole)], 0),
	} {
		if _, err := d.Level(testContext(t), write(t, "x", file), "name", 64); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", what, err)
		}
	}
	path := write(t, "x", whole)
	if _, err := d.Level(testContext(t), path, "other", 64); !errors.Is(err, ErrBroken) {
		t.Errorf("under another name: %v", err)
	}
	if _, err := d.Level(testContext(t), path, "name", 32); !errors.Is(err, ErrWorkerDied) {
		t.Errorf("larger than asked: %v", err)
	}
	if err := os.Truncate(path, MaxLevelBytes+1); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Level(testContext(t), path, "name", 64); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too long: %v", err)
	}
}

func TestReduced(t *testing.T) {
	m := corners(640, 480)
	small := Reduced(m, 64)
	if small.Rect != image.Rect(0, 0, 64, 48) {
		t.Errorf("%v", small.Rect)
	}
	wantCorners(t, small, red, green, blue, white)
	if Reduced(small, 64) != small {
		t.Error("what fits was copied")
	}
}
