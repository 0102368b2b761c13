package app

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"corkboard/blobs"
	"corkboard/media/pyramid"
)

func TestReducedPicturesAreACache(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir)
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 900, 600))))
	got := importOne(t, a, write(t, "photo.png", b.Bytes()))
	must(t, got.Err)
	f := fileOn(t, a, a.Home(), got.Card)
	if f.Width != 900 || f.Height != 600 || f.Average != "#000000" {
		t.Errorf("the file is %+v", f)
	}
	closeTest(t, a) // and with it what is made in the background
	folder := filepath.Join(dir, pictureFolder)
	for _, level := range []string{"64", "128", "256", "512"} {
		if _, err := os.Stat(filepath.Join(folder, f.Blob[:2], f.Blob+".i."+level)); err != nil {
			t.Errorf("level %s: %v", level, err)
		}
	}
	must(t, os.RemoveAll(folder))

	a = openTest(t, dir)
	path, err := a.Blobs().Path(blobs.ID(f.Blob))
	must(t, err)
	m, err := a.Pictures().Get(testContext(t), pyramid.Source{ID: f.Blob, Path: path}, 256)
	if err != nil || m.Rect.Dx() != 256 {
		t.Errorf("without the folder: %v", err)
	}
}
