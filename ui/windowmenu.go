package ui

import (
	"image/color"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
)

// windowMenu is the menu behind the three dots.
func (w *Window) windowMenu() {
	theme := func(label, mode string) *fyne.MenuItem {
		m := fyne.NewMenuItem(label, func() { w.setTheme(mode) })
		now := w.app.Device().Theme
		m.Checked = now == mode || now == "" && mode == "system"
		return m
	}
	look := fyne.NewMenuItem("Theme", nil)
	look.ChildMenu = fyne.NewMenu("", theme("As the system", "system"), theme("Light", "light"), theme("Dark", "dark"))
	m := fyne.NewMenu("",
		fyne.NewMenuItem("Home", func() { w.Open(w.app.Home(), "board") }),
		fyne.NewMenuItem("Copy link to this", w.copyLink),
		fyne.NewMenuItem("Export board…", w.chooseExport),
		look,
		fyne.NewMenuItem("Keys and gestures", w.showConventions),
	)
	pop := widget.NewPopUpMenu(m, w.win.Canvas())
	pop.ShowAtPosition(fyne.NewPos(w.win.Canvas().Size().Width-pop.MinSize().Width-8, barHeight))
}

func (w *Window) setTheme(mode string) {
	w.app.UpdateDevice(func(d *deviceState) { d.Theme = mode })
	w.fyne.Settings().SetTheme(look{mode})
	w.themed()
}

func (w *Window) copyLink() { w.copyLinkTo(w.trail.here()) }

func (w *Window) copyLinkTo(p place) {
	w.fyne.Clipboard().SetContent(linkTo(p))
	w.notices.say("The link is on the clipboard.")
}

// chooseColor asks for a colour of one's own.
func (w *Window) chooseColor(set func(hex string) func()) {
	d := dialog.NewColorPicker("Board colour", "", func(c color.Color) { set(hexOf(c))() }, w.win)
	d.Advanced = true
	d.Show()
}

// showConventions is the sheet of keys, made from the table that the board
// itself keeps.
func (w *Window) showConventions() {
	grid := container.NewGridWithColumns(2)
	for _, row := range board.Conventions {
		action := widget.NewLabel(row.Action)
		keys := widget.NewLabel(conventionWords(row))
		keys.Wrapping, action.Wrapping = fyne.TextWrapWord, fyne.TextWrapWord
		grid.Add(action)
		grid.Add(keys)
	}
	d := dialog.NewCustom("Keys and gestures", "Close", container.NewVScroll(grid), w.win)
	d.Resize(fyne.NewSize(720, 560))
	d.Show()
}

// conventionWords says how a row of the table is done.
func conventionWords(row board.Row) string {
	words := row.Hand
	for _, c := range row.Chords {
		if words != "" {
			words += ", "
		}
		words += strings.ReplaceAll(c.String(), "Mod+", modName())
	}
	return words
}

func modName() string {
	if runtime.GOOS == "darwin" {
		return "Cmd+"
	}
	return "Ctrl+"
}

// addShortcuts are those that work wherever the focus is not.
func (w *Window) addShortcuts() {
	c := w.win.Canvas()
	add := func(key fyne.KeyName, mod fyne.KeyModifier, f func()) {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod}, func(fyne.Shortcut) { f() })
	}
	add(fyne.KeyLeft, fyne.KeyModifierAlt, w.Back)
	add(fyne.KeyRight, fyne.KeyModifierAlt, w.Forward)
	add(fyne.KeyN, fyne.KeyModifierShortcutDefault, w.newBoard)
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch {
		case w.board != nil: // nothing has the focus: the board takes it
			w.focusBody()
			w.board.TypedKey(e)
		case e.Name == fyne.KeyEscape:
			w.Back()
		}
	})
}

// focusBody gives the keys back to what is shown.
func (w *Window) focusBody() {
	if w.board != nil {
		w.win.Canvas().Focus(w.board)
		return
	}
	w.win.Canvas().Unfocus()
}
