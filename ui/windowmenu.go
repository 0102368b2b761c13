package ui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/ui/lang"
)

// windowMenu is the menu behind the three dots.
func (w *Window) windowMenu() {
	var looks []*fyne.MenuItem
	for _, t := range themes {
		looks = append(looks, checked(t.mode == w.app.Device().Theme, fyne.NewMenuItem(t.words, func() { w.setTheme(t.mode) })))
	}
	line := fyne.NewMenuItemSeparator
	var items []*fyne.MenuItem
	if w.locked() {
		items = append(items, fyne.NewMenuItem(lang.T("Unlock your keys…"), w.showUnlock), line())
	}
	items = append(items,
		fyne.NewMenuItem(lang.T("Home"), func() { w.Open(w.app.Home(), "board") }),
		w.windowItem("share", lang.T("Share…")),
		when(w.together != nil, w.windowItem("people", lang.T("People…"))),
		fyne.NewMenuItem(lang.T("Join with a link…"), w.showPasteLink),
		fyne.NewMenuItem(lang.T("Copy link to this"), w.copyLink),
		fyne.NewMenuItem(lang.T("Import…"), w.showImport),
		fyne.NewMenuItem(lang.T("Export board…"), w.showExport),
		when(w.board != nil, w.windowItem("history", lang.T("History…"))),
		line(),
		w.windowItem("everywhere", lang.T("Find everywhere…")),
		w.windowItem("commands", lang.T("All commands…")),
		checked(w.quiet, w.windowItem("quiet", lang.T("Without distractions"))),
		line(),
		subMenu(lang.T("Theme"), looks...),
	)
	if w.places.Usual != "" {
		items = append(items, w.workspacesItem())
	}
	m := fyne.NewMenu("", append(items,
		w.windowItem("help", lang.T("Keys and gestures")),
		fyne.NewMenuItem(lang.T("Settings…"), w.showSettings),
	)...)
	pop := widget.NewPopUpMenu(m, w.win.Canvas())
	pop.ShowAtPosition(fyne.NewPos(w.win.Canvas().Size().Width-pop.MinSize().Width-8, barHeight))
}

// windowItem is a row of the board's table that needs no board.
func (w *Window) windowItem(id, words string) *fyne.MenuItem {
	item := fyne.NewMenuItem(words, func() { w.perform(id) })
	if chords := w.keys.Chords(id); len(chords) > 0 {
		item.Shortcut = shortcutOf(chords[0])
	}
	return item
}

func (w *Window) setTheme(mode string) {
	w.app.UpdateDevice(func(d *deviceState) { d.Theme = mode })
	w.fyne.Settings().SetTheme(look{mode, w.ground})
	w.themed()
}

func (w *Window) copyLink() { w.copyLinkTo(w.trail.here()) }

func (w *Window) copyLinkTo(p place) {
	w.fyne.Clipboard().SetContent(linkTo(p))
	w.notices.say(lang.T("The link is on the clipboard."))
}

// chooseColor asks for a colour of one's own.
func (w *Window) chooseColor(what string, set func(hex string) func()) {
	d := dialog.NewColorPicker(what, "", func(c color.Color) { set(hexOf(c))() }, w.win)
	d.Advanced = true
	d.Show()
}

// addShortcuts takes the keys that come when nothing has the focus.
func (w *Window) addShortcuts() {
	c := w.win.Canvas()
	for _, s := range w.ownShortcuts() {
		c.AddShortcut(s.keys, func(fyne.Shortcut) { s.do() })
	}
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch {
		case w.modal != nil:
			w.modal.TypedKey(e)
		case w.board != nil: // nothing has the focus: the board takes it
			w.focusBody()
			w.board.TypedKey(e)
		case e.Name == fyne.KeyEscape && w.following.end():
		case w.leaveQuiet(e):
		case w.turnsToBar(e):
			w.toBar()
		case e.Name == fyne.KeyEscape:
			w.Back()
		case w.app.Device().NoPlainKeys:
		default:
			w.perform(w.plainRow(e.Name, heldMods()))
		}
	})
}

// plainRow is the row for a key without Mod or Alt that needs no board, or "".
func (w *Window) plainRow(key fyne.KeyName, mods board.Mods) string {
	for _, id := range []string{"everywhere", "help"} {
		if slices.Contains(w.keys.Chords(id), board.Chord{Mods: mods, Name: string(key)}) {
			return id
		}
	}
	return ""
}

// heldMods is the modifiers that are held and matter to a plain key.
func heldMods() board.Mods {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		return board.Shift
	}
	return 0
}

// ownShortcut is one that is not in the table of the board.
type ownShortcut struct {
	keys *desktop.CustomShortcut
	do   func()
}

func (w *Window) ownShortcuts() []ownShortcut {
	const mod = fyne.KeyModifierShortcutDefault
	return []ownShortcut{
		{&desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: mod}, w.newBoard},
		{&desktop.CustomShortcut{KeyName: fyne.KeyComma, Modifier: mod}, w.showSettings},
		{&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: mod | fyne.KeyModifierAlt}, w.toggleTimes},
	}
}

// boardShortcut takes the window's shortcuts while the board has the focus.
func (w *Window) boardShortcut(s fyne.Shortcut) bool {
	for _, own := range w.ownShortcuts() {
		if s.ShortcutName() == own.keys.ShortcutName() {
			own.do()
			return true
		}
	}
	return false
}

// boardKey takes the window's keys while the board has the focus.
func (w *Window) boardKey(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyF3 && w.sought != "" {
		w.openPalette(newFindOffers, true, w.sought)
		return true
	}
	return w.past != nil && w.past.key(e) || e.Name == fyne.KeyEscape && w.following.end() || w.leaveQuiet(e)
}

// focusBody gives the keys back to what is shown.
func (w *Window) focusBody() {
	if w.board != nil {
		w.win.Canvas().Focus(w.board)
		return
	}
	w.win.Canvas().Unfocus()
}
