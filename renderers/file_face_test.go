package renderers

import (
	"errors"
	"image"
	"image/color"
	"math"
	"testing"

	"corkboard/cards"
	"corkboard/internal/golden"
	"corkboard/renderers/paint"
)

const someBlob = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// scenery is a picture with a sky, a sun and a hill.
func scenery(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			c := color.RGBA{uint8(120 + 90*v), uint8(170 + 40*v), uint8(225 - 60*v), 255}
			if math.Hypot((u-0.72)*float64(w)/float64(h), v-0.28) < 0.11 {
				c = color.RGBA{255, 236, 170, 255}
			}
			if v > 0.68+0.12*math.Sin(u*5) {
				c = color.RGBA{uint8(70 + 40*u), uint8(120 - 20*u), 80, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// printed is a page with a heading and lines of grey.
func printed(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	fw, fh := float32(w), float32(h)
	paint.FillRect(img, paint.Rect{W: fw, H: fh}, color.RGBA{255, 255, 255, 255})
	paint.FillRect(img, paint.Rect{X: fw / 10, Y: fh / 12, W: fw / 2, H: fh / 30}, color.RGBA{40, 44, 50, 255})
	for i := range 24 {
		long := fw * 0.8
		if i%6 == 5 {
			long /= 2
		}
		paint.FillRect(img, paint.Rect{X: fw / 10, Y: fh * (0.16 + float32(i)*0.032), W: long, H: fh / 80}, color.RGBA{160, 164, 170, 255})
	}
	return img
}

var errTorn = errors.New("decode: unexpected end of data")

func sentenceOf(error) string { return "The file ends too early: a part of it is missing." }

// fileShot paints a card and compares it with its golden, light and dark.
func fileShot(t *testing.T, name string, f *Face, v cards.File, w, h, scale float32, pics func(Picture) (*image.RGBA, error)) {
	t.Helper()
	sh := newTestShaper()
	for _, dark := range []bool{false, true} {
		j := testJob(f, v, w, h, scale, dark)
		j.pics, j.words = pics, sentenceOf
		full := name + "_light"
		if dark {
			full = name + "_dark"
		}
		golden.Picture(t, full, j.paint(sh).img)
	}
}

func ready(img *image.RGBA) func(Picture) (*image.RGBA, error) {
	return func(Picture) (*image.RGBA, error) { return img, nil }
}

func broken(Picture) (*image.RGBA, error) { return nil, errTorn }

func photo() cards.File {
	return cards.File{
		Title: "Evening at the lake", Extension: "jpg", MIME: "image/jpeg", Blob: someBlob,
		Width: 1800, Height: 1200, Average: "#8fb4a5", Size: 2_400_000,
	}
}

func TestImageCardLooks(t *testing.T) {
	f := Erase(imageFace())
	v := photo()
	fileShot(t, "image_ready", f, v, 360, 240, 1, ready(scenery(512, 341)))
	fileShot(t, "image_waiting", f, v, 360, 240, 1, ready(nil))
	fileShot(t, "image_error", f, v, 360, 240, 1, broken)
	fileShot(t, "image_small", f, v, 360, 240, 0.25, ready(scenery(128, 85)))
	v.Caption = "The lake on the last evening, seen from the boat house; the others had gone home by then and the water was quite still."
	v.Animated = true
	fileShot(t, "image_caption", f, v, 360, 0, 2, ready(scenery(1024, 683)))
	fileShot(t, "image_contained", f, photo(), 240, 240, 1, ready(scenery(256, 171)))
}

func TestPDFCardLooks(t *testing.T) {
	f := Erase(pdfFace())
	v := cards.File{Title: "Annual report of the society for local history", Extension: "pdf", MIME: "application/pdf", Blob: someBlob, Width: 595, Height: 842, Pages: 12}
	fileShot(t, "pdf_ready", f, v, 300, 0, 1, ready(printed(512, 724)))
	fileShot(t, "pdf_waiting", f, v, 300, 0, 1, ready(nil))
	fileShot(t, "pdf_error", f, v, 300, 0, 1, broken)
	fileShot(t, "pdf_low", f, v, 200, 160, 2, ready(printed(512, 724)))
	fileShot(t, "pdf_high", f, v, 160, 420, 1, ready(printed(256, 362)))
}

func TestFileCardLooks(t *testing.T) {
	f := Erase(fileFace())
	v := cards.File{Title: "Backup of the whole archive from the old computer", Extension: "zip", MIME: "application/zip", Blob: someBlob, Size: 3_200_000}
	fileShot(t, "file_two_lines", f, v, 240, 0, 1, ready(nil))
	fileShot(t, "file_low", f, v, 240, 60, 2, ready(nil))
	v = cards.File{Title: "Interview", Extension: "mp3", MIME: "audio/mpeg", Blob: someBlob, Size: 48_100_000}
	fileShot(t, "file_short", f, v, 240, 80, 1, ready(nil))
}

func TestFileNaturalSizes(t *testing.T) {
	sh := newTestShaper()
	for _, c := range []struct {
		name        string
		f           *Face
		v           cards.File
		width, w, h float32
	}{
		{"flat picture", Erase(imageFace()), cards.File{Width: 1800, Height: 1200}, 0, 360, 240},
		{"given width", Erase(imageFace()), cards.File{Width: 1800, Height: 1200}, 600, 600, 400},
		{"tower", Erase(imageFace()), cards.File{Width: 100, Height: 1000}, 0, 72, 720},
		{"thread", Erase(imageFace()), cards.File{Width: 1, Height: 10000}, 300, 300, 900},
		{"unknown", Erase(imageFace()), cards.File{}, 0, 360, 240},
		{"A4", Erase(pdfFace()), cards.File{Width: 595, Height: 842}, 0, 300, 465},
		{"slides", Erase(pdfFace()), cards.File{Width: 1600, Height: 900}, 320, 320, 220},
		{"unknown page", Erase(pdfFace()), cards.File{}, 0, 300, 464},
		{"file", Erase(fileFace()), cards.File{Title: "a"}, 0, 240, 80},
	} {
		if w, h := c.f.Natural(sh, c.v, c.width); abs(w-c.w) > 0.5 || abs(h-c.h) > 0.5 {
			t.Errorf("%s: %v × %v, want %v × %v", c.name, w, h, c.w, c.h)
		}
	}
	v := cards.File{Width: 1800, Height: 1200, Caption: "A line"}
	if _, h := Erase(imageFace()).Natural(sh, v, 0); h <= 250 || h > 280 {
		t.Errorf("with a caption the card is %v high", h)
	}
}

func TestFileSummaries(t *testing.T) {
	zip := cards.File{Title: "Backup", Extension: "zip", MIME: "application/zip", Size: 3_200_000}
	s := Erase(fileFace()).Summary(zip)
	if s.Icon != paint.IconFolder || s.Title != "Backup" || s.Detail != "ZIP archive · "+cards.FormatSize(zip.Size) {
		t.Errorf("%+v", s)
	}
	if s := Erase(fileFace()).Summary(cards.File{}); s.Title != "Untitled file" || s.Detail != "File" || s.Icon != paint.IconFile {
		t.Errorf("%+v", s)
	}
	if s := Erase(pdfFace()).Summary(cards.File{Title: "Report", MIME: "application/pdf", Pages: 12}); s.Icon != paint.IconPDF || s.Detail != "PDF · 12 pages" {
		t.Errorf("%+v", s)
	}
	if s := Erase(imageFace()).Summary(photo()); s.Icon != paint.IconImage || s.Title != "Evening at the lake" {
		t.Errorf("%+v", s)
	}
	if n := fileName(zip); n != "Backup.zip" {
		t.Error(n)
	}
}

func TestImagePictureWishes(t *testing.T) {
	v := cards.File{Blob: someBlob, Width: 100, Height: 80}
	if p := imagePicture(v, 2000, 1600); p.W != 128 || p.H != 128 {
		t.Errorf("more pixels than there are: %+v", p)
	}
	v.MIME = "image/svg+xml"
	if p := imagePicture(v, 2000, 1600); p.W != 2048 || p.H != 2048 {
		t.Errorf("a drawing has pixels enough: %+v", p)
	}
	asked := 0
	j := testJob(Erase(imageFace()), cards.File{Width: 10, Height: 10}, 100, 100, 1, false)
	j.pics = func(Picture) (*image.RGBA, error) { asked++; return nil, nil }
	j.paint(newTestShaper())
	if asked != 0 {
		t.Error("asked for a file without content")
	}
}

func TestFileFacesBearStrangeSizes(t *testing.T) {
	sh := newTestShaper()
	for _, f := range []*Face{Erase(imageFace()), Erase(pdfFace()), Erase(fileFace())} {
		for _, size := range []Point{{1, 1}, {3, 400}, {400, 3}, {60, 60}} {
			for _, img := range []*image.RGBA{nil, image.NewRGBA(image.Rectangle{}), scenery(1, 1), scenery(2, 500)} {
				v := photo()
				v.Caption, v.Title = "A long caption that needs two lines at least", "\u202eTitle"
				j := testJob(f, v, size.X, size.Y, 1.3, true)
				j.pics = ready(img)
				face := *f
				face.paint = func(s *Sheet, v any) []Hot { // panics shall not be hidden here
					defer func() {
						if r := recover(); r != nil {
							t.Errorf("%s at %v: %v", f.Info.Label, size, r)
						}
					}()
					return f.paint(s, v)
				}
				j.face = &face
				j.paint(sh)
			}
		}
	}
}

func TestWhatIsSaidOfAFile(t *testing.T) {
	for want, f := range map[string]cards.File{
		"PDF · 12 pages · 3.2 MB":  {MIME: "application/pdf", Pages: 12, Extension: "pdf", Size: 3_200_000},
		"PDF · 1 page":             {MIME: "application/pdf", Pages: 1, Extension: "x"},
		"PNG · 640 × 480 · 1.5 kB": {MIME: "image/png", Extension: "png", Width: 640, Height: 480, Size: 1500},
		"ZIP · 7 bytes":            {MIME: "application/zip", Extension: "zip", Size: 7, Pages: 3},
		"":                         {},
	} {
		if got := mediaDetail(f); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
