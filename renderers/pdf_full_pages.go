package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"image/color"
)

// pdfPages shows the pages that are in view, what is selected on them and
// what was found. UI goroutine only.
type pdfPages struct {
	widget.BaseWidget
	env     *Env
	blob    string
	view    pdfView
	fitted  bool    // the zoom follows the width
	most    float32 // the zoom that this stops at
	frames  *Frames
	texts   *pdfTexts
	find    *pdfFind
	marked  wordRange // the selection
	sheets  map[int]*pdfSheet
	rects   []*canvas.Rectangle // for highlights, used again and again
	ground  *canvas.Rectangle
	thumb   *canvas.Rectangle
	objects []fyne.CanvasObject
	hold    pdfHold
	eager   eager
	moved   func() // another page or another zoom
	search  func() // the person wants to search
}

func newPDFPages(env *Env, frames *Frames, texts *pdfTexts) *pdfPages {
	p := &pdfPages{
		env: env, frames: frames, texts: texts, fitted: true, most: pdfZoomFirst, marked: wordRange{None: true},
		sheets: map[int]*pdfSheet{}, view: pdfView{pdfLayout: layPages(nil, 1)},
		ground: canvas.NewRectangle(color.Transparent), thumb: canvas.NewRectangle(color.Transparent),
		moved: func() {}, search: func() {},
	}
	p.thumb.CornerRadius = thumbWidth / 2
	p.ExtendBaseWidget(p)
	return p
}

// pages takes the sizes of all pages in points; the place that is read stays.
func (p *pdfPages) pages(sizes []Point) {
	p.relay(layPages(sizes, p.view.zoom), p.view.W/2, 0)
	p.follow()
}

func (p *pdfPages) relay(l *pdfLayout, x, y float32) {
	p.view.relay(l, x, y)
	p.place()
}

// zoom changes the zoom; what is at x, y stays there.
func (p *pdfPages) zoom(z, x, y float32) {
	p.fitted = false
	if z = clampPDFZoom(z); z != p.view.zoom {
		p.relay(layPages(p.view.sizes, z), x, y)
	}
}

// fitWidth makes the widest page fill the view, now and when its size changes.
func (p *pdfPages) fitWidth() {
	p.fitted, p.most = true, pdfZoomMax
	p.follow()
}

// follow fits the width if the zoom does so.
func (p *pdfPages) follow() {
	if p.fitted && p.view.W > 0 {
		p.relay(layPages(p.view.sizes, min(p.view.fitWidth(), p.most)), p.view.W/2, 0)
	}
}

// scroll moves the view.
func (p *pdfPages) scroll(dx, dy float32) {
	p.view.X, p.view.Y = p.view.X+float64(dx), p.view.Y+float64(dy)
	p.view.clamp()
	p.place()
}

// turn shows a page from its top.
func (p *pdfPages) turn(page int) {
	p.view.turn(page)
	p.place()
}

// place puts the pages in view on the screen, and one before and after them.
func (p *pdfPages) place() {
	first, last := p.view.visible(p.view.Y, p.view.Y+float64(p.view.H))
	first, last = max(0, first-1), min(len(p.view.tops)-1, last+1)
	for page, s := range p.sheets {
		if page < first || page > last {
			s.im.Image = nil
			canvas.Refresh(s.im) // gives the texture back
			delete(p.sheets, page)
		}
	}
	pal := p.env.Palette()
	p.ground.FillColor = pal.BoardBg
	out := append(p.objects[:0], p.ground)
	used := 0
	for page := first; page <= last; page++ {
		out = p.placePage(page, pal, out)
		out = p.placeMarks(page, pal, &used, out)
	}
	for _, spare := range p.rects[used:] {
		spare.Hide()
	}
	p.placeThumb(pal)
	p.objects = append(out, p.thumb)
	dirty(p)
	p.moved()
}

type pdfPagesRenderer struct{ p *pdfPages }

// CreateRenderer implements fyne.Widget.
func (p *pdfPages) CreateRenderer() fyne.WidgetRenderer {
	p.place()
	return pdfPagesRenderer{p}
}

func (r pdfPagesRenderer) Destroy()                     {}
func (r pdfPagesRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, 160) }
func (r pdfPagesRenderer) Objects() []fyne.CanvasObject { return r.p.objects }

func (r pdfPagesRenderer) Layout(size fyne.Size) {
	p := r.p
	p.ground.Resize(size)
	p.eager.focus(p.frames.Add, p)
	p.view.W, p.view.H = size.Width, size.Height
	if p.fitted {
		p.follow()
		return
	}
	p.view.clamp()
	p.place()
}

func (r pdfPagesRenderer) Refresh() {
	r.p.place()
	r.p.ground.Refresh()
}
