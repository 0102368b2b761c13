package ui

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"

	"corkboard/board"
	"corkboard/renderers"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// colorItems lists PushPin's eighteen and any other.
func (w *Window) colorItems(v *renderers.BoardView) []*fyne.MenuItem {
	now := ""
	if b := v.Live.Snapshot().Value; b != nil {
		now = b.Color
	}
	return w.colorsFor(lang.T("Board colour"), now, w.env.Dark(), func(hex string) { v.Live.Do(board.SetColor{Color: hex}) })
}

// colourItem offers a colour of its own for what lies on the board, or none. deep says that
// it is drawn as that of a board, deeper in the dark.
func (w *Window) colourItem(now string, deep bool, set func(hex string)) *fyne.MenuItem {
	items := w.colorsFor(lang.T("Colour"), now, deep && w.env.Dark(), set)
	none := checked(now == "", fyne.NewMenuItem(lang.T("No colour"), func() { set("") }))
	return subMenu(lang.T("Colour"), append([]*fyne.MenuItem{none, fyne.NewMenuItemSeparator()}, items...)...)
}

// colorsFor lists the colours for something that has one now.
func (w *Window) colorsFor(what, now string, dark bool, do func(hex string)) []*fyne.MenuItem {
	set := func(hex string) func() { return func() { do(hex) } }
	items := []*fyne.MenuItem{}
	for _, c := range paint.BoardColors {
		item := fyne.NewMenuItem(colorName(c.Name), set(c.Hex))
		shown, _ := paint.BoardColor(c.Hex, dark)
		item.Icon = swatch(c.Name+c.Hex, shown)
		item.Checked = strings.EqualFold(now, c.Hex)
		items = append(items, item)
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.T("Other…"), func() { w.chooseColor(what, set) }))
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
