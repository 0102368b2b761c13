package renderers

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"

	"corkboard/board"
)

const (
	maxLines   = 400 // of the grid on the screen
	closeLines = 16  // screen units: closer ones are half as many
)

// gridLines adds the lines of the grid, where it is shown and the cards are not
// drawn from tiles, which would cover it.
func (d *decor) gridLines(v *BoardView, out []fyne.CanvasObject) []fyne.CanvasObject {
	step := v.view.Grid
	if !v.ShowGrid || v.tiling.on || step < 1 {
		return out
	}
	from := v.view.GridFrom
	if step < closeLines { // every other one; the same ones at any place of the camera
		origin := v.view.Camera.ToScreen(board.Point{})
		step *= 2
		from = board.Point{X: math.Mod(math.Mod(origin.X, step)+step, step), Y: math.Mod(math.Mod(origin.Y, step)+step, step)}
	}
	size := v.Size()
	pixel := 1 / v.around.scale
	c := gridColor(v)
	d.grid.used = 0
	line := func(x, y, w, h float32) {
		l := d.grid.next()
		l.FillColor = c
		l.Move(fyne.NewPos(x, y))
		l.Resize(fyne.NewSize(w, h))
		out = append(out, l)
	}
	for x := from.X; x < float64(size.Width) && d.grid.used < maxLines; x += step {
		line(v.onPixel(x), 0, pixel, size.Height)
	}
	for y := from.Y; y < float64(size.Height) && d.grid.used < maxLines; y += step {
		line(0, v.onPixel(y), size.Width, pixel)
	}
	return out
}

// gridColor is the colour of the lines: ink that is hardly there.
func gridColor(v *BoardView) color.RGBA {
	pal := v.around.pal
	strength := uint8(36)
	if pal.IsDark {
		strength = 24
	}
	return alphaOf(pal.OnColor(v.around.ground).InkMuted, strength)
}

// blank adds what stands for a card that has no picture yet: its size and its
// colour.
func (d *decor) blank(v *BoardView, at *board.Placed, c color.RGBA) {
	if v.tiling.covers(at) {
		return
	}
	r := d.blanks.next()
	r.CornerRadius = cardRadius * float32(v.view.Camera.Zoom)
	style(r, c, v.around.pal.PaperEdge, 1, at.Rect, 0)
	v.objects = append(v.objects, r)
}

// covers reports whether a tile that lies under the cards shows a card.
func (t *tiling) covers(at *board.Placed) bool {
	if at.Ghost {
		return false
	}
	for _, x := range t.order {
		if _, ok := x.drawn[at.Card.ID]; ok && x.seen.Load() == t.v.frame {
			return true
		}
	}
	return false
}
