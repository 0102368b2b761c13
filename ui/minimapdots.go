package ui

import (
	"image/color"

	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/renderers"
)

const (
	maxDots = 60
	dotSide = 6
)

// dot is a place that shall be seen on the map.
type dot struct {
	at board.Point // board units
	c  color.Color
}

// followNews looks where others have changed something. It looks at all cards.
func (m *minimap) followNews(v *renderers.BoardView) {
	m.news = m.news[:0]
	accent := m.w.env.Palette().Accent
	unseen := m.w.app.Marked()
	for _, c := range v.Layout.Board().Cards {
		if len(unseen) == 0 || len(m.news) == maxDots {
			break
		}
		if c.LinkErr == nil && unseen[c.Link.Document] {
			if r, ok := v.Layout.Rect(c.ID); ok {
				m.news = append(m.news, dot{r.Center(), accent})
			}
		}
	}
	m.followOthers(v)
}

// followOthers lays the dots: where others are, above what they have changed.
func (m *minimap) followOthers(v *renderers.BoardView) {
	list := m.news
	for _, o := range v.Others() {
		at := o.Does.Pointer
		if !o.Does.Points {
			at = o.Does.View.Center()
		}
		list = append(list[:len(list):len(list)], dot{at, color.NRGBA{o.Look.Colour[0], o.Look.Colour[1], o.Look.Colour[2], 255}})
	}
	for len(m.dots) < len(list) {
		r := canvas.NewRectangle(color.Transparent)
		r.CornerRadius, r.StrokeWidth = dotSide/2, 1
		m.dots = append(m.dots, r)
	}
	if before := len(m.list) - mapParts; before == 0 && len(list) == 0 {
		return
	}
	m.list = m.list[:mapParts:mapParts]
	paper, room := m.w.env.Palette().Paper, m.inner()
	for i, d := range list {
		r, at := m.dots[i], m.laid.onMap(board.Rect{X: d.at.X, Y: d.at.Y})
		r.FillColor, r.StrokeColor = d.c, paper
		x, y := min(max(at.X, 0), room.W), min(max(at.Y, 0), room.H)
		inlay(r, board.Rect{X: x - dotSide/2, Y: y - dotSide/2, W: dotSide, H: dotSide})
		m.list = append(m.list, r)
	}
	canvas.Refresh(m)
}
