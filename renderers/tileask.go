package renderers

import (
	"image"
	"time"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// ask gives a stale tile to the painters; false when it has to wait because
// it was painted a moment ago.
func (t *tiling) ask(x *tile) bool {
	if rest := t.v.pauseLeft(x.painted, tileRest); x.img != nil && rest > 0 {
		t.wakeIn(rest)
		return false
	}
	x.asked, x.stale = true, false
	j := t.job(x.area, x.key.scale)
	j.w, j.h, j.spare = tileSide, tileSide, &t.spare
	key := x.key
	t.v.painters.Submit(task{
		run: func(sh *paint.Shaper) {
			p := j.paint(sh)
			t.v.frames.Add(func() { t.arrived(key, p) })
		},
		wanted: func() bool { return t.v.lately(x.seen.Load()) },
		dropped: func() {
			t.v.frames.Add(func() {
				if x := t.tiles[key]; x != nil {
					x.asked, x.stale = false, true
				}
			})
		},
	})
	return true
}

// job collects what painting an area needs.
func (t *tiling) job(area board.Rect, scale float32) tileJob {
	v := t.v
	t.spots = v.Layout.Spots(area.Inset(-shadowMargin), t.spots)
	j := tileJob{
		area: area, scale: scale, cards: make([]board.Spot, 0, len(t.spots)),
		ground: v.around.ground, dark: v.around.pal.IsDark, today: v.around.today,
		values: t.values, shown: t.shown,
	}
	for _, c := range t.spots {
		if !t.held[c.Card.ID] {
			j.cards = append(j.cards, c)
		}
	}
	j.lines, j.sum = t.linesOn(area, nil)
	return j
}

// shown is a card for a painter goroutine.
func (t *tiling) shown(c *board.Card, r reading) cardShown {
	v, id := t.v, c.ID
	again := func() { t.values.came(id) }
	return cardShown{
		face: r.face, value: r.value, holds: c.Holds, state: r.state, err: r.err, words: v.env.Sentence,
		doc: c.Link.Document, comes: v.arriving(id), people: v.env.People, alive: v.living.of(id, r.face, r.value),
		pics: func(key Picture) (*image.RGBA, error) {
			img, _, err := v.picture(key, again)
			return v.missed(id, key, img, err)
		},
		nested: func(in doc.ID, kind string) (*Face, any, bool) { return v.nested(id, in, kind) },
	}
}

// arrived takes a painted tile.
func (t *tiling) arrived(key tileKey, p tilePainted) {
	if t.v.closed {
		return
	}
	for id, size := range p.natural {
		t.v.setNatural(id, size)
	}
	x := t.tiles[key]
	if x == nil {
		t.spare.give(p.img)
		return
	}
	x.asked, x.painted = false, t.v.env.Now()
	if !t.v.lately(x.seen.Load()) { // nobody looks there any more
		t.spare.give(p.img)
		x.stale = true
		return
	}
	if x.next != nil {
		t.spare.give(x.next.img)
	}
	x.next = &p
	_, sum := t.linesOn(x.area, nil)
	x.stale = x.stale || sum != p.lineSum || t.differs(x.area, p.drawn)
	t.v.later()
}

// differs reports whether something changed in an area while it was painted.
func (t *tiling) differs(area board.Rect, drawn map[board.CardID]drawnCard) bool {
	n := 0
	t.spots = t.v.Layout.Spots(area.Inset(-shadowMargin), t.spots)
	return t.values.versions(t.spots, func(c board.Spot, now version) bool {
		was, ok := drawn[c.Card.ID]
		switch {
		case t.held[c.Card.ID], !ok && !onTile(c.Rect, area):
		case t.v.editing(c.Card.ID): // its editor lies above
			n++
		case !ok, !sameRect(was.rect, c.Rect), was.version != now:
			return true
		default:
			n++
		}
		return false
	}) || n != len(drawn)
}

// wakeIn syncs the board after a while, or earlier if somebody else asked for
// that; who still has to wait then asks again.
func (t *tiling) wakeIn(wait time.Duration) {
	at := t.v.env.Now().Add(wait)
	if !t.wakeAt.IsZero() && !at.Before(t.wakeAt) {
		return
	}
	t.wakeAt = at
	if t.timer != nil {
		t.timer.Stop()
	}
	t.timer = time.AfterFunc(wait, func() {
		t.v.frames.Add(func() {
			t.wakeAt = time.Time{}
			t.v.later()
		})
	})
}
