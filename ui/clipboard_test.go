package ui

import (
	"testing"

	"corkboard/board"
)

// What is pasted is what one goes on with: it is selected, and what was is not.
func TestWhatIsPastedIsSelected(t *testing.T) {
	d := newDesk(t)
	before := d.text("before", board.Point{X: 40, Y: 40})
	d.w.board.Session.Select(before)
	d.w.fyne.Clipboard().SetContent("pasted")
	d.w.paste(d.w.board, board.Paste{At: board.Point{X: 400, Y: 400}})
	d.until("the new card alone is selected", func() bool {
		ids := d.w.board.Session.Selection.IDs()
		return len(ids) == 1 && ids[0] != before
	})
}
