package renderers

import (
	"corkboard/board"
	"corkboard/doc"
)

const (
	maxNews  = 300 // cards that are marked in one frame
	newsSide = 10  // screen units
)

// news marks the left top corners of cards that others have changed, and notes which
// are in view.
func (m *marks) news(v *BoardView) {
	m.fresh = m.fresh[:0]
	if v.env.Unseen == nil {
		return
	}
	unseen := v.env.Unseen()
	if len(unseen) == 0 {
		return // else every card would be looked at
	}
	pal := v.around.pal
	for i := range v.view.Cards {
		at := &v.view.Cards[i]
		if len(m.fresh) == maxNews {
			break
		}
		if at.Card == nil || at.Card.LinkErr != nil || !unseen[at.Card.Link.Document] {
			continue
		}
		m.fresh = append(m.fresh, at.Card.Link.Document)
		r := board.Rect{X: at.Rect.X - newsSide/2, Y: at.Rect.Y - newsSide/2, W: newsSide, H: newsSide}
		m.box(pal.Accent, pal.Paper, 1.5, r, 0, newsSide/2)
	}
}

// News is the documents in view that others have changed. The slice is used again by
// the next frame.
func (v *BoardView) News() []doc.ID { return v.decor.marks.fresh }
