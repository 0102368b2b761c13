package ui

import (
	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// connectorMenu is what can be done with a connector, which is selected.
func (w *Window) connectorMenu(v *renderers.BoardView, id board.ConnectorID) *fyne.Menu {
	c := v.Live.Snapshot().Value.Connector(id)
	if c == nil {
		return fyne.NewMenu("")
	}
	label := w.rowItem(v, "edit", lang.T("Label…"))
	head := func(words string, heads board.Heads) *fyne.MenuItem {
		return checked(c.Heads == heads, fyne.NewMenuItem(words, func() { v.Live.Do(board.PointConnector{ID: id, Heads: heads}) }))
	}
	line := fyne.NewMenuItemSeparator
	return fyne.NewMenu("", label, line(),
		head(lang.T("Arrowhead at the end"), board.HeadTo),
		head(lang.T("Arrowhead at the beginning"), board.HeadFrom),
		head(lang.T("Arrowheads at both ends"), board.HeadTo|board.HeadFrom),
		head(lang.T("No arrowheads"), 0),
		line(),
		w.colourItem(c.Colour, false, func(hex string) { v.Live.Do(board.PaintConnector{ID: id, Colour: hex}) }),
		line(),
		w.rowItem(v, "remove", lang.T("Remove from board")))
}
