package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// selected is what a menu must know of the selection.
type selected struct {
	cards, free, locked int
	units               int  // groups and cards that are in none
	grouped             bool // there is a group to take apart,
	inColumn            bool // and a card in a column
}

// selectionOf counts what is selected.
func selectionOf(v *renderers.BoardView) selected {
	var s selected
	groups := map[string]bool{}
	for _, id := range v.Session.Selection.IDs() {
		c := v.Layout.Card(id)
		if c == nil {
			continue
		}
		s.cards++
		if c.Locked {
			s.locked++
		} else {
			s.free++
		}
		s.inColumn = s.inColumn || v.Live.Snapshot().Value.Column(c) != nil
		if c.Group == "" {
			s.units++
			continue
		}
		s.grouped = true
		outer, _, _ := strings.Cut(c.Group, "/")
		if !groups[outer] {
			groups[outer] = true
			s.units++
		}
	}
	return s
}

// groupItems put cards together, take them apart, and hold them in place.
func (w *Window) groupItems(v *renderers.BoardView, s selected) []*fyne.MenuItem {
	lock := w.rowItem(v, "lock", lang.T("Lock"))
	if s.cards > 0 && s.locked == s.cards {
		lock.Label = lang.T("Unlock")
	}
	return []*fyne.MenuItem{
		when(s.units > 1, w.rowItem(v, "group", lang.T("Group"))),
		when(s.grouped, w.rowItem(v, "ungroup", lang.T("Ungroup"))),
		when(s.cards > 0, lock),
		when(s.cards > 1, w.rowItem(v, "connect", lang.T("Connect"))),
		when(s.cards > 0, w.rowItem(v, "new-frame", lang.T("Frame the selection"))),
		when(s.cards > 0, w.rowItem(v, "new-column", lang.T("Column of the selection"))),
		when(s.inColumn, w.rowItem(v, "out-of-column", lang.T("Out of the column"))),
	}
}

// arrangeItem is all that can be done with the selection, for the menu of the
// board.
func (w *Window) arrangeItem(v *renderers.BoardView) *fyne.MenuItem {
	s := selectionOf(v)
	item := w.arrangeOf(v, s)
	item.ChildMenu.Items = append(append(w.groupItems(v, s), fyne.NewMenuItemSeparator()), item.ChildMenu.Items...)
	return when(s.cards > 0, item)
}

// arrangeOf aligns, distributes and tidies.
func (w *Window) arrangeOf(v *renderers.BoardView, s selected) *fyne.MenuItem {
	some := func(least int, id, words string) *fyne.MenuItem {
		return when(s.units >= least, w.rowItem(v, id, words))
	}
	line := fyne.NewMenuItemSeparator
	return when(s.units > 1, subMenu(lang.T("Arrange"),
		some(2, "align-left", lang.T("Align left")),
		some(2, "align-center", lang.T("Align centres")),
		some(2, "align-right", lang.T("Align right")),
		line(),
		some(2, "align-top", lang.T("Align top")),
		some(2, "align-middle", lang.T("Align middles")),
		some(2, "align-bottom", lang.T("Align bottom")),
		line(),
		some(3, "distribute-across", lang.T("Distribute horizontally")),
		some(3, "distribute-down", lang.T("Distribute vertically")),
		line(),
		some(2, "tidy", lang.T("Tidy up")),
	))
}

// orderItem says what lies on what.
func (w *Window) orderItem(v *renderers.BoardView, s selected) *fyne.MenuItem {
	return when(s.free > 0, subMenu(lang.T("Order"),
		w.rowItem(v, "to-front", lang.T("To the front")),
		w.rowItem(v, "raise", lang.T("One forward")),
		w.rowItem(v, "lower", lang.T("One backward")),
		w.rowItem(v, "to-back", lang.T("To the back")),
	))
}

// noteOf names what is selected in one line, for the title bar.
func noteOf(v *renderers.BoardView, faces *renderers.Registry) (s renderers.Summary, ok bool) {
	switch n := v.Session.Selection.Len(); n {
	case 0:
		return s, false
	case 1:
		return noteOfCard(v, v.Session.Selection.Last(), faces)
	default:
		return renderers.Summary{Title: lang.Tf("%s selected", countWords(n))}, true
	}
}

func noteOfCard(v *renderers.BoardView, id board.CardID, faces *renderers.Registry) (s renderers.Summary, ok bool) {
	c, value := v.Layout.Card(id), v.Value(id)
	if c == nil || c.LinkErr != nil || value == nil {
		return s, false
	}
	return faces.Face(c.Link.Kind).Summary(value), true
}
