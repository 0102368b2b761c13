package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// asUsual is the theme in use, for those that change a colour of it.
type asUsual struct{}

func (asUsual) base() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color implements fyne.Theme.
func (a asUsual) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return a.base().Color(n, v)
}

// Font implements fyne.Theme.
func (a asUsual) Font(s fyne.TextStyle) fyne.Resource { return a.base().Font(s) }

// Icon implements fyne.Theme.
func (a asUsual) Icon(n fyne.ThemeIconName) fyne.Resource { return a.base().Icon(n) }

// Size implements fyne.Theme.
func (a asUsual) Size(n fyne.ThemeSizeName) float32 { return a.base().Size(n) }

// quiet is the theme around the title: no box around the words.
type quiet struct{ asUsual }

// Color implements fyne.Theme.
func (q quiet) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if n == theme.ColorNameInputBackground || n == theme.ColorNameInputBorder {
		return color.Transparent
	}
	return q.base().Color(n, v)
}

// outlined is the theme of settings: empty boxes are seen.
type outlined struct{ asUsual }

// Color implements fyne.Theme.
func (o outlined) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if n == theme.ColorNameInputBorder {
		n = theme.ColorNamePlaceHolder
	}
	return o.base().Color(n, v)
}
