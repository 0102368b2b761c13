package ui

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// menu shows what can be done with a card, or with the board.
func (w *Window) menu(v *renderers.BoardView, e board.Menu) {
	m := w.boardMenu(v, v.Session.Camera.ToBoard(e.At))
	if e.Card != "" {
		m = w.cardMenu(v, e.Card)
	}
	w.popUp(m, v, e.At)
}

func (w *Window) boardMenu(v *renderers.BoardView, at board.Point) *fyne.Menu {
	var items []*fyne.MenuItem
	for _, i := range cards.Catalog {
		if i.MadeEmpty {
			items = append(items, fyne.NewMenuItem(i.Label, func() { w.newCard(v, i.Kind, at) }))
		}
	}
	colors := fyne.NewMenuItem("Board colour", nil)
	colors.ChildMenu = w.colorMenu(v)
	snap := fyne.NewMenuItem("Snap to grid", func() { w.toggleSnap(v) })
	snap.Checked = v.Session.Snap
	items = append(items,
		fyne.NewMenuItem("Files…", func() { w.chooseFiles(at) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Paste", func() { w.paste(v, at, false) }),
		fyne.NewMenuItem("Select all", press(v, "A", board.Mod)),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Show everything", press(v, "1", board.Shift)),
		fyne.NewMenuItem("Zoom to 100 %", press(v, "0", board.Mod)),
		snap, colors,
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Undo", press(v, "Z", board.Mod)),
		fyne.NewMenuItem("Redo", press(v, "Y", board.Mod)),
	)
	return fyne.NewMenu("", items...)
}

func (w *Window) cardMenu(v *renderers.BoardView, id board.CardID) *fyne.Menu {
	c := v.Live.Snapshot().Value.Card(id)
	if c == nil {
		return fyne.NewMenu("")
	}
	face := w.env.Registry.Face(c.Link.Kind)
	var items []*fyne.MenuItem
	if face.Info.OpensFull || face.Unknown {
		items = append(items, fyne.NewMenuItem("Open", func() { w.openCard(v, id) }))
	}
	if face.Info.EditsInPlace {
		items = append(items, fyne.NewMenuItem("Edit", func() { v.Edit(id) }))
	}
	items = append(items,
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Copy", press(v, "C", board.Mod)),
		fyne.NewMenuItem("Cut", press(v, "X", board.Mod)),
		fyne.NewMenuItem("Duplicate", press(v, "D", board.Mod)),
		fyne.NewMenuItem("Copy link", func() { w.copyLinkTo(place{c.Link.Document, c.Link.Kind}) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Bring to front", press(v, "]", board.Mod|board.Shift)),
		fyne.NewMenuItem("Send to back", press(v, "[", board.Mod|board.Shift)),
	)
	if f, ok := v.Value(id).(cards.File); ok {
		items = append(items, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem("Open with…", func() { w.openFile(f.Title, f.Blob, f.Extension) }),
			fyne.NewMenuItem("Save as…", func() { w.saveFile(f.Title, f.Blob, f.Extension) }))
	}
	if (c.Size != board.Size{}) && face.Info.Resizable {
		items = append(items, fyne.NewMenuItem("Natural size", func() {
			v.Live.Do(board.FreeSize{IDs: []board.CardID{id}})
		}))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Remove from board", press(v, "Delete", 0)))
	return fyne.NewMenu("", items...)
}

// colorMenu lists PushPin's eighteen and any other.
func (w *Window) colorMenu(v *renderers.BoardView) *fyne.Menu {
	set := func(hex string) func() {
		return func() { v.Live.Do(board.SetColor{Color: hex}) }
	}
	items := []*fyne.MenuItem{}
	now := ""
	if b := v.Live.Snapshot().Value; b != nil {
		now = b.Color
	}
	for _, c := range paint.BoardColors {
		item := fyne.NewMenuItem(colorName(c.Name), set(c.Hex))
		shown, _ := paint.BoardColor(c.Hex, w.env.Dark())
		item.Icon = swatch(c.Name+c.Hex, shown)
		item.Checked = now == c.Hex
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Other…", func() { w.chooseColor(set) }))
	return fyne.NewMenu("", items...)
}

func press(v *renderers.BoardView, key string, mods board.Mods) func() {
	return func() { v.On(board.Key{Name: key, Mods: mods, Down: true}) }
}

func (w *Window) toggleSnap(v *renderers.BoardView) {
	v.Session.Snap = !v.Session.Snap
	snap := v.Session.Snap
	w.app.UpdateDevice(func(d *deviceState) { d.Snap = snap })
}

// colorName turns "BIGBLUE" into "Bigblue".
func colorName(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	for i := 1; i < len(r); i++ {
		if r[i] >= 'A' && r[i] <= 'Z' {
			r[i] += 'a' - 'A'
		}
	}
	return string(r)
}

// swatch is a round patch of a colour, as an icon.
func swatch(name string, c color.RGBA) fyne.Resource {
	return fyne.NewStaticResource(name+".svg", fmt.Appendf(nil,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10" fill="#%02x%02x%02x"/></svg>`, c.R, c.G, c.B))
}
