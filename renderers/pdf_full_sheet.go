package renderers

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/renderers/paint"
)

// pdfSheet is a page on the screen.
type pdfSheet struct {
	paper *canvas.Rectangle
	im    *canvas.Image
	words *canvas.Text // why it cannot be drawn
	asked Picture      // last wish
	has   Picture      // what im shows
}

func (p *pdfPages) placePage(page int, pal paint.Palette, out []fyne.CanvasObject) []fyne.CanvasObject {
	s := p.sheets[page]
	if s == nil {
		s = newPDFSheet()
		p.sheets[page] = s
	}
	scale := screenScale(p)
	round := func(v float32) float32 { return float32(math.Round(float64(v*scale))) / scale }
	r := p.view.rect(page)
	at, size := fyne.NewPos(round(r.X), round(r.Y)), fyne.NewSize(round(r.W), round(r.H))
	s.paper.StrokeColor = pal.PaperEdge
	s.paper.Move(at.SubtractXY(1, 1))
	s.paper.Resize(size.AddWidthHeight(2, 2))
	s.im.Move(at)
	setImageSize(s.im, size)
	p.ask(page, s, r.W*scale, r.H*scale)
	out = append(out, s.paper, s.im)
	if s.words.Text != "" {
		s.words.Move(at.AddXY(0, min(size.Height/2, 200)))
		s.words.Resize(fyne.NewSize(size.Width, 24))
		out = append(out, s.words)
	}
	return out
}

func newPDFSheet() *pdfSheet {
	light := paint.Light() // pages are white in the dark, too
	s := &pdfSheet{paper: canvas.NewRectangle(light.Paper), im: newPicture(nil), words: canvas.NewText("", light.InkMuted)}
	s.paper.StrokeWidth = 1
	s.words.Alignment, s.words.TextSize = fyne.TextAlignCenter, 13
	return s
}

// ask wishes for a page's picture in the size that it has on the screen. What
// was there before stays until then, stretched. Pages that fly past under the
// scroll bar are not asked for.
func (p *pdfPages) ask(page int, s *pdfSheet, w, h float32) {
	want := Picture{Blob: p.blob, Page: page, PDF: true, W: Level(w), H: Level(h)}
	if p.blob == "" || want == s.asked || want == s.has || w <= 0 || p.hold.thumb {
		return
	}
	s.asked = want
	p.take(page, want)
}

// take shows a page's picture if it is at hand, and otherwise when it has come.
func (p *pdfPages) take(page int, want Picture) {
	s := p.sheets[page]
	if s == nil || s.asked != want {
		return // scrolled or zoomed away
	}
	img, err := p.env.Pictures.Get(want, func() {
		p.frames.Add(func() { p.take(page, want) })
	})
	switch {
	case err != nil:
		s.words.Text = p.env.Sentence(err)
		p.frames.Add(p.place) // not now: place may be what asks
	case img != nil:
		s.has, s.words.Text = want, ""
		s.im.Image = img
		canvas.Refresh(s.im)
	default:
		return
	}
	dirty(p)
}

// placeMarks draws what was found and what is selected on a page.
func (p *pdfPages) placeMarks(page int, pal paint.Palette, used *int, out []fyne.CanvasObject) []fyne.CanvasObject {
	mark := func(rects []paint.Rect, fill, stroke color.RGBA) {
		for _, r := range rects {
			at := p.view.inView(page, r)
			if at.Y > p.view.H || at.Y+at.H < 0 {
				continue
			}
			if *used == len(p.rects) {
				p.rects = append(p.rects, canvas.NewRectangle(color.Transparent))
			}
			o := p.rects[*used]
			*used++
			o.FillColor, o.StrokeColor, o.StrokeWidth = fill, stroke, 0
			if stroke.A > 0 {
				o.StrokeWidth = 1.5
			}
			o.CornerRadius = 2
			o.Move(fyne.NewPos(at.X-1, at.Y-1))
			o.Resize(fyne.NewSize(at.W+2, at.H+2))
			o.Show()
			out = append(out, o)
		}
	}
	light := paint.Light() // the marks lie on white
	if f := p.find; f != nil && page < len(f.hits) {
		current, _ := f.current()
		for i, hit := range f.hits[page] {
			if current.Rects != nil && f.at == (pdfSpot{page, i}) {
				mark(hit.Rects, paint.Fade(light.Mark, 0xa0), pal.Accent)
			} else {
				mark(hit.Rects, paint.Fade(light.Mark, 0x80), color.RGBA{})
			}
		}
	}
	if first, last := p.marked.ordered(); !p.marked.None && first.Page <= page && page <= last.Page {
		if !p.texts.has(page) {
			p.texts.get(page, func(PageText) { p.place() })
			return out
		}
		words := p.texts.words(page)
		from, to := p.marked.on(page, len(words))
		mark(lineRects(words[from:to]), light.Selection, color.RGBA{})
	}
	return out
}
