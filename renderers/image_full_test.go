package renderers

import (
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"corkboard/cards"
	"corkboard/doc"
)

func TestImageFullFitsAndZooms(t *testing.T) {
	d := newFileDesk(t)
	full, w, _ := d.open(t, cards.KindImage, photo())
	f := full.(*imageFull)
	if f.stage.im.Image != nil || !f.stage.blank.Visible() || f.stage.blank.Size().Width < 400 {
		t.Error("before it is there the picture has its place and its colour")
	}
	place := f.stage.blank.Size()
	d.until(t, "picture", func() bool { return f.stage.im.Image != nil })
	if f.stage.im.Size() != place {
		t.Errorf("the picture jumped from %v to %v", place, f.stage.im.Size())
	}
	has := func(w int) func() bool {
		return func() bool { return f.asked.W == w && f.shown == w*f.asked.H }
	}
	d.until(t, "picture for this window", has(1024))
	savePicture(t, "image_full", w)

	at := fyne.NewPos(f.stage.Size().Width/2, f.stage.Size().Height/2)
	before := f.stage.zoom.Zoom
	f.stage.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: at}, Scrolled: fyne.NewDelta(0, 10)})
	if f.stage.zoom.Zoom <= before {
		t.Error("the wheel does not zoom")
	}
	f.stage.TypedRune('1')
	if f.stage.zoom.Zoom != 1 || f.percent.Text != "100 %" {
		t.Error(f.stage.zoom.Zoom, f.percent.Text)
	}
	d.until(t, "sharper picture", has(2048))
	x := f.stage.zoom.X
	f.stage.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-30, 0)})
	if f.stage.zoom.X != x-30 {
		t.Error("dragging does not pan")
	}
	f.stage.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if f.stage.zoom.X >= x-30 {
		t.Error("arrows do not pan")
	}
	f.stage.TypedRune('0')
	if !f.stage.zoom.Fitted {
		t.Error("0 does not fit")
	}
	f.stage.DoubleTapped(&fyne.PointEvent{Position: at})
	if f.stage.zoom.Zoom != 1 {
		t.Error("double-click does not go to 100 %")
	}
	n := len(d.wishes())
	f.stage.TypedRune('0')
	f.stage.TypedRune('-')
	if len(d.wishes()) != n {
		t.Error("a smaller picture was decoded although a larger one is there")
	}
}

func TestImageFullSaysWhy(t *testing.T) {
	d := newFileDesk(t)
	d.fail = errTorn
	full, _, _ := d.open(t, cards.KindImage, photo())
	f := full.(*imageFull)
	d.until(t, "sentence", func() bool { return f.stage.words.Text != "" })
	if f.stage.words.Text != sentenceOf(nil) {
		t.Error(f.stage.words.Text)
	}
}

func TestImageFullPlays(t *testing.T) {
	d := newFileDesk(t)
	d.frames = []Frame{{image.NewRGBA(image.Rect(0, 0, 9, 6)), time.Hour}, {image.NewRGBA(image.Rect(0, 0, 9, 6)), time.Hour}}
	v := photo()
	v.Animated = true
	full, _, _ := d.open(t, cards.KindImage, v)
	f := full.(*imageFull)
	d.until(t, "first frame", func() bool { return f.stage.im.Image == d.frames[0].Image })
	if f.play.step(); f.stage.im.Image != d.frames[1].Image {
		t.Error("the second frame does not follow")
	}
	full.Close()
	if f.play.stop != nil || f.play.frames != nil {
		t.Error("it plays on after Close")
	}
}

func TestCaptionReachesTheDocument(t *testing.T) {
	d := newFileDesk(t)
	full, w, h := d.open(t, cards.KindImage, photo())
	f := full.(*imageFull)
	caption := func() string { return h.Snapshot().Value.(cards.File).Caption }
	w.Canvas().Focus(f.caption.entry)
	test.Type(f.caption.entry, "By the lake")
	if caption() == "By the lake" {
		t.Error("every letter is a change of its own")
	}
	w.Canvas().Unfocus()
	if caption() != "By the lake" {
		t.Errorf("leaving the field did not keep %q: %q", f.caption.entry.Text, caption())
	}
	d.settle(f.caption.flights)

	old := "Our evening,\n\n" + strings.Repeat("which was long, ", 20) + "by the old lake"
	f.caption.entry.CursorColumn = len("By the") // where the person goes on
	h.foreign(t, mustPlan(t, h, cards.SetCaption{Was: "By the lake", Now: old})...)
	full.Show(h.Snapshot())
	if f.caption.entry.Text != old {
		t.Errorf("another person's change does not show: %q", f.caption.entry.Text)
	}
	w.Canvas().Focus(f.caption.entry)
	test.Type(f.caption.entry, "!")
	full.Close()
	if want := strings.Replace(old, "by the", "by the!", 1); caption() != want {
		t.Errorf("the document says %q, want %q", caption(), want)
	}
}

func mustPlan(t *testing.T, h *deskHandle, c doc.Command[cards.File]) []doc.Edit {
	t.Helper()
	p, err := c.Plan(h.Snapshot().Value.(cards.File))
	if err != nil {
		t.Fatal(err)
	}
	return p.Edits
}
