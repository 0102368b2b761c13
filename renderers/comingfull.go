package renderers

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/doc"
)

// comingFull fills the window with what is known of a file until all of it is
// here, and then with the file. UI goroutine only.
type comingFull struct {
	env    *Env
	id     doc.ID
	face   *Face
	handle doc.Handle
	inner  Full // nil while the file is coming

	object *fyne.Container
	page   *fyne.Container
	ground *canvas.Rectangle
	icon   *canvas.Image
	drawn  iconKey
	name   *widget.Label
	words  *widget.Label
	bar    *widget.ProgressBar
	timer  *time.Timer
	closed bool
}

func newComingFull(env *Env, id doc.ID, face *Face, h doc.Handle) Full {
	f := &comingFull{env: env, id: id, face: face, handle: h, object: container.NewStack()}
	f.look()
	return f
}

// Object implements Full.
func (f *comingFull) Object() fyne.CanvasObject { return f.object }

// Show implements Full.
func (f *comingFull) Show(s doc.Snapshot[any]) {
	f.look()
	if f.inner != nil {
		f.inner.Show(s)
	}
}

// FilesMoved says that the file may have come, or begun to.
func (f *comingFull) FilesMoved() {
	f.look()
	if inner, ok := f.inner.(interface{ FilesMoved() }); ok {
		inner.FilesMoved()
	}
}

// SoundMoved implements SoundFollower.
func (f *comingFull) SoundMoved() {
	if inner, ok := f.inner.(SoundFollower); ok {
		inner.SoundMoved()
	}
}

// look shows what is so now, and comes back while the file does.
func (f *comingFull) look() {
	if f.closed {
		return
	}
	v, isFile := f.handle.Snapshot().Value.(cards.File)
	a, coming := Arriving{}, false
	if isFile {
		a, coming = f.env.Arriving(f.id)
	}
	if !coming {
		f.open(v.Blob)
		return
	}
	if f.inner != nil {
		f.inner.Close()
		f.inner = nil
	}
	f.draw(v, a)
	if f.timer != nil {
		f.timer.Stop()
	}
	f.timer = time.AfterFunc(comingPace, func() { f.env.Post(f.look) })
}

// open shows the file itself.
func (f *comingFull) open(blob string) {
	if f.inner != nil {
		return
	}
	if f.page != nil { // it was missed until now
		f.env.Pictures.Forget(blob)
	}
	f.inner = f.face.Full(f.env, f.handle)
	f.inner.Show(f.handle.Snapshot())
	f.object.Objects = []fyne.CanvasObject{f.inner.Object()}
	f.object.Refresh()
}

// draw says what is known of the file.
func (f *comingFull) draw(v cards.File, a Arriving) {
	if f.page == nil {
		f.build()
	}
	if len(f.object.Objects) == 0 || f.object.Objects[0] != f.page {
		f.object.Objects = []fyne.CanvasObject{f.page}
		f.object.Refresh()
	}
	if name := fileName(v); f.name.Text != name {
		f.name.SetText(name)
	}
	if words := a.line(v, f.env.Now().Format(time.DateOnly)); f.words.Text != words {
		f.words.SetText(words)
	}
	if part := float64(a.part()); f.bar.Value != part {
		f.bar.SetValue(part)
	}
	if key := (iconKey{iconOfComing(v), f.env.Dark()}); f.icon.Image == nil || key != f.drawn {
		f.drawn = key
		pal := f.env.Palette()
		f.ground.FillColor = pal.BoardBg
		f.icon.Image = iconPicture(key.icon, 2*fileIconSide, pal)
		canvas.Refresh(f.ground)
		canvas.Refresh(f.icon)
	}
}

func (f *comingFull) build() {
	f.ground = canvas.NewRectangle(color.Transparent)
	f.icon = canvas.NewImageFromImage(nil)
	f.icon.FillMode, f.icon.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleFastest
	f.icon.SetMinSize(fyne.NewSquareSize(fileIconSide))
	f.name, f.words = widget.NewLabel(""), widget.NewLabel("")
	f.name.SizeName, f.name.TextStyle.Bold = theme.SizeNameSubHeadingText, true
	for _, l := range []*widget.Label{f.name, f.words} {
		l.Alignment, l.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	}
	f.bar = widget.NewProgressBar()
	column := container.NewVBox(container.NewCenter(f.icon), f.name, f.bar, f.words)
	f.page = container.NewStack(f.ground, container.New(&narrow{width: 480, laid: func() {}}, column))
}

// Close implements Full.
func (f *comingFull) Close() {
	f.closed = true
	if f.timer != nil {
		f.timer.Stop()
	}
	if f.inner != nil {
		f.inner.Close()
	}
}
