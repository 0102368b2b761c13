// Package golden compares what tests paint with pictures that people have looked at.
package golden

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write golden pictures anew")

// Picture compares a picture with testdata/name.png, pixel by pixel, as it is after
// being written: PNG has straight alpha, in which soft shadows lose a level. With
// -update it is written.
func Picture(t testing.TB, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	var b bytes.Buffer
	if err := png.Encode(&b, got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(path, b.Bytes(), 0o644)); err != nil {
			t.Fatal(err)
		}
		return
	}
	stored, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("%s is missing: run make golden and look at it", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	have, want := decode(t, b.Bytes()), decode(t, stored)
	if have.Bounds() != want.Bounds() {
		t.Errorf("%s is %v now, and was %v", path, have.Bounds(), want.Bounds())
		return
	}
	wrong, first := 0, image.Point{}
	for y := have.Bounds().Min.Y; y < have.Bounds().Max.Y; y++ {
		for x := have.Bounds().Min.X; x < have.Bounds().Max.X; x++ {
			if color.NRGBAModel.Convert(have.At(x, y)) != color.NRGBAModel.Convert(want.At(x, y)) {
				if wrong++; wrong == 1 {
					first = image.Pt(x, y)
				}
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%s is painted differently now: %d pixels, the first at %v; run make golden and look at it", path, wrong, first)
	}
}

func decode(t testing.TB, b []byte) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return m
}
