package renderers

import (
	"context"
	"fmt"
	"image"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/golden"
	"corkboard/renderers/paint"
	"corkboard/share"
)

func comingAt(a Arriving) func(doc.ID, string) (Arriving, bool) {
	return func(doc.ID, string) (Arriving, bool) { return a, true }
}

func TestComingCardsLook(t *testing.T) {
	sh := newTestShaper()
	day := time.Date(2026, 3, 11, 14, 5, 0, 0, time.UTC)
	moving := Arriving{Done: 7_300_000, Total: 20_000_000, From: "Ada Lovelace", Since: day}
	waiting := Arriving{Total: 20_000_000, Since: day.AddDate(0, 0, -3)}
	pdf := cards.File{Title: "Annual report of the society for local history and its friends", Extension: "pdf", MIME: "application/pdf", Blob: someBlob, Width: 595, Height: 842, Pages: 12, Size: 20_000_000}
	zip := cards.File{Title: "Backup of the whole archive", Extension: "zip", MIME: "application/zip", Blob: someBlob, Size: 20_000_000}
	captioned := photo()
	captioned.Caption = "The lake on the last evening."
	for _, c := range []struct {
		name    string
		f       *Face
		v       cards.File
		a       Arriving
		w, h, z float32
	}{
		{"coming_image", Erase(imageFace()), photo(), moving, 360, 240, 1},
		{"coming_image_caption", Erase(imageFace()), captioned, waiting, 360, 0, 2},
		{"coming_image_low", Erase(imageFace()), photo(), waiting, 160, 60, 1},
		{"coming_pdf", Erase(pdfFace()), pdf, waiting, 300, 0, 1},
		{"coming_file", Erase(fileFace()), zip, moving, 360, 0, 1},
		{"coming_file_waits", Erase(fileFace()), zip, Arriving{Total: 20_000_000, Since: day}, 360, 0, 2},
	} {
		for _, dark := range []bool{false, true} {
			j := testJob(c.f, c.v, c.w, c.h, c.z, dark)
			j.today, j.comes = day.Format(time.DateOnly), comingAt(c.a)
			full := c.name + "_light"
			if dark {
				full = c.name + "_dark"
			}
			golden.Picture(t, full, j.paint(sh).img)
		}
	}
}

func TestWordsOfWhatIsComing(t *testing.T) {
	day := time.Date(2026, 3, 11, 14, 5, 0, 0, time.UTC)
	today := day.Format(time.DateOnly)
	v := cards.File{Size: 2000}
	for _, c := range []struct {
		a    Arriving
		want string
	}{
		{Arriving{Done: 1000, Total: 4000, From: "Ada"}, cards.FormatSize(1000) + " of " + cards.FormatSize(4000) + " · Coming from Ada"},
		{Arriving{Total: 4000}, cards.FormatSize(4000) + " · Waiting for somebody who has it"},
		{Arriving{Since: day}, cards.FormatSize(2000) + " · Waiting for somebody who has it since 14:05"},
		{Arriving{Since: day.AddDate(0, 0, -1)}, cards.FormatSize(2000) + " · Waiting for somebody who has it since 10 March"},
	} {
		if got := c.a.line(v, today); got != c.want {
			t.Errorf("%+v: %q, want %q", c.a, got, c.want)
		}
	}
	if got := (Arriving{From: "Ada"}).line(cards.File{}, today); got != "Coming from Ada" {
		t.Errorf("of unknown size: %q", got)
	}
	for _, c := range []struct {
		a    Arriving
		want float32
	}{{Arriving{}, 0}, {Arriving{Done: 5}, 0}, {Arriving{Done: 5, Total: 10}, .5}, {Arriving{Done: 15, Total: 10}, 1}, {Arriving{Done: -1, Total: 10}, 0}} {
		if got := c.a.part(); got != c.want {
			t.Errorf("%+v: %v", c.a, got)
		}
	}
}

// far is a file that others have.
type far struct {
	mu     sync.Mutex
	coming map[doc.ID]Arriving
	here   bool
	asked  atomic.Int64
}

func (f *far) arriving(id doc.ID) (Arriving, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := f.coming[id]
	return a, ok
}

func (f *far) set(a Arriving, coming, here bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.coming, testID(9))
	if f.here = here; coming {
		f.coming[testID(9)] = a
	}
}

func (f *far) fetch(_ context.Context, p Picture) (*image.RGBA, error) {
	f.asked.Add(1)
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.here {
		return nil, fmt.Errorf("nowhere: %w", ErrAbsent)
	}
	return scenery(p.W, p.W*2/3), nil
}

const photoCard = board.CardID("photo")

// pinFar pins a picture of a file that is not here.
func (x *table) pinFar() *far { return x.pinFarAs(cards.KindImage) }

func (x *table) pinFarAs(kind cards.Kind) *far {
	x.t.Helper()
	f := &far{coming: map[doc.ID]Arriving{}}
	x.desk.Env.Arriving = f.arriving
	x.desk.Env.Pictures.Close()
	x.desk.Env.Pictures = NewPictures(1<<20, f.fetch)
	x.create(testID(9), cards.NewFile(photo()))
	x.view.Live.Do(board.AddCards{Cards: []board.Pin{{ID: photoCard, Link: share.Link{Document: testID(9), Kind: kind}, At: board.Point{X: 500, Y: 300}, Size: board.Size{W: 240, H: 160}}}})
	return f
}

// shows reports whether a card shows a picture.
func (x *table) shows(c board.CardID) (picture bool) {
	p := x.view.pins[c]
	if p == nil || p.img == nil {
		return false
	}
	b := p.img.Bounds()
	sunk, paper := paint.Light().PaperSunk, paint.Light().Paper
	at := p.img.RGBAAt(b.Dx()*3/4, b.Dy()/3)
	return at != sunk && at != paper && at.A == 255
}

func TestAFileThatComesIsShownWithoutARestart(t *testing.T) {
	x := newTable(t)
	f := x.pinFar()
	x.until("the file is missed", func() bool { return f.asked.Load() > 0 })
	f.set(Arriving{Done: 1, Total: 10, From: "Ada"}, true, false)
	x.view.FilesMoved() // it has begun to come
	x.until("it is painted as coming", func() bool {
		x.view.coming.mu.Lock()
		defer x.view.coming.mu.Unlock()
		return x.view.coming.live
	})
	before := f.asked.Load()
	was := x.view.pins[photoCard].img
	f.set(Arriving{Done: 9, Total: 10, From: "Ada"}, true, false)
	x.until("the progress is painted with nobody waking it", func() bool { return x.view.pins[photoCard].img != was })
	if f.asked.Load() != before {
		t.Error("a picture of a file that is not here was asked for")
	}
	f.set(Arriving{}, false, true)
	x.until("the picture is there", func() bool { return x.shows(photoCard) })
	x.until("nothing waits any more", func() bool { return x.view.coming.timer == nil })
}

func TestACardThatShowsNoPictureAlsoSeesItsFileBegin(t *testing.T) {
	x := newTable(t)
	f := x.pinFarAs(cards.KindFile)
	x.until("the card is painted", func() bool { p := x.view.pins[photoCard]; return p != nil && p.img != nil })
	was := x.view.pins[photoCard].img
	f.set(Arriving{Total: 10}, true, false)
	x.view.FilesMoved()
	x.until("it says that its file is coming", func() bool {
		x.view.coming.mu.Lock()
		defer x.view.coming.mu.Unlock()
		return x.view.pins[photoCard].img != was && x.view.coming.live
	})
}

func TestAMissedFileIsNotAskedForUntilSomethingMoves(t *testing.T) {
	x := newTable(t)
	f := x.pinFar()
	x.until("the file is missed", func() bool { return f.asked.Load() > 0 })
	x.settle()
	x.view.Sync()
	x.settle()
	if n := f.asked.Load(); n != 1 {
		t.Errorf("asked for %d times", n)
	}
	f.set(Arriving{}, false, true)
	x.view.FilesMoved()
	x.until("the picture is there", func() bool { return x.shows(photoCard) })
}

func TestAFileThatComesIsShownInFull(t *testing.T) {
	d := newFileDesk(t)
	f := &far{coming: map[doc.ID]Arriving{}}
	d.Env.Arriving = f.arriving
	f.set(Arriving{Done: 2_000_000, Total: 4_000_000, From: "Ada"}, true, false)
	v := photo()
	h := newDeskHandle(t, doc.Erase(cards.KindImage, cards.FileCodec{}), cards.NewFile(v))
	full := OpenFull(d.Env, testID(9), Erase(imageFace()), h)
	t.Cleanup(full.Close)
	w := test.NewTempWindow(t, full.Object())
	w.Resize(fyne.NewSize(800, 600))
	c := full.(*comingFull)
	if c.inner != nil || c.bar.Value != 0.5 || c.words.Text != cards.FormatSize(2_000_000)+" of "+cards.FormatSize(4_000_000)+" · Coming from Ada" {
		t.Fatalf("it says %q at %v", c.words.Text, c.bar.Value)
	}
	f.set(Arriving{Done: 3_000_000, Total: 4_000_000, From: "Ada"}, true, false)
	d.until(t, "the progress", func() bool { return c.bar.Value == 0.75 })
	f.set(Arriving{}, false, true)
	d.until(t, "the picture", func() bool { return c.inner != nil && len(d.wishes()) > 0 })
	if _, ok := c.inner.(*imageFull); !ok || c.object.Objects[0] != c.inner.Object() {
		t.Error("the file is here and not shown")
	}
}
