package renderers

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// The flag may be defined by another file of tests; variables come before init.
func init() {
	if flag.Lookup("update") == nil {
		flag.Bool("update", false, "write golden files anew")
	}
}

// wantPicture compares a picture with testdata/name.png, pixel by pixel.
func wantPicture(t *testing.T, name string, got *image.RGBA) {
	t.Helper()
	file := filepath.Join("testdata", name+".png")
	if flag.Lookup("update").Value.String() == "true" {
		var b bytes.Buffer
		if err := png.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Bounds() {
		t.Fatalf("%s is %v, want %v", name, got.Bounds(), want.Bounds())
	}
	b := got.Bounds()
	wrong := 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r0, g0, b0, a0 := got.At(x, y).RGBA()
			r1, g1, b1, a1 := want.At(x, y).RGBA()
			// PNG stores straight alpha: half-transparent shadows lose a level.
			if off(r0, r1) || off(g0, g1) || off(b0, b1) || off(a0, a1) {
				wrong++
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%s differs in %d pixels; run with -update and look at it", name, wrong)
	}
}

func off(a, b uint32) bool { return max(a, b)-min(a, b) > 0x300 }
