package ui

import "fyne.io/fyne/v2"

// revealRoom is what stays free above and below what has the keys.
const revealRoom = 12

// reveal scrolls the sheet that an object lies on so that it is seen. Widgets
// call it when they get the keys.
func reveal(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(o)
	if c == nil {
		return
	}
	m, ok := c.Overlays().Top().(*modal)
	if !ok || m.scroll == nil {
		return
	}
	y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(m.scroll).Y
	if y+m.scroll.Offset.Y < 0 {
		return // of the head, which stays
	}
	above, below := y-revealRoom, y+o.Size().Height+revealRoom-m.scroll.Size().Height
	by := float32(0)
	switch {
	case above < 0:
		by = above
	case below > 0:
		by = min(below, above)
	}
	if by != 0 {
		to := max(0, min(m.scroll.Offset.Y+by, m.scroll.Content.MinSize().Height-m.scroll.Size().Height))
		m.scroll.ScrollToOffset(fyne.NewPos(0, to))
	}
}

// leaveSheet closes the sheet that an object lies on.
func leaveSheet(o fyne.CanvasObject) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		if m, ok := c.Overlays().Top().(*modal); ok {
			m.w.closeModal()
		}
	}
}
