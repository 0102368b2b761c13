package renderers

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"corkboard/cards"
	"corkboard/doc"
)

// fileDesk is a desk with files: pictures and pages made on the spot.
type fileDesk struct {
	*desk
	mu     sync.Mutex
	asked  []Picture
	fail   error
	frames []Frame
	sizes  []Point
	texts  [][]Word
	copied string
	handed []string
}

func newFileDesk(t *testing.T) *fileDesk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(daylight{theme.DefaultTheme()})
	d := &fileDesk{desk: newDesk()}
	d.Sentence = sentenceOf
	d.Copy = func(s string) { d.copied = s }
	d.OpenWith = func(v cards.File) { d.handed = append(d.handed, "open "+v.Title+"."+v.Extension) }
	d.SaveFile = func(title, blob, ext string) { d.handed = append(d.handed, "save "+title+"."+ext) }
	d.Env.Frames = func(context.Context, Picture) ([]Frame, error) { return d.frames, d.fail }
	d.PageSizes = func(context.Context, string) ([]Point, error) { return d.sizes, d.fail }
	d.PageText = func(_ context.Context, _ string, page int) (PageText, error) {
		return PageText{Words: d.texts[page]}, nil
	}
	d.Pictures = NewPictures(64<<20, func(_ context.Context, p Picture) (*image.RGBA, error) {
		d.mu.Lock()
		d.asked = append(d.asked, p)
		d.mu.Unlock()
		if d.fail != nil {
			return nil, d.fail
		}
		if p.PDF {
			return printed(p.W, p.W*141/100), nil
		}
		return scenery(p.W, p.W*2/3), nil
	})
	t.Cleanup(d.Pictures.Close)
	return d
}

// daylight is a theme that is always light, as the desk's palette is.
type daylight struct{ fyne.Theme }

func (d daylight) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return d.Theme.Color(n, theme.VariantLight)
}

// until runs posted closures until ok is true; bounded by the test's patience.
func (d *fileDesk) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	patience := time.After(20 * time.Second)
	for !ok() {
		select {
		case f := <-d.posts:
			f()
		case <-patience:
			t.Fatal("never came: " + what)
		}
	}
}

// wishes are the pictures that have been asked for.
func (d *fileDesk) wishes() []Picture {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Picture(nil), d.asked...)
}

// open shows a file in a window of 800×600.
func (d *fileDesk) open(t *testing.T, kind cards.Kind, v cards.File) (Full, fyne.Window, *deskHandle) {
	t.Helper()
	faces := map[cards.Kind]*Face{
		cards.KindImage: Erase(imageFace()), cards.KindPDF: Erase(pdfFace()), cards.KindFile: Erase(fileFace()),
	}
	h := newDeskHandle(t, doc.Erase(kind, cards.FileCodec{}), cards.NewFile(v))
	full := faces[kind].Full(d.Env, h)
	w := test.NewTempWindow(t, full.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(800, 600))
	t.Cleanup(full.Close)
	return full, w, h
}

// buttons finds the buttons below an object by their text.
func buttons(o fyne.CanvasObject) map[string]*Button {
	out := map[string]*Button{}
	for _, o := range test.LaidOutObjects(o) {
		if b, ok := o.(*Button); ok {
			out[b.Text] = b
		}
	}
	return out
}

func TestFileFull(t *testing.T) {
	d := newFileDesk(t)
	full, w, h := d.open(t, cards.KindFile, cards.File{Title: "Backup", Extension: "zip", MIME: "application/zip", Blob: someBlob, Size: 3_200_000})
	f := full.(*fileFull)
	if f.name.Text != "Backup.zip" || f.detail.Text != fileDetail(f.file) || f.icon.Image == nil {
		t.Errorf("%q %q", f.name.Text, f.detail.Text)
	}
	bs := buttons(full.Object())
	test.Tap(bs["Open with…"])
	test.Tap(bs["Save as…"])
	if len(d.handed) != 2 || d.handed[0] != "open Backup.zip" || d.handed[1] != "save Backup.zip" {
		t.Error(d.handed)
	}
	doCommand(h, cards.Rename{Title: "Old backup"})
	full.Show(h.Snapshot())
	if f.name.Text != "Old backup.zip" {
		t.Error(f.name.Text)
	}
	savePicture(t, "file_full", w)
}

// savePicture keeps a picture of the window among the test's artifacts
// (go test -artifacts), to be looked at.
func savePicture(t *testing.T, name string, w fyne.Window) {
	t.Helper()
	img := w.Canvas().Capture()
	if img.Bounds().Empty() {
		t.Error(name + ": nothing is drawn")
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(t.ArtifactDir(), name+".png"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
