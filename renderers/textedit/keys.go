package textedit

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TypedRune implements fyne.Focusable.
func (e *Editor) TypedRune(r rune) {
	if !e.opts.ReadOnly {
		e.buf.Insert(string(r))
	}
}

// AcceptsTab implements fyne.Tabbable: tabs are typed, or are for OnKey; else they move the focus.
func (e *Editor) AcceptsTab() bool {
	return e.opts.OnKey != nil || !e.buf.OneLine && !e.opts.ReadOnly
}

// TypedKey implements fyne.Focusable.
func (e *Editor) TypedKey(k *fyne.KeyEvent) {
	if e.opts.OnKey != nil && e.opts.OnKey(k) {
		return
	}
	if k.Name == fyne.KeyEscape {
		if e.opts.OnLeave != nil {
			e.opts.OnLeave()
		}
		return
	}
	m := e.modifiers()
	if !e.move(k.Name, m) && !e.opts.ReadOnly {
		e.alter(k.Name, m)
	}
}

// byWord and byLine tell whether the modifiers make a key work by words, or (macOS) by lines.
func byWord(m fyne.KeyModifier) bool {
	if runtime.GOOS == "darwin" {
		return m&fyne.KeyModifierAlt != 0
	}
	return m&fyne.KeyModifierControl != 0
}

func byLine(m fyne.KeyModifier) bool {
	return runtime.GOOS == "darwin" && m&fyne.KeyModifierSuper != 0
}

// move obeys the keys that move the caret, Shift extending the selection.
func (e *Editor) move(key fyne.KeyName, m fyne.KeyModifier) bool {
	shift := m&fyne.KeyModifierShift != 0
	switch key {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		e.moveVertically(key, m)
		return true
	case fyne.KeyLeft:
		e.leftRight(byWord(m), byLine(m), shift, (*Buffer).Left, (*Buffer).WordLeft, e.home)
	case fyne.KeyRight:
		e.leftRight(byWord(m), byLine(m), shift, (*Buffer).Right, (*Buffer).WordRight, e.end)
	case fyne.KeyHome:
		at := e.home()
		if byWord(m) {
			at = 0
		}
		e.buf.MoveTo(at, shift)
	case fyne.KeyEnd:
		at := e.end()
		if byWord(m) {
			at = e.buf.Len()
		}
		e.buf.MoveTo(at, shift)
	default:
		return false
	}
	e.column = -1
	e.moved()
	return true
}

func (e *Editor) leftRight(word, line, shift bool, letter, words func(*Buffer, bool), edge func() int) {
	switch {
	case line:
		e.buf.MoveTo(edge(), shift)
	case word:
		words(&e.buf, shift)
	default:
		letter(&e.buf, shift)
	}
}

func (e *Editor) home() int {
	first, _ := e.sheet.lineRange(e.buf.caret)
	return first
}

func (e *Editor) end() int {
	_, last := e.sheet.lineRange(e.buf.caret)
	return last
}

// moveVertically keeps to the column in which the first of several such moves began.
func (e *Editor) moveVertically(key fyne.KeyName, m fyne.KeyModifier) {
	shift := m&fyne.KeyModifierShift != 0
	up := key == fyne.KeyUp || key == fyne.KeyPageUp
	switch whole := byLine(m) || byWord(m) && (key == fyne.KeyPageUp || key == fyne.KeyPageDown); {
	case whole && up:
		e.buf.MoveTo(0, shift)
	case whole:
		e.buf.MoveTo(e.buf.Len(), shift)
	case byWord(m) && up:
		e.buf.ParagraphUp(shift)
	case byWord(m):
		e.buf.ParagraphDown(shift)
	default:
		if e.column < 0 {
			e.column, _, _ = e.sheet.caret(e.buf.caret)
		}
		e.buf.MoveTo(e.lineOrPage(key), shift)
		e.moved()
		return
	}
	e.column = -1
	e.moved()
}

// lineOrPage is where the caret goes a line or a page up or down.
func (e *Editor) lineOrPage(key fyne.KeyName) int {
	page := 0.9 * e.viewHeight()
	switch key {
	case fyne.KeyUp:
		return e.sheet.lineUp(e.buf.caret, e.column)
	case fyne.KeyDown:
		return e.sheet.lineDown(e.buf.caret, e.column)
	case fyne.KeyPageUp:
		return e.sheet.vertical(e.buf.caret, e.column, -page)
	}
	return e.sheet.vertical(e.buf.caret, e.column, page)
}

// alter obeys the keys that change the text.
func (e *Editor) alter(key fyne.KeyName, m fyne.KeyModifier) {
	switch key {
	case fyne.KeyBackspace:
		e.backspace(m)
	case fyne.KeyDelete:
		if byWord(m) {
			e.buf.DeleteWord()
			return
		}
		e.buf.Delete()
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.buf.OneLine {
			e.buf.Insert("\n")
		}
	case fyne.KeyTab:
		if !e.buf.OneLine {
			e.buf.Insert("\t")
		}
	}
}

func (e *Editor) backspace(m fyne.KeyModifier) {
	from, to := e.buf.Selection()
	switch {
	case byLine(m) && from == to:
		e.buf.MoveTo(e.home(), true)
		e.buf.Backspace()
	case byWord(m):
		e.buf.BackspaceWord()
	default:
		e.buf.Backspace()
	}
}

// TypedShortcut implements fyne.Shortcutable. Keys held with Control, Alt or Super come this way too.
func (e *Editor) TypedShortcut(s fyne.Shortcut) {
	if e.opts.BeforeShortcut != nil && e.opts.BeforeShortcut(s) {
		return
	}
	if e.clipboard(s) {
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && (byWord(c.Modifier) || byLine(c.Modifier)) {
		if e.move(c.KeyName, c.Modifier) {
			return
		}
		if c.KeyName == fyne.KeyBackspace || c.KeyName == fyne.KeyDelete {
			if !e.opts.ReadOnly {
				e.alter(c.KeyName, c.Modifier)
			}
			return
		}
	}
	if e.opts.OnShortcut != nil {
		e.opts.OnShortcut(s)
	}
}

// clipboard obeys copy, cut, paste and select all.
func (e *Editor) clipboard(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		e.buf.SelectAll()
		e.view.mark()
	case *fyne.ShortcutCopy:
		e.copyTo(s.Clipboard)
	case *fyne.ShortcutCut:
		if e.copyTo(s.Clipboard) && !e.opts.ReadOnly {
			e.buf.Cut()
		}
	case *fyne.ShortcutPaste:
		if c := theClipboard(s.Clipboard); c != nil && !e.opts.ReadOnly {
			e.buf.Insert(c.Content())
		}
	default:
		return false
	}
	return true
}

// copyTo copies the selection, if there is one.
func (e *Editor) copyTo(c fyne.Clipboard) bool {
	c = theClipboard(c)
	text := e.buf.Selected()
	if c == nil || text == "" {
		return false
	}
	c.SetContent(text)
	return true
}

func theClipboard(c fyne.Clipboard) fyne.Clipboard {
	if c == nil && fyne.CurrentApp() != nil {
		c = fyne.CurrentApp().Clipboard()
	}
	return c
}
