package ui

import (
	"image/color"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"corkboard/assets"
	"corkboard/renderers/paint"
)

// look is the program's theme: Inter, an 8-px rhythm, quiet surfaces. mode is
// "light", "dark" or "system".
type look struct {
	mode   string
	ground *ground // nil: the window is paper
}

// ground is the colour of the board that is shown: Fyne clears the window with
// the theme's background.
type ground struct{ c atomic.Pointer[color.RGBA] }

func (g *ground) set(c color.RGBA) {
	if now := g.c.Load(); now == nil || *now != c {
		g.c.Store(&c)
	}
}

// clear makes the window paper again.
func (g *ground) clear() {
	if g != nil {
		g.c.Store(nil)
	}
}

// color is the ground, or another colour where no board is shown. Fyne clears with a
// component of 16 bits divided by 255², and so a little brighter than what is drawn: such
// components give the colour itself.
func (g *ground) color(otherwise color.Color) color.Color {
	if g != nil {
		if c := g.c.Load(); c != nil {
			return color.RGBA64{uint16(c.R) * 255, uint16(c.G) * 255, uint16(c.B) * 255, 0xffff}
		}
	}
	return otherwise
}

var (
	regular    = fyne.NewStaticResource("Inter-Regular.otf", assets.InterRegular)
	semibold   = fyne.NewStaticResource("Inter-SemiBold.otf", assets.InterSemiBold)
	italic     = fyne.NewStaticResource("Inter-Italic.otf", assets.InterItalic)
	boldItalic = fyne.NewStaticResource("Inter-SemiBoldItalic.otf", assets.InterSemiBoldItalic)
	mono       = fyne.NewStaticResource("JetBrainsMono-Regular.ttf", assets.JetBrainsMono)
)

// dark reports whether the dark palette is wanted.
func (l look) dark(v fyne.ThemeVariant) bool {
	switch l.mode {
	case "light":
		return false
	case "dark":
		return true
	}
	return v == theme.VariantDark
}

func (l look) palette(v fyne.ThemeVariant) paint.Palette {
	if l.dark(v) {
		return paint.Dark()
	}
	return paint.Light()
}

// Color implements fyne.Theme.
func (l look) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p := l.palette(v)
	switch name {
	case theme.ColorNameBackground:
		return l.ground.color(p.Paper)
	case theme.ColorNameHeaderBackground:
		return p.Paper
	case theme.ColorNameMenuBackground:
		return menuColor(p)
	case theme.ColorNameOverlayBackground:
		return p.Paper
	case theme.ColorNameForeground:
		return p.Ink
	case theme.ColorNamePlaceHolder:
		return p.InkFaint
	case theme.ColorNameDisabled:
		return withAlpha(p.InkFaint, 0xa8)
	case theme.ColorNameButton, theme.ColorNameDisabledButton, theme.ColorNameInputBackground:
		return p.PaperSunk
	case theme.ColorNameInputBorder, theme.ColorNameSeparator:
		return p.PaperEdge
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return p.Accent
	case theme.ColorNameForegroundOnPrimary:
		return p.OnAccent
	case theme.ColorNameFocus:
		return focusColor(p)
	case theme.ColorNameSelection:
		return p.Selection
	case theme.ColorNameHover:
		return withAlpha(p.Ink, 0x12)
	case theme.ColorNamePressed:
		return withAlpha(p.Ink, 0x22)
	case theme.ColorNameScrollBar:
		return withAlpha(p.Ink, 0x60)
	case theme.ColorNameScrollBarBackground:
		return color.Transparent
	case theme.ColorNameError:
		return p.Danger
	case theme.ColorNameWarning:
		return p.Warning
	case theme.ColorNameSuccess:
		return p.Ok
	case theme.ColorNameShadow:
		return p.Shadow
	}
	variant := theme.VariantLight
	if p.IsDark {
		variant = theme.VariantDark
	}
	return theme.DefaultTheme().Color(name, variant)
}

// focusColor is behind the chosen item of a menu: words stay readable on it, and
// it stands out from the menu.
func focusColor(p paint.Palette) color.RGBA {
	if p.IsDark {
		return color.RGBA{0x38, 0x67, 0xb2, 0xff}
	}
	return color.RGBA{0x56, 0x8c, 0xe6, 0xff}
}

// menuColor is behind a menu.
func menuColor(p paint.Palette) color.RGBA {
	if p.IsDark {
		return p.CodeBg
	}
	return p.Paper
}

func withAlpha(c color.RGBA, a uint8) color.NRGBA { return color.NRGBA{c.R, c.G, c.B, a} }

// Font implements fyne.Theme.
func (l look) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace:
		return mono
	case s.Bold && s.Italic:
		return boldItalic
	case s.Bold:
		return semibold
	case s.Italic:
		return italic
	case s.Symbol:
		return theme.DefaultTheme().Font(s)
	}
	return regular
}

// Icon implements fyne.Theme.
func (l look) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size implements fyne.Theme.
func (l look) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return 14
	case theme.SizeNameCaptionText:
		return 12
	case theme.SizeNameSubHeadingText:
		return 17
	case theme.SizeNameHeadingText:
		return 22
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return 8
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 6
	case theme.SizeNameInlineIcon:
		return 18
	}
	return theme.DefaultTheme().Size(n)
}
