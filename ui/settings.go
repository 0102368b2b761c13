package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"corkboard/app"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// applySettings gives what the device remembers to the board that is shown.
func (w *Window) applySettings(v *renderers.BoardView) {
	d := w.app.Device()
	s := v.Session
	s.Snap, s.Guides, s.WheelZooms, s.NoPlainKeys = d.Snap, d.Guides, d.WheelZooms, d.NoPlainKeys
	s.Keys, s.NoGlide = w.keys, w.env.Still
	v.ShowGrid = d.Grid
	v.Sync()
}

// set changes what the device remembers, and what is shown at once.
func (w *Window) set(change func(d *app.Device)) {
	w.app.UpdateDevice(change)
	if w.board != nil {
		w.applySettings(w.board)
	}
	w.corner.follow()
}

// option is a setting that is on or off.
type option struct {
	words, more string
	of          func(d *app.Device) *bool
	not         bool // what is kept is the opposite
}

var options = []struct {
	title string
	list  []option
}{
	{lang.Key("Board"), []option{
		{lang.Key("Show the grid"), "", func(d *app.Device) *bool { return &d.Grid }, false},
		{lang.Key("Snap to the grid"), lang.Key("Hold Mod while dragging to let go of it."), func(d *app.Device) *bool { return &d.Snap }, false},
		{lang.Key("Snap to other cards"), lang.Key("Edges, centres and equal gaps."), func(d *app.Device) *bool { return &d.Guides }, false},
		{lang.Key("Show the minimap"), "", func(d *app.Device) *bool { return &d.Minimap }, false},
	}},
	{lang.Key("Hand and keys"), []option{
		{lang.Key("The wheel zooms"), lang.Key("Otherwise it pans, and zooms with Mod held."), func(d *app.Device) *bool { return &d.WheelZooms }, false},
		{lang.Key("Single letters are shortcuts"), lang.Key("N, T, B, M, G, / and ?"), func(d *app.Device) *bool { return &d.NoPlainKeys }, true},
	}},
}

// themes are the looks that a person can choose.
var themes = []struct{ words, mode string }{
	{lang.Key("As the system"), "system"}, {lang.Key("Light"), "light"}, {lang.Key("Dark"), "dark"},
}

const (
	settingsWidth  = 520
	settingsHeight = 680
)

// showSettings is the sheet of settings. Each takes effect at once.
func (w *Window) showSettings() { w.showSettingsAt("") }

// showSettingsAt shows the settings with the keys on a choice, by its title; "" is none.
func (w *Window) showSettingsAt(choice string) {
	var focus fyne.Focusable
	rows := container.New(stacked{grow: -1})
	var stores *storageSection
	for _, group := range options {
		rows.Add(w.settingsTitle(lang.T(group.title)))
		for _, o := range group.list {
			rows.Add(w.settingsOption(o))
		}
	}
	rows.Add(w.settingsTitle(lang.T("Look")))
	for _, l := range w.lookChoices() {
		s := w.settingsChoice(l)
		rows.Add(w.choiceRow(l.title, s))
		if l.more != "" {
			rows.Add(container.New(indent{168, 6}, w.smallPrint(l.more)))
		}
		if l.title == choice {
			focus = s
		}
	}
	rows.Add(w.settingsTitle(lang.T("Your keys")))
	rows.Add(w.settingsOwnKeys())
	if w.together != nil {
		rows.Add(w.settingsTitle(lang.T("You")))
		rows.Add(w.settingsYou())
		rows.Add(w.settingsTitle(lang.T("Storage peers")))
		stores = w.newStorageSection()
		rows.Add(stores.object)
	}
	rows.Add(w.settingsTitle(lang.T("Browser clipper")))
	rows.Add(w.settingsClipper())
	rows.Add(w.settingsTitle(lang.T("Shortcuts")))
	rows.Add(w.settingsKeys())
	rows.Add(w.settingsTitle(lang.T("Backup")))
	rows.Add(w.settingsBackup())
	if w.together != nil {
		rows.Add(w.settingsTitle(lang.T("Shared folders")))
		rows.Add(w.settingsFolders())
	}
	title := heading(lang.T("Settings"), w.env)
	title.TextSize = theme.Size(theme.SizeNameSubHeadingText)
	bar := container.NewBorder(nil, nil, container.New(inset{sheetPad, 14}, title),
		container.New(inset{8, 8}, w.closeButton()))
	page := container.NewVScroll(container.New(inset{sheetPad - 8, 0}, container.NewThemeOverride(rows, outlined{})))
	m := newModal(w, container.NewBorder(bar, gap(1), nil, nil, page), true, middleOf(fyne.NewSize(settingsWidth, settingsHeight)))
	m.scroll = page
	m.keys = func(e *fyne.KeyEvent) { scrollBy(page, e.Name) }
	if stores != nil {
		m.follow = stores.follow
	}
	m.open(focus)
}

func (w *Window) settingsTitle(words string) fyne.CanvasObject {
	t := canvas.NewText(words, w.env.Palette().InkMuted)
	t.TextSize, t.TextStyle.Bold = 13, true
	return container.New(inset{8, 8}, t)
}

func (w *Window) settingsOption(o option) fyne.CanvasObject {
	d := w.app.Device()
	c := newEscCheck(lang.T(o.words), w.closeModal)
	c.Checked = *o.of(&d) != o.not
	c.OnChanged = func(on bool) { w.set(func(d *app.Device) { *o.of(d) = on != o.not }) }
	if o.more == "" {
		return c
	}
	return container.New(stacked{grow: -1}, c, container.New(indent{30, 6}, w.smallPrint(lang.T(o.more))))
}

// smallPrint explains a setting, in words with the keys of this system.
func (w *Window) smallPrint(words string) fyne.CanvasObject {
	return wordOf(handWords(words), w.env.Palette())
}

func (w *Window) settingsKeys() fyne.CanvasObject {
	open := newEscButton(lang.Tf("Open %s", keysName), w.openKeys, w.closeModal)
	again := newEscButton(lang.T("Reload"), func() { w.reloadKeys(true) }, w.closeModal)
	words := w.smallPrint(lang.T("Every shortcut can be changed in a file of your own."))
	return container.New(stacked{grow: -1}, container.New(inset{8, 2}, words), container.New(inset{8, 6}, container.NewHBox(open, again)))
}
