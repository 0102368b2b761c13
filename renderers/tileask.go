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
	now := t.v.env.Now()
	if rest := tileRest - now.Sub(x.painted); x.img != nil && rest > 0 && rest <= tileRest {
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
		wanted: func() bool { return t.v.lately(x.lately.Load()) },
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
		ground: BoardColor(v.Live.Snapshot().Value, v.around.pal),
		dark:   v.around.pal.IsDark, today: v.around.today, values: t.values, shown: t.shown,
	}
	for _, c := range t.spots {
		if !t.held[c.Card.ID] {
			j.cards = append(j.cards, c)
		}
	}
	return j
}

// shown is a card for a painter goroutine.
func (t *tiling) shown(id board.CardID, r reading) cardShown {
	v := t.v
	again := func() { t.values.came(id) }
	return cardShown{
		face: r.face, value: r.value, state: r.state, err: r.err, words: v.env.Sentence,
		pics:   func(key Picture) (*image.RGBA, error) { return v.env.Pictures.Get(key, again) },
		nested: func(in doc.ID, kind string) (*Face, any, bool) { return v.nested(id, in, kind) },
	}
}

// arrived takes a painted tile.
func (t *tiling) arrived(key tileKey, p tilePainted) {
	if t.v.closed {
		return
	}
	for id, size := range p.natural {
		if !t.v.editing(id) && t.v.Layout.SetNatural(id, board.Size{W: float64(size.X), H: float64(size.Y)}) {
			t.touch(id)
		}
	}
	x := t.tiles[key]
	if x == nil {
		t.spare.give(p.img)
		return
	}
	x.asked, x.painted = false, t.v.env.Now()
	if !t.v.lately(x.seen) { // nobody looks there any more
		t.spare.give(p.img)
		x.stale = true
		return
	}
	if x.next != nil {
		t.spare.give(x.next.img)
	}
	x.next = &p
	x.stale = x.stale || t.differs(x.area, p.drawn)
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

// wakeIn syncs the board after a while.
func (t *tiling) wakeIn(d time.Duration) {
	if t.timer != nil {
		t.timer.Reset(d)
		return
	}
	t.timer = time.AfterFunc(d, func() { t.v.frames.Add(t.v.Sync) })
}
