package renderers

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

const (
	maxOutlines = 200 // selected cards that are outlined one by one
	maxLocks    = 60
	lockSide    = 24 // screen units
	tickLength  = 4  // of a gap's ends, to each side
)

// marks show what the hand does: selection, handles, guides, marquee. They
// are kept from frame to frame.
type marks struct {
	boxes   rects
	lines   []*canvas.Line
	drawn   int // lines in use
	into    *canvas.Rectangle
	locks   []*canvas.Image
	lock    *image.RGBA
	look    surroundings     // that lock was drawn for
	strokes [][2]board.Point // reused
	fresh   []doc.ID         // in view, and changed by others
	out     []fyne.CanvasObject
	view    *BoardView
}

// add appends the marks of a view to the tree.
func (m *marks) add(v *BoardView, out []fyne.CanvasObject) []fyne.CanvasObject {
	m.boxes.used, m.drawn, m.out, m.view = 0, 0, out, v
	pal := v.around.pal
	m.news(v)
	m.cards(v, pal)
	frame, framed := frameOf(v)
	for _, g := range v.view.Groups {
		width := float32(1)
		if g.Selected {
			width = 1.5
		}
		framed = framed && !sameRect(g.Rect, frame)
		m.box(color.RGBA{}, pal.Accent, width, g.Rect, 7, 8)
	}
	if framed {
		m.box(color.RGBA{}, pal.Accent, 1, frame, 0, 0)
	}
	for _, h := range v.view.Handles {
		m.box(pal.Paper, pal.Accent, 1.5, h.Rect, 0, 2)
	}
	m.connecting(v, pal)
	if v.view.HasSlot {
		m.line(v.view.Slot[0], v.view.Slot[1], pal.Accent).StrokeWidth = 3
	}
	m.stroke(v)
	for _, g := range v.view.Guides {
		m.guide(g, pal)
	}
	if v.view.HasMarquee {
		m.box(alphaOf(pal.Accent, 28), pal.Accent, 1, v.view.Marquee, 0, 0)
	}
	m.padlocks(v)
	out, m.out = m.out, nil
	return out
}

// connecting shows what connectors are drawn by, and the one in the hand.
func (m *marks) connecting(v *BoardView, pal paint.Palette) {
	if v.env.ReadOnly {
		return
	}
	for _, r := range v.view.Ports {
		m.box(pal.Paper, pal.Accent, 1.5, r, 0, float32(r.W)/2)
	}
	if v.view.Pulls {
		m.strokes = v.view.Pull.Strokes(v.view.Camera.Zoom, m.strokes[:0])
		for _, s := range m.strokes {
			m.line(s[0], s[1], pal.Accent).StrokeWidth = 2
		}
	}
}

// frameOf is the area around several selected cards.
func frameOf(v *BoardView) (frame board.Rect, ok bool) {
	hs := v.view.Handles
	if len(hs) < 2 || v.Session.Selection.Len() < 2 {
		return frame, false
	}
	frame = hs[0].Rect
	for _, h := range hs[1:] {
		frame = frame.Union(h.Rect)
	}
	return frame.Inset(hs[0].Rect.W / 2), true
}

// cards outlines what is selected.
func (m *marks) cards(v *BoardView, pal paint.Palette) {
	outlines := 0
	radius := cardRadius * float32(v.view.Camera.Zoom)
	for i := range v.view.Cards {
		at := &v.view.Cards[i]
		if at.Selected && !at.Editing && outlines < maxOutlines {
			outlines++
			stroke := pal.Accent
			if at.Locked {
				stroke = pal.InkFaint
			}
			m.box(color.RGBA{}, stroke, 2, at.Rect, 2, radius+2)
		}
	}
}

func (m *marks) box(fill, stroke color.RGBA, width float32, at board.Rect, grow, radius float32) {
	r := m.boxes.next()
	r.CornerRadius = radius
	style(r, fill, stroke, width, m.view.onPixels(at), grow)
	m.out = append(m.out, r)
}

// target is laid over the board card that would take a drop, below the cards
// in the hand.
func (m *marks) target(v *BoardView, at *board.Placed) *canvas.Rectangle {
	if m.into == nil {
		m.into = canvas.NewRectangle(color.Transparent)
	}
	m.into.CornerRadius = cardRadius*float32(v.view.Camera.Zoom) + 4
	style(m.into, alphaOf(v.around.pal.Accent, 40), v.around.pal.Accent, 3, v.onPixels(at.Rect), 4)
	return m.into
}

// guide draws a line along what is aligned; a gap has ends.
func (m *marks) guide(g board.Guide, pal paint.Palette) {
	m.line(g.From, g.To, pal.Accent)
	if !g.Gap {
		return
	}
	way := g.To.Sub(g.From)
	if n := way.Len(); n > 0 {
		side := board.Point{X: -way.Y, Y: way.X}.Scale(tickLength / n)
		m.line(g.From.Sub(side), g.From.Add(side), pal.Accent)
		m.line(g.To.Sub(side), g.To.Add(side), pal.Accent)
	}
}

func (m *marks) line(from, to board.Point, c color.RGBA) *canvas.Line {
	if m.drawn == len(m.lines) {
		m.lines = append(m.lines, canvas.NewLine(c))
	}
	l := m.lines[m.drawn]
	m.drawn++
	l.StrokeColor, l.StrokeWidth = c, 1
	l.Position1 = fyne.NewPos(float32(from.X), float32(from.Y))
	l.Position2 = fyne.NewPos(float32(to.X), float32(to.Y))
	m.out = append(m.out, l)
	return l
}

// padlocks are drawn over the right top corners of locked cards that are
// selected or under the pointer.
func (m *marks) padlocks(v *BoardView) {
	n := 0
	for i := range v.view.Cards {
		at := &v.view.Cards[i]
		if !at.Locked || !at.Selected && !at.Hovered || n == maxLocks {
			continue
		}
		if m.lock == nil || m.look.pal.IsDark != v.around.pal.IsDark || m.look.scale != v.around.scale {
			m.look, m.lock, m.locks = v.around, paintLock(v.around), nil
		}
		if n == len(m.locks) {
			m.locks = append(m.locks, newPicture(m.lock))
		}
		im := m.locks[n]
		n++
		setImageSize(im, fyne.NewSize(lockSide, lockSide))
		im.Move(fyne.NewPos(v.onPixel(at.Rect.X+at.Rect.W-lockSide/2), v.onPixel(at.Rect.Y-lockSide/2)))
		m.out = append(m.out, im)
	}
}

func paintLock(a surroundings) *image.RGBA {
	side := int(lockSide*a.scale + 0.5)
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	r := paint.Rect{W: float32(side), H: float32(side)}
	paint.FillRoundRect(img, r, r.W/2, a.pal.Paper)
	paint.StrokeRoundRect(img, r, r.W/2, a.scale, a.pal.PaperEdge)
	paint.DrawIcon(img, paint.IconLock, r.Inset(r.W*0.2), a.pal.InkMuted)
	return img
}
