package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

const (
	cornerGap   = 12  // the space around what lies in the corner
	cornerShare = 0.4 // of the width of the window, which nothing there exceeds
)

// corner is what lies over the right bottom of a board: zoom and minimap. It
// is told about each sync of the board and touches only what has changed.
type corner struct {
	w       *Window
	object  *fyne.Container
	zoom    *zoomBar
	minimap *minimap // nil until it is shown the first time
}

func newCorner(w *Window) *corner {
	c := &corner{w: w, zoom: newZoomBar(w)}
	c.object = container.New(bottomRight{}, c.zoom)
	return c
}

// attach follows the board that is shown.
func (c *corner) attach() {
	v := c.w.board
	if v == nil {
		c.object.Hide()
		return
	}
	v.OnView = func() {
		c.zoom.follow(v.Session.Camera)
		if c.mapShown() {
			c.minimap.follow(v)
		}
		c.w.synced(v)
	}
	v.OnOthers = func() {
		if c.mapShown() {
			c.minimap.followOthers(v)
		}
	}
	v.OnOverview = func() {
		if c.mapShown() {
			c.minimap.redraw(v)
		}
	}
	c.follow()
	c.zoom.follow(v.Session.Camera)
}

func (c *corner) mapShown() bool { return c.minimap != nil && c.minimap.Visible() }

// follow shows and hides as the settings say.
func (c *corner) follow() {
	v := c.w.board
	if v == nil || c.w.quiet {
		c.object.Hide()
		return
	}
	c.object.Show()
	on := c.w.app.Device().Minimap
	v.ShowMap = on
	if on && c.minimap == nil {
		c.minimap = newMinimap(c.w)
		c.object.Add(c.minimap)
	}
	if c.minimap == nil {
		return
	}
	c.minimap.Hidden = !on
	if on {
		c.minimap.redraw(v)
	}
	c.object.Refresh()
}

// colors follows the theme.
func (c *corner) colors() {
	c.zoom.colors()
	if c.minimap != nil {
		c.minimap.colors()
	}
	if c.mapShown() && c.w.board != nil {
		c.minimap.redraw(c.w.board)
	}
}

// bottomRight stacks objects from the right bottom corner upwards, as small as
// they can be. What there is no room for is left out.
type bottomRight struct{}

// MinSize implements fyne.Layout.
func (bottomRight) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (bottomRight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := size.Height - cornerGap
	for _, o := range objects {
		m := o.MinSize()
		y -= m.Height
		if y < cornerGap || m.Width > size.Width*cornerShare {
			m = fyne.Size{}
		}
		o.Resize(m)
		o.Move(fyne.NewPos(size.Width-cornerGap-m.Width, y))
		y -= cornerGap - 4
	}
}
