package renderers

import "fyne.io/fyne/v2"

// place lays the pen out in the card; it scrolls by itself where the card is
// too low, and then uses the room below too.
func (e *textEditor) place() {
	h := e.height - 2*cardPadY
	over := e.pen.HeightWithin(h+1) > h+1
	if over {
		h += cardPadY
	}
	e.wheel.Hidden = !over // it draws nothing: no need to refresh
	z := e.zoom
	putPen(e.pen, cardPadX*z, cardPadY*z, (e.width-2*cardPadX)*z, h*z, screenScale(e.box))
	e.placeBar()
}

// placeBar shows where the part in view is, as on the painted card.
func (e *textEditor) placeBar() {
	top, content := e.pen.Scroll()
	r, ok := scrollMark(e.width, e.height, top, content+2*cardPadY)
	if !ok || e.wheel.Hidden {
		e.bar.Hide()
		return
	}
	r = r.Scaled(e.zoom)
	e.bar.CornerRadius = r.W / 2
	e.bar.Move(fyne.NewPos(r.X, r.Y))
	e.bar.Resize(fyne.NewSize(r.W, r.H))
	e.bar.Show()
}

// placeFind puts the find row into the top right corner, or above a card that is
// too low for both, and in any case where it can be seen.
func (e *textEditor) placeFind() {
	if !e.find.Visible() {
		return
	}
	const gap = 6
	card, row := e.box.Size(), e.find.MinSize()
	at := fyne.NewPos(card.Width-row.Width-gap-e.rightOfFind, gap)
	if card.Height < 3*row.Height || card.Width < row.Width+2*gap {
		at.Y = -row.Height - gap
	}
	if d := fyne.CurrentApp().Driver(); d.CanvasForObject(e.box) != nil {
		origin, window := d.AbsolutePositionForObject(e.box), d.CanvasForObject(e.box).Size()
		at.X = max(gap-origin.X, min(at.X, window.Width-origin.X-row.Width-gap))
		at.Y = max(gap-origin.Y, min(at.Y, window.Height-origin.Y-row.Height-gap))
	}
	e.find.Move(at)
	e.find.Resize(row)
}
