package renderers

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// fileFull is a file without a picture of its own, filling the window. UI
// goroutine only.
type fileFull struct {
	env    *Env
	file   cards.File
	icon   *canvas.Image
	drawn  iconKey
	ground *canvas.Rectangle
	name   *widget.Label
	detail *widget.Label
	object fyne.CanvasObject
}

type iconKey struct {
	icon paint.Icon
	dark bool
}

// fileIconSide is the side of the icon in Fyne units.
const fileIconSide = 96

func newFileFull(env *Env, h doc.Handle) Full {
	f := &fileFull{env: env, icon: canvas.NewImageFromImage(nil), ground: canvas.NewRectangle(color.Transparent)}
	f.icon.FillMode, f.icon.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleFastest
	f.icon.SetMinSize(fyne.NewSize(fileIconSide, fileIconSide))
	f.name, f.detail = widget.NewLabel(""), widget.NewLabel("")
	f.name.SizeName, f.name.TextStyle.Bold = theme.SizeNameSubHeadingText, true
	for _, l := range []*widget.Label{f.name, f.detail} {
		l.Alignment, l.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	}
	column := container.NewVBox(
		container.NewCenter(f.icon), f.name, f.detail,
		container.NewCenter(fileButtons(env, func() cards.File { return f.file }, true)),
	)
	middle := container.New(&narrow{width: 480, laid: f.draw}, column)
	f.object = container.NewStack(f.ground, middle)
	f.Show(h.Snapshot())
	return f
}

// Object implements Full.
func (f *fileFull) Object() fyne.CanvasObject { return f.object }

// Show implements Full.
func (f *fileFull) Show(s doc.Snapshot[any]) {
	v, ok := s.Value.(cards.File)
	if !ok || s.State != doc.Ready {
		return
	}
	f.file = v
	f.name.SetText(fileName(v))
	f.detail.SetText(fileDetail(v))
	f.draw()
}

// draw follows the theme and the type.
func (f *fileFull) draw() {
	key := iconKey{fileIcon(f.file), f.env.Dark()}
	if f.icon.Image != nil && key == f.drawn {
		return
	}
	f.drawn = key
	pal := f.env.Palette()
	f.ground.FillColor = pal.BoardBg
	f.icon.Image = iconPicture(key.icon, 2*fileIconSide, pal)
	canvas.Refresh(f.ground)
	canvas.Refresh(f.icon)
}

// Close implements Full.
func (f *fileFull) Close() {}

// iconPicture draws a type's icon on a sheet of paper, side pixels high.
func iconPicture(icon paint.Icon, side int, pal paint.Palette) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	all := paint.Rect{W: float32(side), H: float32(side)}
	paint.FillRoundRect(img, all, all.W/8, pal.Paper)
	paint.StrokeRoundRect(img, all, all.W/8, 2, pal.PaperEdge)
	paint.DrawIcon(img, icon, centred(all, all.W/2), pal.InkMuted)
	return img
}

// narrow puts one object in the middle, at most width wide.
type narrow struct {
	width float32
	laid  func() // called with every layout
}

// Layout implements fyne.Layout.
func (n *narrow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		w := min(n.width, size.Width)
		o.Resize(fyne.NewSize(w, o.MinSize().Height))
		h := min(o.MinSize().Height, size.Height) // wrapped text knows its height only now
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos((size.Width-w)/2, (size.Height-h)/2))
	}
	n.laid()
}

// MinSize implements fyne.Layout.
func (n *narrow) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 200) }
