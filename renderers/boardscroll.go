package renderers

import "corkboard/board"

// scrolls tells the session which cards are longer than they are high.
func (v *BoardView) scrolls(c *board.Card) bool {
	p := v.pins[c.ID]
	return p != nil && p.content > 0
}

// scroll moves a card's content, as far as there is some.
func (v *BoardView) scroll(e board.Scroll) {
	p := v.pins[e.ID]
	if p == nil {
		return
	}
	by := float32(e.By)
	if p.face.FromEnd {
		by = -by
	}
	p.scroll = min(max(p.scroll+by, 0), max(p.content-p.size.Y, 0))
	v.Sync()
}
