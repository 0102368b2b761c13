package ui

import (
	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/ui/lang"
)

// setQuiet shows the board and nothing else, or brings the rest back.
func (w *Window) setQuiet(on bool) {
	if w.quiet == on {
		return
	}
	w.quiet = on
	if v := w.board; v != nil { // the cards stay where they are on the screen
		by := float64(w.bar.object.MinSize().Height)
		if !on {
			by = -by
		}
		v.Session.Camera = v.Session.Camera.Pan(board.Point{Y: by})
	}
	w.bar.object.Hidden = on
	w.corner.follow()
	w.frame.Refresh()
	if !on {
		w.notices.endStatus() // the hint, if it is still there
	}
	if on && !w.hinted {
		w.hinted = true
		w.notices.status(lang.Tf("Press Esc or %s to bring everything back.", firstChord(w.keys, "quiet")))
	}
}

// leaveQuiet brings everything back with Esc when Esc means nothing else on
// the board. It reports whether it did.
func (w *Window) leaveQuiet(e *fyne.KeyEvent) bool {
	v := w.board
	idle := v == nil || !v.Session.Dragging() && v.Session.Editing == "" && v.Session.Selection.Len() == 0
	if e.Name != fyne.KeyEscape || !w.quiet || !idle {
		return false
	}
	w.setQuiet(false)
	return true
}
