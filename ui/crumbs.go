package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers"
)

// crumb is a board on the way here: a click opens it, cards can be dropped on
// it.
type crumb struct {
	renderers.Button
	place place
}

func newCrumb(p place, open func()) *crumb {
	c := &crumb{place: p}
	c.Importance = widget.LowImportance
	c.OnTapped = open
	c.ExtendBaseWidget(c)
	return c
}

// crumbAt is the board on the way here at a place of the view, or nil.
func (b *titleBar) crumbAt(v *renderers.BoardView, at board.Point) *crumb {
	if at.Y >= 0 {
		return nil
	}
	d := fyne.CurrentApp().Driver()
	p := d.AbsolutePositionForObject(v).AddXY(float32(at.X), float32(at.Y))
	for _, o := range b.crumbs.Objects {
		c, ok := o.(*crumb)
		if !ok || c.place.kind != cards.KindBoard {
			continue
		}
		from, size := d.AbsolutePositionForObject(c), c.Size()
		if p.X >= from.X && p.X < from.X+size.Width && p.Y >= 0 && p.Y < barHeight {
			return c
		}
	}
	return nil
}

// elsewhere tells a drag whether it is over a name that takes cards; that name
// lights up.
func (b *titleBar) elsewhere(v *renderers.BoardView) func(at board.Point) bool {
	return func(at board.Point) bool {
		c := b.crumbAt(v, at)
		b.light(c)
		return c != nil
	}
}

// light lights one name up, or none.
func (b *titleBar) light(c *crumb) {
	if c == b.lit {
		return
	}
	if b.lit != nil {
		b.lit.Importance = widget.LowImportance
		b.lit.Refresh()
	}
	b.lit = c
	if c != nil {
		c.Importance = widget.HighImportance
		c.Refresh()
	}
}
