package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/renderers/paint"
)

// The scroll bar at the right edge, in Fyne units.
const (
	thumbWidth = 6
	thumbGrip  = 16 // the strip that takes hold of it
	thumbMin   = 32
	scrollStep = 60 // of an arrow key
)

// pdfHold is what the pressed mouse button has hold of.
type pdfHold struct {
	words  bool // a selection that follows the pointer
	anchor wordSpot
	thumb  bool
}

// track is the height that the thumb has and the way that it can go.
func (p *pdfPages) track() (length, way float32) {
	length = max(thumbMin, p.view.H*p.view.H/float32(max(p.view.end, 1)))
	return length, max(1, p.view.H-4-length)
}

func (p *pdfPages) placeThumb(pal paint.Palette) {
	rest := p.view.end - float64(p.view.H)
	if rest <= 0 || p.view.H <= 0 {
		p.thumb.Hide()
		return
	}
	length, way := p.track()
	p.thumb.FillColor = paint.Fade(pal.Ink, 0x60)
	p.thumb.Show()
	p.thumb.Move(fyne.NewPos(p.view.W-thumbWidth-4, 2+way*float32(p.view.Y/rest)))
	p.thumb.Resize(fyne.NewSize(thumbWidth, length))
}

// Scrolled scrolls; with Mod it zooms at the pointer.
func (p *pdfPages) Scrolled(e *fyne.ScrollEvent) {
	if heldModifiers()&fyne.KeyModifierShortcutDefault != 0 {
		f := float32(1.1)
		if e.Scrolled.DY < 0 {
			f = 1 / f
		}
		p.zoom(p.view.zoom*f, e.Position.X, e.Position.Y)
		return
	}
	p.scroll(-e.Scrolled.DX, -e.Scrolled.DY)
}

// heldModifiers are the modifier keys that are down; wheel events carry none.
func heldModifiers() fyne.KeyModifier {
	if app := fyne.CurrentApp(); app != nil {
		if d, ok := app.Driver().(desktop.Driver); ok {
			return d.CurrentKeyModifiers()
		}
	}
	return 0
}

// MouseDown takes hold of the scroll bar or begins a selection.
func (p *pdfPages) MouseDown(e *desktop.MouseEvent) {
	takeFocus(p)
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	p.hold = pdfHold{}
	if e.Position.X > p.view.W-thumbGrip && p.thumb.Visible() {
		p.hold.thumb = true
		if y := e.Position.Y; y < p.thumb.Position().Y || y > p.thumb.Position().Y+p.thumb.Size().Height {
			p.drawThumb(y)
		}
		return
	}
	if !p.marked.None {
		p.marked.None = true
		p.place()
	}
	page, at := p.view.onPage(e.Position.X, e.Position.Y)
	if page < 0 {
		return
	}
	p.texts.get(page, func(t PageText) {
		if word := nearestWord(t.Words, at); word >= 0 {
			p.hold.words, p.hold.anchor = true, wordSpot{page, word}
		}
	})
}

// drawThumb scrolls so that the middle of the thumb comes to y.
func (p *pdfPages) drawThumb(y float32) {
	length, way := p.track()
	part := float64(min(max((y-2-length/2)/way, 0), 1))
	p.view.Y = part * max(0, p.view.end-float64(p.view.H))
	p.view.clamp()
	p.place()
}

// MouseUp lets go; pages that flew past are drawn now.
func (p *pdfPages) MouseUp(*desktop.MouseEvent) { p.DragEnd() }

// Dragged draws the scroll bar or extends the selection. Near the edges of
// the view it scrolls.
func (p *pdfPages) Dragged(e *fyne.DragEvent) {
	if p.hold.thumb {
		_, way := p.track()
		p.view.Y += float64(e.Dragged.DY/way) * (p.view.end - float64(p.view.H))
		p.view.clamp()
		p.place()
		return
	}
	if !p.hold.words {
		return
	}
	const edge = 24
	if e.Position.Y < edge {
		p.scroll(0, max(-40, e.Position.Y-edge))
	} else if e.Position.Y > p.view.H-edge {
		p.scroll(0, min(40, e.Position.Y-p.view.H+edge))
	}
	page, at := p.view.onPage(e.Position.X, e.Position.Y)
	p.texts.get(page, func(t PageText) {
		if word := nearestWord(t.Words, at); word >= 0 && p.hold.words {
			p.mark(wordRange{Anchor: p.hold.anchor, Focus: wordSpot{page, word}})
		}
	})
}

// DragEnd implements fyne.Draggable.
func (p *pdfPages) DragEnd() {
	flew := p.hold.thumb
	p.hold = pdfHold{}
	if flew {
		p.place()
	}
}

// Cursor implements desktop.Cursorable.
func (p *pdfPages) Cursor() desktop.Cursor { return desktop.TextCursor }
