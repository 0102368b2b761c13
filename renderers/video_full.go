package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// videoFull is a film filling the window: its poster or the drawing of a film, what is
// known of it, and the way to the program that plays it. UI goroutine only.
type videoFull struct {
	env    *Env
	file   cards.File
	frames *Frames
	ground *canvas.Rectangle
	poster *canvas.Image
	room   fyne.Size // around it
	asked  Picture
	drawn  iconKey // what stands in for the poster
	bar    *fileBar
	cap    *captionEditor
	play   *Button
	object fyne.CanvasObject
}

// posterSide is the pixels of a poster that is asked for: films have no more as a rule.
const posterSide = 1024

func newVideoFull(env *Env, h doc.Handle) Full {
	f := &videoFull{env: env, frames: NewFrames(env.Post, env.Now), ground: canvas.NewRectangle(color.Transparent), poster: newPicture(nil)}
	f.play = NewButton(lang.T("Play in another program"), theme.MediaPlayIcon(), func() { handOut(env, h) })
	f.play.Importance = widget.HighImportance
	f.bar, f.cap = newFileBar(env), newCaptionEditor(env, h)
	foot := container.NewVBox(container.NewPadded(container.NewCenter(f.play)), container.NewPadded(f.cap.entry), f.bar.object)
	middle := container.NewStack(f.ground, container.NewPadded(container.New(layoutFunc(f.lay), f.poster)))
	f.object = container.NewBorder(nil, foot, nil, nil, middle)
	f.Show(h.Snapshot())
	return f
}

// Object implements Full.
func (f *videoFull) Object() fyne.CanvasObject { return f.object }

// Show implements Full.
func (f *videoFull) Show(s doc.Snapshot[any]) {
	v, ok := s.Value.(cards.File)
	if !ok || s.State != doc.Ready {
		return
	}
	f.file = v
	f.bar.show(v)
	f.cap.follow()
	able(f.play, v.Blob != "")
	f.draw()
}

// FilesMoved says that the film may have come.
func (f *videoFull) FilesMoved() {
	f.asked = Picture{}
	f.draw()
}

// lay gives a poster all the room, and what stands for one as much as an icon has.
func (f *videoFull) lay(size fyne.Size) {
	f.draw() // the theme may be another one
	f.room = size
	all := paint.Rect{W: size.Width, H: size.Height}
	at := centred(all, fileIconSide)
	if f.drawn == (iconKey{}) && f.poster.Image != nil {
		b := f.poster.Image.Bounds()
		at = contain(all, float32(b.Dx()), float32(b.Dy()))
	}
	f.poster.Move(fyne.NewPos(at.X, at.Y))
	setImageSize(f.poster, fyne.NewSize(at.W, at.H))
}

// draw shows the poster, or what stands in for it.
func (f *videoFull) draw() {
	pal := f.env.Palette()
	if f.ground.FillColor != pal.BoardBg {
		f.ground.FillColor = pal.BoardBg
		canvas.Refresh(f.ground)
	}
	if p := (Picture{Blob: f.file.Blob, W: posterSide, H: posterSide}); hasPoster(f.file) {
		if p != f.asked {
			f.asked = p
			f.take(p)
		}
		if f.poster.Image != nil && f.drawn == (iconKey{}) {
			return
		}
	}
	if key := (iconKey{paint.IconFilm, pal.IsDark}); f.poster.Image == nil || f.drawn != (iconKey{}) && f.drawn != key {
		f.drawn = key
		f.poster.Image = iconPicture(key.icon, 2*fileIconSide, pal)
		canvas.Refresh(f.poster)
	}
}

// take shows the poster when it has come.
func (f *videoFull) take(p Picture) {
	img, err := f.env.Pictures.Get(p, func() {
		f.frames.Add(func() {
			if f.asked == p {
				f.take(p)
			}
		})
	})
	if err != nil || img == nil {
		return
	}
	f.drawn, f.poster.Image = iconKey{}, img
	canvas.Refresh(f.poster)
	f.lay(f.room)
}

// Close implements Full.
func (f *videoFull) Close() {
	f.cap.close()
	f.frames.Close()
}
