package renderers

import (
	"corkboard/board"
	"corkboard/doc"
)

const (
	nearRoom  = 360 // screen units around the window in which cards are painted ahead
	maxGhosts = 60  // cards in the hand that have a picture of their own over tiles
)

// layCards puts what shows the cards into the tree. It returns how many
// pictures do not show the newest state yet.
func (v *BoardView) layCards() (waiting int) {
	v.decor.blanks.used = 0
	if v.tiling.choose(&v.view) {
		waiting = v.tiling.place()
		v.tiling.overLines(waiting)
		v.layOver()
		return waiting
	}
	if v.blank() {
		v.tiling.under(0)
	}
	if len(v.view.Cards) <= manyCards {
		v.paintNear()
	}
	lined := false
	for i := range v.view.Cards {
		at := &v.view.Cards[i]
		if !lined && !board.OnGround(at.Card.Link.Kind) {
			lined = true
			v.layLines(everyLine)
		}
		if !v.place(at) {
			waiting++
		}
		v.markTarget(at)
	}
	if !lined {
		v.layLines(everyLine)
	}
	return waiting
}

// markTarget lays a mark over the card that would take a drop.
func (v *BoardView) markTarget(at *board.Placed) {
	if v.view.Into != "" && at.Card.ID == v.view.Into {
		v.objects = append(v.objects, v.decor.marks.target(v, at))
	}
}

// blank reports whether a card in view has no picture yet.
func (v *BoardView) blank() bool {
	for i := range v.view.Cards {
		if p := v.pins[v.view.Cards[i].Card.ID]; p == nil || p.img == nil {
			return true
		}
	}
	return false
}

// paintNear asks for the pictures of cards around the window before they are
// in view. They wait for all that is in view.
func (v *BoardView) paintNear() {
	room := v.view.Camera.Visible(v.Session.Viewport).Inset(-nearRoom / v.view.Camera.Zoom)
	v.near = v.Layout.Query(room, v.near)
	if len(v.near) > 2*manyCards {
		return
	}
	for _, c := range v.near {
		p := v.pins[c.ID]
		if p == nil {
			if v.fresh >= pinsPerFrame {
				v.later()
				return
			}
			p = v.pinFor(c)
		}
		p.seen.Store(v.frame)
		if p.img != nil || p.next != nil {
			continue
		}
		s := p.snapshot()
		want := v.wanted(p, &board.Placed{Card: c}, s)
		if s.State != doc.Loading && p.asked != want {
			p.asked = want
			p.idle.Store(true)
			v.paint(p, s, want)
		}
	}
}

// layOver draws over the tiles what is not on them: cards in the hand, and
// those that were dropped until the tiles have them.
func (v *BoardView) layOver() {
	t := v.tiling
	if len(t.held)+len(t.lingers) == 0 {
		return
	}
	drawn := 0
	for i := range v.view.Cards {
		at := &v.view.Cards[i]
		id := at.Card.ID
		v.markTarget(at)
		if t.lingers[id] && t.has(id) {
			delete(t.lingers, id)
		}
		if !at.Ghost && !t.lingers[id] {
			continue
		}
		if drawn++; drawn <= maxGhosts {
			v.place(at)
		} else if drawn <= 4*maxGhosts {
			v.decor.blank(v, at, v.around.pal.Paper)
		}
	}
	if drawn == 0 {
		clear(t.lingers) // they are out of view
	}
}

// has reports whether the tiles in view show a card where it is.
func (t *tiling) has(id board.CardID) bool {
	r, there := t.v.Layout.Rect(id)
	if !there {
		return true
	}
	for _, k := range t.want {
		if x := t.tiles[k]; x != nil && onTile(r, x.area) && !x.fresh() {
			return false
		}
	}
	return true
}
