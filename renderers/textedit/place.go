package textedit

import (
	"fyne.io/fyne/v2"

	"corkboard/renderers/paint"
)

// SetScale sets how many Fyne units a board unit takes: the zoom of the board. Lines do not break
// anew if the width was given in board units by SetWrapWidth.
func (e *Editor) SetScale(zoom float32) {
	if !(zoom > 0) || zoom == e.zoom {
		return
	}
	e.zoom = zoom
	e.rewrap()
}

// SetWrapWidth sets the width, in board units, at which lines break; 0 is that of the widget.
func (e *Editor) SetWrapWidth(width float32) {
	if width != e.wrap {
		e.wrap = width
		e.rewrap()
	}
}

// SetStyle changes the look of the text.
func (e *Editor) SetStyle(st paint.Style, pal paint.Palette) {
	if st == e.opts.Style && pal == e.opts.Palette {
		return
	}
	e.opts.Style, e.opts.Palette, e.sheet.style = st, pal, st
	e.sheet.reset(e.buf.runes)
	e.view.recolor()
	e.resized()
}

// SetReadOnly turns typing off or on.
func (e *Editor) SetReadOnly(on bool) { e.opts.ReadOnly = on }

// NaturalHeight is what the whole text takes, in board units.
func (e *Editor) NaturalHeight() float32 { return e.sheet.height }

// SetVisible tells which part of the widget its parents let be seen, in board units from its top;
// only that is drawn. A height of 0 means all of it. An editor that scrolls itself needs no such call.
func (e *Editor) SetVisible(top, height float32) {
	if top != e.seenTop || height != e.seenH {
		e.seenTop, e.seenH = top, height
		e.view.paint()
		e.view.mark()
	}
}

// ScrollBy scrolls by dy board units and reports whether anything moved.
func (e *Editor) ScrollBy(dy float32) bool {
	was := e.top
	e.top += dy
	e.clampScroll()
	if e.top == was {
		return false
	}
	e.view.paint()
	e.view.mark()
	return true
}

// Overflows reports whether the text is higher than the widget.
func (e *Editor) Overflows() bool { return e.sheet.height > e.viewHeight()+0.5 }

// MinSize implements fyne.CanvasObject; it asks for nothing, so that parents are never pushed.
func (e *Editor) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

// Resize implements fyne.CanvasObject.
func (e *Editor) Resize(size fyne.Size) {
	if size == e.Size() {
		return
	}
	e.BaseWidget.Resize(size)
	e.rewrap()
}

// width is where lines break now.
func (e *Editor) width() float32 {
	switch {
	case e.opts.NoWrap:
		return paint.NoWrap
	case e.wrap > 0:
		return e.wrap
	}
	return e.Size().Width / e.zoom
}

func (e *Editor) rewrap() {
	if w := e.width(); w != e.sheet.width {
		e.sheet.width = w
		e.sheet.reset(e.buf.runes)
	}
	e.follow()
	e.resized()
}

func (e *Editor) viewHeight() float32 { return e.Size().Height / e.zoom }

func (e *Editor) clampScroll() {
	e.top = max(0, min(e.top, e.sheet.height-e.viewHeight()))
	if !e.opts.NoWrap {
		e.left = 0
	}
}

// follow scrolls so that the caret is in view; it reports whether it had to. An editor without a
// size waits until it has one.
func (e *Editor) follow() bool {
	size := e.Size()
	if size.Width <= 0 || size.Height <= 0 {
		return false
	}
	left, top := e.left, e.top
	x, y, h := e.sheet.caret(e.buf.caret)
	e.top = max(min(e.top, y-0.2*h), y+1.2*h-e.viewHeight())
	if e.opts.NoWrap {
		w := size.Width / e.zoom
		e.left = max(0, max(min(e.left, x-0.1*w), x+2-w))
	}
	e.clampScroll()
	return e.left != left || e.top != top
}

// toText turns a place on the widget into one of the text, in board units.
func (e *Editor) toText(p fyne.Position) (x, y float32) {
	return p.X/e.zoom + e.left, p.Y/e.zoom + e.top
}
