package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/renderers"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// ownDisc is this person in the title bar: initials in their colour, or a hollow disc
// with an eye struck out while they are invisible. A click shows what they can do. UI
// goroutine only.
type ownDisc struct {
	widget.BaseWidget
	w      *Window
	halo   *canvas.Circle // around who can be found by people nearby
	disc   *canvas.Circle
	words  *canvas.Text
	face   *canvas.Image // in place of the words
	hidden *widget.Icon

	me        app.Member // as drawn
	invisible bool
	found     bool
	dark      bool
	ring      renderers.Ring
}

var (
	_ fyne.Tappable      = (*ownDisc)(nil)
	_ fyne.Focusable     = (*ownDisc)(nil)
	_ desktop.Hoverable  = (*ownDisc)(nil)
	_ desktop.Cursorable = (*ownDisc)(nil)
)

func newOwnDisc(w *Window) *ownDisc {
	d := &ownDisc{w: w, halo: canvas.NewCircle(color.Transparent), disc: canvas.NewCircle(nil), words: canvas.NewText("", nil), face: canvas.NewImageFromImage(nil), hidden: widget.NewIcon(theme.VisibilityOffIcon())}
	d.words.TextSize, d.words.TextStyle.Bold, d.words.Alignment = avatarText, true, fyne.TextAlignCenter
	d.disc.StrokeWidth, d.halo.StrokeWidth = 1.5, 2
	d.ExtendBaseWidget(d)
	d.Hide()
	return d
}

// look shows the person as they are now.
func (d *ownDisc) look() {
	w := d.w
	if w.together == nil {
		return
	}
	me, invisible, found, pal := w.together.Me(), w.together.Invisible(), w.together.Nearby().On, w.env.Palette()
	if d.Visible() && me.Name == d.me.Name && me.Colour == d.me.Colour && me.Picture == d.me.Picture && invisible == d.invisible && found == d.found && pal.IsDark == d.dark {
		return
	}
	if !d.Visible() || me.Colour != d.me.Colour {
		w.noteOpened(me.Colour)
	}
	d.me, d.invisible, d.found, d.dark = me, invisible, found, pal.IsDark
	fill, ink := paint.PersonInks(me.Colour, pal)
	d.words.Text, d.words.Color, d.words.Hidden = paint.Initials(me.Name), ink, invisible
	d.disc.FillColor, d.disc.StrokeColor, d.hidden.Hidden = fill, fill, !invisible
	if invisible {
		d.disc.FillColor = pal.Paper
	}
	putPortrait(d.face, lookOf(me), avatarSide)
	d.face.Hidden = d.face.Hidden || invisible
	d.halo.StrokeColor, d.halo.Hidden = pal.Ok, !found
	first := !d.Visible()
	d.Show()
	d.Refresh()
	if first {
		w.bar.row.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (d *ownDisc) Tapped(*fyne.PointEvent) { d.w.below(d, d.w.ownMenu()) }

// FocusGained implements fyne.Focusable.
func (d *ownDisc) FocusGained() { d.ring.Set(true, d) }

// FocusLost implements fyne.Focusable.
func (d *ownDisc) FocusLost() { d.ring.Set(false, d) }

// TypedRune implements fyne.Focusable.
func (*ownDisc) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (d *ownDisc) TypedKey(k *fyne.KeyEvent) {
	switch {
	case d.w.barKey(k):
	case k.Name == fyne.KeyReturn, k.Name == fyne.KeyEnter, k.Name == fyne.KeySpace:
		d.Tapped(nil)
	}
}

// Cursor implements desktop.Cursorable.
func (*ownDisc) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn implements desktop.Hoverable.
func (d *ownDisc) MouseIn(*desktop.MouseEvent) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d)
	words := lang.Tf("You: %s", d.me.Name)
	if d.invisible {
		words += ", " + lang.T("invisible to others")
	}
	if d.found {
		words += ", " + lang.T("to be found on this network")
	}
	d.w.tip.say(words, at.X+d.Size().Width/2)
}

// MouseMoved implements desktop.Hoverable.
func (*ownDisc) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (d *ownDisc) MouseOut() { d.w.tip.hide() }

// CreateRenderer implements fyne.Widget.
func (d *ownDisc) CreateRenderer() fyne.WidgetRenderer { return d.ring.Around(ownDiscRenderer{d}) }

type ownDiscRenderer struct{ d *ownDisc }

func (r ownDiscRenderer) Destroy()           {}
func (r ownDiscRenderer) MinSize() fyne.Size { return fyne.NewSize(avatarPitch, avatarRing) }
func (r ownDiscRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.d.halo, r.d.disc, r.d.words, r.d.face, r.d.hidden}
}

// Refresh implements fyne.WidgetRenderer.
func (r ownDiscRenderer) Refresh() {
	r.Layout(r.d.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.d)
}

// Layout implements fyne.WidgetRenderer.
func (r ownDiscRenderer) Layout(size fyne.Size) {
	d, x, y := r.d, size.Width/2, size.Height/2
	around(d.halo, x, y, avatarRing)
	around(d.disc, x, y, avatarSide)
	around(d.face, x, y, avatarSide)
	around(d.hidden, x, y, avatarSide*0.62)
	h := d.words.MinSize().Height
	d.words.Move(fyne.NewPos(x-avatarSide/2, y-h/2))
	d.words.Resize(fyne.NewSize(avatarSide, h))
}
