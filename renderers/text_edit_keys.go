package renderers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// shortcut takes undo, redo, the two marks and the search; the board gets the
// others.
func (e *textEditor) shortcut(s fyne.Shortcut) bool {
	switch editKey(s) {
	case keyBold:
		e.mark("**")
	case keyItalic:
		e.mark("*")
	case keyFind:
		e.find.Open()
		e.placeFind()
	case keyUndo:
		e.draft.undo()
	case keyRedo:
		e.draft.redo()
	default:
		return e.host.Shortcut != nil && e.host.Shortcut(s)
	}
	return true
}

// key closes the search before Esc leaves the card.
func (e *textEditor) key(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyEscape && e.find.Visible() {
		e.find.Close()
		return true
	}
	return false
}

// shortcutOf takes undo and redo for an editor, after what was typed; the
// board gets the others. It reports whether anybody wanted it.
func shortcutOf(host EditorHost, t *typing, f *flights, s fyne.Shortcut) bool {
	switch editKey(s) {
	case keyUndo:
		t.end()
		f.track(host.Handle.Undo())
	case keyRedo:
		t.end()
		f.track(host.Handle.Redo())
	default:
		return host.Shortcut != nil && host.Shortcut(s)
	}
	return true
}

// mark wraps the selection in a Markdown mark, or takes the mark away.
func (e *textEditor) mark(mark string) {
	const around = 3 // three stars are bold and italic
	from, to := e.pen.Selection()
	first := max(0, from-around)
	near := []rune(e.pen.Slice(first, to+around))
	now, a, b := marked(near, from-first, to-first, mark)
	e.draft.end()
	e.pen.ReplaceRange(first, first+len(near), now, a, b)
	e.draft.end()
}

// marked puts the mark around the runes [from, to), or takes it away where it
// is already; a and b are the same runes afterwards.
func marked(r []rune, from, to int, mark string) (now string, a, b int) {
	m := []rune(mark)
	n := len(m)
	before, inner, after := r[:from], r[from:to], r[to:]
	if hasTail(before, m) && hasHead(after, m) {
		return string(before[:len(before)-n]) + string(inner) + string(after[n:]), from - n, to - n
	}
	return string(before) + mark + string(inner) + mark + string(after), from + n, to + n
}

// hasHead and hasTail find exactly this mark: two stars are not one star.
func hasHead(r, m []rune) bool {
	n := len(m)
	return len(r) >= n && string(r[:n]) == string(m) && (len(r) == n || r[n] != m[0])
}

func hasTail(r, m []rune) bool {
	n := len(m)
	k := len(r) - n
	return k >= 0 && string(r[k:]) == string(m) && (k == 0 || r[k-1] != m[0])
}

// editKeyName is a shortcut that editors act on themselves.
type editKeyName uint8

const (
	keyOther editKeyName = iota
	keyUndo
	keyRedo
	keyBold
	keyItalic
	keyFind
)

func editKey(s fyne.Shortcut) editKeyName {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		return keyUndo
	case *fyne.ShortcutRedo:
		return keyRedo
	case *desktop.CustomShortcut:
		if s.Modifier&fyne.KeyModifierShortcutDefault == 0 || s.Modifier&fyne.KeyModifierAlt != 0 {
			return keyOther
		}
		shift := s.Modifier&fyne.KeyModifierShift != 0
		switch {
		case s.KeyName == fyne.KeyZ && shift, s.KeyName == fyne.KeyY && !shift:
			return keyRedo
		case s.KeyName == fyne.KeyZ:
			return keyUndo
		case s.KeyName == fyne.KeyB && !shift:
			return keyBold
		case s.KeyName == fyne.KeyI && !shift:
			return keyItalic
		case s.KeyName == fyne.KeyF && !shift:
			return keyFind
		}
	}
	return keyOther
}
