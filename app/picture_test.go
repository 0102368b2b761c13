package app

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"corkboard/identity/portrait"
)

func TestAPictureOfAPersonComesToOthers(t *testing.T) {
	a, b := openTogether(t, t.TempDir()), openTogether(t, t.TempDir())
	ctx := testContext(t)
	must(t, a.SetProfile(ctx, "Ada", [3]byte{1, 2, 3}))
	path := filepath.Join(t.TempDir(), "face.png")
	writeFace(t, path)
	picture, err := a.PictureFrom(ctx, path)
	must(t, err)
	must(t, a.SetPicture(ctx, picture))
	must(t, a.SetProfile(ctx, "Ada L.", [3]byte{1, 2, 3}))
	if me := a.Me(); me.Picture != picture || me.Name != "Ada L." {
		t.Errorf("another name takes the picture away: %q, %d bytes", me.Name, len(me.Picture))
	}
	m := portrait.Image(picture)
	if r, _, blue, _ := m.At(32, 32).RGBA(); r>>8 < 0xe0 || blue>>8 > 0x20 {
		t.Errorf("its middle is %v", m.At(32, 32))
	}
	id, link := sharedWithLink(t, a, "Garden")
	_, err = b.Join(ctx, link)
	must(t, err)
	eventually(t, b, "the picture", func() bool { return ofOther(b, id).Picture == picture })
	must(t, a.SetPicture(ctx, ""))
	eventually(t, b, "that it is gone", func() bool { m := ofOther(b, id); return m.Name == "Ada L." && m.Picture == "" })
	if _, err := a.PictureFrom(ctx, filepath.Join(t.TempDir(), "none.png")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// writeFace writes a picture that is red in the middle and blue at both sides.
func writeFace(t *testing.T, path string) {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 400, 100))
	for y := range 100 {
		for x := range 400 {
			c := color.RGBA{0, 0, 0xff, 0xff}
			if x >= 150 && x < 250 {
				c = color.RGBA{0xff, 0, 0, 0xff}
			}
			m.Set(x, y, c)
		}
	}
	f, err := os.Create(path)
	must(t, err)
	must(t, png.Encode(f, m))
	must(t, f.Close())
}
