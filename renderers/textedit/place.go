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
	e.opts.Style, e.opts.Palette = st, pal
	e.sheet.style, e.sheet.pal = st, pal
	e.sheet.reset()
	e.view.recolor()
	e.resized()
}

// NaturalHeight is what the whole text takes, in board units. It lays all of it out.
func (e *Editor) NaturalHeight() float32 { return e.sheet.heightWithin(paint.NoWrap) }

// HeightWithin is NaturalHeight if that is at most limit, else some height above it: what comes
// further down need not be laid out then.
func (e *Editor) HeightWithin(limit float32) float32 { return e.sheet.heightWithin(limit) }

// Scroll tells how much of the text is above the widget and how high all of it is, in board units;
// below what has been seen the height is an estimate.
func (e *Editor) Scroll() (top, height float32) { return e.top, e.sheet.height() }

// ScrollBy scrolls by dy board units and reports whether anything moved.
func (e *Editor) ScrollBy(dy float32) bool {
	was := e.top
	e.top += dy
	e.clampScroll()
	if e.top == was {
		return false
	}
	e.resized()
	return true
}

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
		e.sheet.reset()
	}
	e.follow()
	e.resized()
}

func (e *Editor) viewHeight() float32 { return e.Size().Height / e.zoom }

func (e *Editor) clampScroll() {
	e.top = max(0, min(e.top, e.sheet.height()-e.viewHeight()))
	if !e.opts.NoWrap {
		e.left = 0
	}
}

// settleView lays out what is in view. Heights above it that turn out to be others than was thought
// do not move what was laid out before.
func (e *Editor) settleView() {
	e.clampScroll()
	for range 8 {
		shift, moved := e.sheet.settleRange(e.top, e.top+e.viewHeight())
		e.top += shift
		e.clampScroll()
		if !moved {
			return
		}
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
	for range 4 { // what is laid out above the caret may move it
		x, y, h := e.sheet.caret(e.buf.caret)
		e.top = max(min(e.top, y-0.2*h), y+1.2*h-e.viewHeight())
		if e.opts.NoWrap {
			w := size.Width / e.zoom
			e.left = max(0, max(min(e.left, x-0.1*w), x+2-w))
		}
		e.settleView()
		if _, now, _ := e.sheet.caret(e.buf.caret); now == y {
			break
		}
	}
	return e.left != left || e.top != top
}

// toText turns a place on the widget into one of the text, in board units.
func (e *Editor) toText(p fyne.Position) (x, y float32) {
	return e.left + p.X/e.zoom, e.top + p.Y/e.zoom
}
