package textedit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/renderers/paint"
)

// mark puts the selection and the caret where they belong.
func (v *view) mark() {
	e := v.e
	if v.scale != canvasScale(e) { // shown at last, or on another screen
		v.paint()
	}
	w, h := e.Size().Components()
	var rects []paint.Rect
	if from, to := e.buf.Selection(); from != to {
		rects = e.sheet.ranges(from, to, e.top, e.top+h/e.zoom)
	}
	for len(v.marks) < len(rects) {
		m := canvas.NewRectangle(e.opts.Palette.Selection)
		v.marks = append(v.marks, m)
		v.gather()
	}
	for i, m := range v.marks {
		if i >= len(rects) {
			m.Hide()
			continue
		}
		v.put(m, rects[i], w, h)
	}
	v.markCaret(w, h)
}

// put places a rectangle of the text, cut off at the edges of the widget.
func (v *view) put(m *canvas.Rectangle, r paint.Rect, w, h float32) {
	r = r.Moved(-v.e.left, -v.e.top).Scaled(v.e.zoom)
	x0, x1 := max(r.X, 0), min(r.X+r.W, w)
	y0, y1 := max(r.Y, 0), min(r.Y+r.H, h)
	if x1 <= x0 || y1 <= y0 {
		m.Hide()
		return
	}
	m.Move(fyne.NewPos(x0, y0))
	m.Resize(fyne.NewSize(x1-x0, y1-y0))
	m.Show()
}

func (v *view) markCaret(w, h float32) {
	e := v.e
	if !e.focused || e.opts.ReadOnly {
		v.caret.Hide()
		return
	}
	r := e.CaretRect().Moved(-e.left, -e.top).Scaled(e.zoom)
	if r.Y+r.H < 0 || r.Y > h || r.X < -1 || r.X > w+1 {
		v.caret.Hide()
		return
	}
	v.caret.Move(fyne.NewPos(min(max(r.X-caretWidth/2, 0), max(0, w-caretWidth)), r.Y))
	v.caret.Resize(fyne.NewSize(caretWidth, r.H))
	v.caret.Show()
}

// wake shows the caret and starts it blinking from the beginning, unless it is steady.
func (v *view) wake() {
	v.sleep()
	if !v.e.focused || v.e.opts.ReadOnly {
		return
	}
	v.color(v.e.opts.Palette.Accent)
	if v.e.opts.Steady {
		return
	}
	v.blink = &fyne.Animation{
		Duration: blinkTime, RepeatCount: fyne.AnimationRepeatForever, Curve: fyne.AnimationLinear, Tick: v.tick,
	}
	v.blink.Start()
}

// sleep ends the blinking: nothing is left running.
func (v *view) sleep() {
	if v.blink != nil {
		v.blink.Stop()
		v.blink = nil
	}
}

// tick shows the caret in the first half of each period.
func (v *view) tick(done float32) {
	if done < 0.5 || done == 1 {
		v.color(v.e.opts.Palette.Accent)
		return
	}
	v.color(color.RGBA{})
}

func (v *view) color(c color.RGBA) {
	if v.caret.FillColor != color.Color(c) {
		v.caret.FillColor = c
		canvas.Refresh(v.caret)
	}
}
