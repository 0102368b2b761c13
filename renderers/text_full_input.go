package renderers

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/renderers/paint"
)

// doubleClick is the longest time between the clicks of one double-click.
const doubleClick = 400 * time.Millisecond

var (
	_ fyne.Tappable      = (*textPage)(nil)
	_ fyne.Focusable     = (*textPage)(nil)
	_ desktop.Hoverable  = (*textPage)(nil)
	_ desktop.Cursorable = (*textPage)(nil)
)

// target is what a click at the place would do, or nil.
func (p *textPage) target(at paint.Point) func() {
	if p.page == nil {
		return nil
	}
	for _, l := range p.page.Links() {
		if l.Rect.Contains(at.X, at.Y) {
			return func() { p.env.OpenURL(l.URL) }
		}
	}
	if p.edit == nil {
		return nil
	}
	for _, t := range p.page.Ticks() {
		if !t.Rect.Inset(-hotAllowance).Contains(at.X, at.Y) {
			continue
		}
		was := p.has.src
		return func() { toggleTick(p.handle, was, t.Offset) }
	}
	return nil
}

func toPage(pos fyne.Position) paint.Point {
	at := pageAt()
	return paint.Point{X: pos.X - at.X, Y: pos.Y - at.Y}
}

// Tapped implements fyne.Tappable: links and boxes; twice elsewhere edits.
func (p *textPage) Tapped(e *fyne.PointEvent) {
	if do := p.target(toPage(e.Position)); do != nil {
		do()
		return
	}
	now := p.env.Now()
	if p.edit != nil && now.Sub(p.clicked) < doubleClick {
		p.edit()
		return
	}
	p.clicked = now
	p.focus()
}

func (p *textPage) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		c.Focus(p)
	}
}

// MouseIn implements desktop.Hoverable.
func (p *textPage) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (p *textPage) MouseMoved(e *desktop.MouseEvent) { p.over = toPage(e.Position) }

// MouseOut implements desktop.Hoverable.
func (p *textPage) MouseOut() {}

// Cursor implements desktop.Cursorable.
func (p *textPage) Cursor() desktop.Cursor {
	if p.target(p.over) != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained implements fyne.Focusable.
func (p *textPage) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (p *textPage) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (p *textPage) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Enter edits, the others scroll.
func (p *textPage) TypedKey(k *fyne.KeyEvent) {
	step := float32(0)
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.edit != nil {
			p.edit()
		}
		return
	case fyne.KeyDown:
		step = 40
	case fyne.KeyUp:
		step = -40
	case fyne.KeyPageDown, fyne.KeySpace:
		step = p.scroll.Size().Height * 0.9
	case fyne.KeyPageUp:
		step = -p.scroll.Size().Height * 0.9
	case fyne.KeyHome:
		step = -p.Size().Height
	case fyne.KeyEnd:
		step = p.Size().Height
	}
	if step != 0 {
		p.scroll.ScrollToOffset(fyne.NewPos(0, p.scroll.Offset.Y+step))
		p.show()
	}
}
