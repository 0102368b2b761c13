package renderers

import (
	"context"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/cards"
	"corkboard/doc"
)

// imageFull is a picture filling the window. UI goroutine only.
type imageFull struct {
	env     *Env
	handle  doc.Handle
	file    cards.File
	stage   *imageStage
	bar     *fileBar
	percent *Button // the zoom; fits when pressed
	caption *captionEditor
	object  fyne.CanvasObject

	frames *Frames
	ctx    context.Context
	cancel context.CancelFunc
	play   imagePlay
	asked  Picture // the picture that was last asked for
	shown  int     // pixels of the picture on the stage
}

func newImageFull(env *Env, h doc.Handle) Full {
	f := &imageFull{env: env, handle: h, frames: NewFrames(env.Post, env.Now)}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	f.stage = newImageStage(env, f.moved)
	f.play = imagePlay{after: alarmOf(env), visible: func() bool { return onScreen(f.stage) }, show: f.stage.show}
	f.caption = newCaptionEditor(env, h)
	f.percent = newLowButton("100 %", nil, func() { f.stage.do((*imageZoom).fit) })
	f.bar = newFileBar(env, f.percent)
	foot := container.NewVBox(container.NewPadded(f.caption.entry), f.bar.object)
	f.object = container.NewBorder(nil, foot, nil, nil, f.stage)
	f.Show(h.Snapshot())
	return f
}

// Object implements Full.
func (f *imageFull) Object() fyne.CanvasObject { return f.object }

// Show implements Full.
func (f *imageFull) Show(s doc.Snapshot[any]) {
	v, ok := s.Value.(cards.File)
	if !ok || s.State != doc.Ready {
		return
	}
	was := f.file
	f.file = v
	f.bar.show(v)
	f.caption.follow()
	if v.Width > 0 && v.Height > 0 && (v.Width != was.Width || v.Height != was.Height) {
		f.measure(float32(v.Width), float32(v.Height))
	}
	if average, ok := colourOf(v.Average); ok {
		f.stage.blank.FillColor = average
	} else {
		f.stage.blank.FillColor = f.env.Palette().PaperSunk
	}
	f.stage.zoom.Vector = v.MIME == "image/svg+xml"
	if v.Blob != was.Blob {
		f.asked, f.shown = Picture{}, 0
		f.play.close()
	}
	f.moved()
	if v.Animated && !f.env.Still && v.Blob != "" && (v.Blob != was.Blob || !was.Animated) {
		f.loadFrames(f.ctx, f.framesWanted())
	}
}

// measure takes the picture's size in pixels.
func (f *imageFull) measure(w, h float32) {
	f.stage.zoom.W, f.stage.zoom.H = w, h
	if f.stage.zoom.Fitted {
		f.stage.zoom.fit()
	}
	f.stage.place()
}

// framesWanted is the size in which an animation is decoded: its own, within
// what a window needs.
func (f *imageFull) framesWanted() Picture {
	const most = 1024
	p := imagePicture(f.file, most, most)
	return Picture{Blob: p.Blob, W: min(p.W, most), H: min(p.H, most)}
}

// moved follows the zoom: the percentage, and a sharper picture if need be.
func (f *imageFull) moved() {
	if f.percent != nil {
		if text := strconv.Itoa(int(math.Round(float64(f.stage.zoom.Zoom*100)))) + " %"; f.percent.Text != text {
			f.percent.SetText(text)
		}
	}
	f.ask()
}

// ask wishes for a picture with enough pixels; what is there stays meanwhile.
func (f *imageFull) ask() {
	z := &f.stage.zoom
	w, h := z.W*z.Zoom, z.H*z.Zoom
	if f.file.Width <= 0 || f.file.Height <= 0 {
		w, h = z.ViewW*z.Scale, z.ViewH*z.Scale
	}
	if f.file.Blob == "" || z.ViewW <= 0 || w <= 0 || h <= 0 || len(f.play.frames) > 0 {
		return
	}
	p := imagePicture(f.file, w, h)
	if p == f.asked || p.W*p.H <= f.shown {
		return
	}
	f.asked = p
	f.take(p)
}

// take shows the picture if it is at hand, and otherwise when it has come.
func (f *imageFull) take(p Picture) {
	img, err := f.env.Pictures.Get(p, func() {
		f.frames.Add(func() {
			if f.asked == p {
				f.take(p)
			}
		})
	})
	switch {
	case err != nil:
		f.stage.fail(f.env.Sentence(err))
	case img != nil && len(f.play.frames) == 0:
		f.shown = p.W * p.H
		if f.stage.zoom.W <= 0 || f.stage.zoom.H <= 0 {
			f.measure(float32(img.Rect.Dx()), float32(img.Rect.Dy()))
		}
		f.stage.show(img)
	}
}

// Close implements Full.
func (f *imageFull) Close() {
	f.cancel()
	f.play.close()
	f.caption.close()
	f.frames.Close()
}
