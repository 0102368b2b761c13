package ui

import (
	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// menu shows what can be done with a card, or with the board.
func (w *Window) menu(v *renderers.BoardView, e board.Menu) {
	m := w.boardMenu(v, v.Session.Camera.ToBoard(e.At))
	switch {
	case e.Card != "":
		m = w.cardMenu(v, e.Card)
	case e.Connector != "":
		m = w.connectorMenu(v, e.Connector)
	}
	w.popUp(m, v, e.At)
}

// rowItem is a row of the board's table as an item, with its shortcut.
func (w *Window) rowItem(v *renderers.BoardView, id, words string) *fyne.MenuItem {
	item := fyne.NewMenuItem(words, func() { v.Perform(id) })
	if chords := w.keys.Chords(id); len(chords) > 0 {
		item.Shortcut = shortcutOf(chords[0])
	}
	return item
}

// subMenu is an item with items of its own.
func subMenu(words string, items ...*fyne.MenuItem) *fyne.MenuItem {
	item := fyne.NewMenuItem(words, nil)
	item.ChildMenu = fyne.NewMenu("", items...)
	return item
}

// when disables an item that makes no sense now.
func when(on bool, item *fyne.MenuItem) *fyne.MenuItem {
	item.Disabled = !on
	return item
}

// checked marks an item that is on.
func checked(on bool, item *fyne.MenuItem) *fyne.MenuItem {
	item.Checked = on
	return item
}

func (w *Window) boardMenu(v *renderers.BoardView, at board.Point) *fyne.Menu {
	var items []*fyne.MenuItem
	for _, i := range cards.Catalog {
		if i.MadeEmpty {
			item := fyne.NewMenuItem(lang.Below(i.Label), func() { w.newCard(v, i.Kind, at) })
			if chords := w.keys.Chords("new-" + i.Kind); len(chords) > 0 {
				item.Shortcut = shortcutOf(chords[0])
			}
			items = append(items, item)
		}
	}
	line := fyne.NewMenuItemSeparator
	items = append(items,
		checked(v.Session.Drawing, w.rowItem(v, "pen", lang.T("Draw"))),
		fyne.NewMenuItem(lang.T("Files…"), func() { w.chooseFiles(at) }),
		fyne.NewMenuItem(lang.T("Record a voice note…"), func() { w.recordNote(at) }),
		line(),
		fyne.NewMenuItem(lang.T("Paste"), func() { w.paste(v, board.Paste{At: at}) }),
		when(v.Layout.Len() > 0, w.rowItem(v, "select-all", lang.T("Select all"))),
		w.arrangeItem(v),
		line(),
		w.viewItem(v),
		subMenu(lang.T("Board colour"), w.colorItems(v)...),
		line(),
		w.rowItem(v, "share", lang.T("Share…")),
		w.rowItem(v, "history", lang.T("History…")),
		w.rowItem(v, "find", lang.T("Find…")),
		w.rowItem(v, "commands", lang.T("All commands…")),
		line(),
		w.rowItem(v, "undo", lang.T("Undo")),
		w.rowItem(v, "redo", lang.T("Redo")),
	)
	return fyne.NewMenu("", items...)
}

// viewItem is how the board is seen.
func (w *Window) viewItem(v *renderers.BoardView) *fyne.MenuItem {
	d := w.app.Device()
	flip := func(of func(d *deviceState) *bool) func() {
		return func() { w.set(func(d *deviceState) { *of(d) = !*of(d) }) }
	}
	return subMenu(lang.T("View"),
		when(v.Layout.Len() > 0, w.rowItem(v, "fit-all", lang.T("Show everything"))),
		when(v.Session.Selection.Len() > 0, w.rowItem(v, "fit-selection", lang.T("Show the selection"))),
		w.rowItem(v, "zoom-100", lang.T("Zoom to 100 %")),
		fyne.NewMenuItemSeparator(),
		checked(d.Grid, w.rowItem(v, "grid", lang.T("Grid"))),
		checked(d.Minimap, w.rowItem(v, "minimap", lang.T("Minimap"))),
		checked(w.quiet, w.rowItem(v, "quiet", lang.T("Without distractions"))),
		fyne.NewMenuItemSeparator(),
		checked(d.Snap, fyne.NewMenuItem(lang.T("Snap to grid"), flip(func(d *deviceState) *bool { return &d.Snap }))),
		checked(d.Guides, fyne.NewMenuItem(lang.T("Snap to cards"), flip(func(d *deviceState) *bool { return &d.Guides }))),
	)
}

func (w *Window) cardMenu(v *renderers.BoardView, id board.CardID) *fyne.Menu {
	c := v.Live.Snapshot().Value.Card(id)
	if c == nil {
		return fyne.NewMenu("")
	}
	face := w.env.Registry.Face(c.Link.Kind)
	var items []*fyne.MenuItem
	if face.Info.OpensFull || face.Unknown {
		open := w.rowItem(v, "open", lang.T("Open"))
		open.Action = func() { w.openCard(v, id) }
		items = append(items, open)
	}
	if face.Info.EditsInPlace {
		edit := w.rowItem(v, "edit", lang.T("Edit"))
		edit.Action = func() { v.Edit(id) }
		items = append(items, edit)
	}
	if face.Named && !face.Info.EditsInPlace {
		items = append(items, w.rowItem(v, "rename", lang.T("Rename")))
	}
	switch f := v.Value(id).(type) {
	case cards.Frame:
		items = append(items, w.colourItem(f.Colour, false, func(hex string) { v.Colour(id, hex) }))
	case cards.Column:
		items = append(items, w.colourItem(f.Colour, true, func(hex string) { v.Colour(id, hex) }))
	}
	if p, ok := v.Value(id).(cards.Contact); ok && w.together != nil {
		items = append(items, when(p.Person != "", fyne.NewMenuItem(lang.T("Profile…"), func() { w.showPerson(app.Person(p.Person)) })))
	}
	if f, ok := v.Value(id).(cards.File); ok {
		items = append(items,
			fyne.NewMenuItem(lang.T("Open with…"), func() { w.showOpenWith(f) }),
			fyne.NewMenuItem(lang.T("Save as…"), func() { w.saveFile(f.Title, f.Blob, f.Extension) }))
	}
	if u, ok := v.Value(id).(cards.URL); ok {
		items = append(items, w.pageItems(c.Link.Document, u)...)
	}
	if c.LinkErr == nil {
		comment := w.rowItem(v, "comment", lang.T("Comment…"))
		at := placeOn(v, id, v.Pointer())
		comment.Action = func() { w.showComments(v, id, at) }
		items = append(items, comment)
	}
	state := selectionOf(v)
	line := fyne.NewMenuItemSeparator
	items = append(items, line(),
		when(state.free > 0, w.rowItem(v, "cut", lang.T("Cut"))),
		w.rowItem(v, "copy", lang.T("Copy")),
		w.copyAsItem(v),
		w.rowItem(v, "duplicate", lang.T("Duplicate")),
		fyne.NewMenuItem(lang.T("Copy link"), func() { w.copyLinkTo(place{c.Link.Document, c.Link.Kind}) }),
		when(c.LinkErr == nil, fyne.NewMenuItem(lang.T("Also on…"), func() { w.showPlaces(place{c.Link.Document, c.Link.Kind}) })),
		line(),
	)
	items = append(items, w.groupItems(v, state)...)
	items = append(items, w.arrangeOf(v, state), w.orderItem(v, state))
	if (c.Size != board.Size{}) && face.Info.Resizable {
		natural := w.rowItem(v, "natural-size", lang.T("Natural size"))
		natural.Action = func() { v.Live.Do(board.FreeSize{IDs: []board.CardID{id}}) }
		items = append(items, when(!c.Locked, natural))
	}
	items = append(items, line(), when(state.free > 0, w.rowItem(v, "remove", lang.T("Remove from board"))))
	if words := w.whereWords(c.Link.Document); words != "" {
		items = append(items, line(), when(false, fyne.NewMenuItem(words, nil)))
	}
	return fyne.NewMenu("", items...)
}

// toggle turns a part of the window on or off.
func (w *Window) toggle(what string) {
	switch what {
	case "minimap":
		w.set(func(d *deviceState) { d.Minimap = !d.Minimap })
	case "grid":
		w.set(func(d *deviceState) { d.Grid = !d.Grid })
	case "quiet":
		w.setQuiet(!w.quiet)
	}
}
