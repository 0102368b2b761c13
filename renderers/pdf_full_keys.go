package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained implements fyne.Focusable.
func (p *pdfPages) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (p *pdfPages) FocusLost() {}

// TypedRune implements fyne.Focusable: + and - zoom, 0 fits the width.
func (p *pdfPages) TypedRune(r rune) {
	switch r {
	case '+', '=':
		p.zoom(p.view.zoom*imageStep, p.view.W/2, p.view.H/2)
	case '-':
		p.zoom(p.view.zoom/imageStep, p.view.W/2, p.view.H/2)
	case '0':
		p.fitWidth()
	case '/':
		p.search()
	default:
		passRune(p, r)
	}
}

// TypedKey implements fyne.Focusable: keys that scroll.
func (p *pdfPages) TypedKey(e *fyne.KeyEvent) {
	screen := max(scrollStep, p.view.H-scrollStep)
	switch e.Name {
	case fyne.KeyUp:
		p.scroll(0, -scrollStep)
	case fyne.KeyDown:
		p.scroll(0, scrollStep)
	case fyne.KeyLeft:
		p.scroll(-scrollStep, 0)
	case fyne.KeyRight:
		p.scroll(scrollStep, 0)
	case fyne.KeyPageUp:
		p.scroll(0, -screen)
	case fyne.KeyPageDown, fyne.KeySpace:
		p.scroll(0, screen)
	case fyne.KeyHome:
		p.turn(0)
	case fyne.KeyEnd:
		p.view.Y = p.view.end
		p.scroll(0, 0)
	default:
		passKey(p, e)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (p *pdfPages) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		p.copyMarked()
		return
	case *fyne.ShortcutSelectAll:
		p.markPage()
		return
	case *desktop.CustomShortcut:
		if s.Modifier == fyne.KeyModifierShortcutDefault && p.shortcut(s.KeyName) {
			return
		}
	}
	passShortcut(p, s)
}

// shortcut does what Mod with a key means here; false when nothing.
func (p *pdfPages) shortcut(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyF:
		p.search()
	case fyne.KeyEqual, fyne.KeyPlus:
		p.TypedRune('+')
	case fyne.KeyMinus:
		p.TypedRune('-')
	case fyne.Key0:
		p.TypedRune('0')
	default:
		return false
	}
	return true
}
