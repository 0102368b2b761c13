package renderers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
)

// othersLines is how many strokes of connectors are drawn for others.
const othersLines = 150

// follow draws the connectors of what somebody drags, to where it is now.
func (o *others) follow(x *other, drag []board.Rect, c color.RGBA) {
	where := o.dragged(x.Does.Selected, drag)
	if len(where) == 0 {
		return
	}
	v := o.v
	var strokes [][2]board.Point
	for _, l := range v.Layout.Lines() {
		from, moved := where[l.Connector.From]
		to, too := where[l.Connector.To]
		if !moved && !too {
			continue
		}
		if !moved {
			from, _ = v.Layout.Rect(l.Connector.From)
		}
		if !too {
			to, _ = v.Layout.Rect(l.Connector.To)
		}
		if now, ok := l.Between(v.view.Camera.RectToScreen(from), v.view.Camera.RectToScreen(to), v.view.Camera.Zoom); ok {
			strokes = now.Strokes(v.view.Camera.Zoom, strokes)
		}
	}
	m := &o.marks
	for _, s := range strokes {
		if m.drawn == othersLines {
			return
		}
		if m.drawn == len(m.lines) {
			m.lines = append(m.lines, canvas.NewLine(c))
		}
		l := m.lines[m.drawn]
		m.drawn++
		l.StrokeColor, l.StrokeWidth = c, max(LineWidth*float32(v.view.Camera.Zoom), 1)
		l.Position1, l.Position2 = fyne.NewPos(float32(s[0].X), float32(s[0].Y)), fyne.NewPos(float32(s[1].X), float32(s[1].Y))
		m.out = append(m.out, l)
	}
}

// dragged is which of the selected cards are where in a drag: the way by which
// all of them have come from their places. Nil where that cannot be told.
func (o *others) dragged(selected []board.CardID, drag []board.Rect) map[board.CardID]board.Rect {
	if len(drag) == 0 {
		return nil
	}
	for _, first := range selected {
		r, ok := o.v.Layout.Rect(first)
		if !ok || !sameSize(r.Size(), drag[0].Size()) {
			continue
		}
		by := drag[0].Min().Sub(r.Min())
		where := map[board.CardID]board.Rect{}
		for _, id := range selected {
			r, ok := o.v.Layout.Rect(id)
			for _, d := range drag {
				if ok && sameRect(r.Move(by), d) {
					where[id] = d
				}
			}
		}
		if len(where) == len(drag) {
			return where
		}
	}
	return nil
}
