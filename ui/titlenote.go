package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/renderers"
)

// noteView says what is selected, muted, in a place of its own in the title
// bar: nothing beside it moves when the selection changes.
type noteView struct {
	env    *renderers.Env
	object *fyne.Container
	icon   *canvas.Image
	words  *canvas.Text
	shown  renderers.Summary
	on     bool
	dark   bool // what the icon was drawn for
}

const (
	noteText = 13
	noteRoom = 260 // it takes this much at most
	noteIcon = 16
)

func newNoteView(env *renderers.Env) *noteView {
	n := &noteView{env: env, words: canvas.NewText("", nil), icon: canvas.NewImageFromImage(nil)}
	n.words.TextSize = noteText
	n.icon.FillMode = canvas.ImageFillContain
	n.object = container.New(noteLayout{n}, n.icon, n.words)
	n.object.Hide()
	return n
}

// show says something else, or nothing. It costs nothing when it stays.
func (n *noteView) show(s renderers.Summary, on bool) {
	if n.on == on && n.shown == s {
		return
	}
	n.on, n.shown = on, s
	if !on {
		n.object.Hide()
		return
	}
	n.object.Show()
	n.colors()
	n.object.Refresh()
}

// colors follows the theme.
func (n *noteView) colors() {
	pal := n.env.Palette()
	n.words.Color, n.dark = pal.InkMuted, pal.IsDark
	if n.pictured() {
		n.icon.Image = iconPicture(n.shown.Icon, pal.InkMuted)
	}
	canvas.Refresh(n.icon)
	canvas.Refresh(n.words)
}

// pictured reports whether one card is named; a number has no icon.
func (n *noteView) pictured() bool { return n.shown.Detail != "" || n.shown.Icon != 0 }

// noteLayout keeps icon and words together at the right.
type noteLayout struct{ n *noteView }

// MinSize implements fyne.Layout.
func (noteLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (l noteLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	n := l.n
	icon := float32(0)
	n.icon.Hidden = !n.pictured() || size.Width <= 0
	if !n.icon.Hidden {
		icon = noteIcon + 6
	}
	n.words.Text = fitText(n.shown.Title, noteText, n.words.TextStyle, size.Width-icon)
	m := n.words.MinSize()
	x := size.Width - m.Width
	n.words.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
	n.words.Resize(m)
	n.icon.Move(fyne.NewPos(x-icon, (size.Height-noteIcon)/2))
	n.icon.Resize(fyne.NewSquareSize(noteIcon))
}
