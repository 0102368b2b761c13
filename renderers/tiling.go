package renderers

import (
	"cmp"
	"hash/maphash"
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"corkboard/board"
)

// A board is drawn from tiles when its cards are small or many.
const (
	tilesBelow = 0.30 // zoom
	cardsAbove = 0.34 // zoom: so that a hand that rests between does not flicker
	tilesFrom  = 300  // cards in view
)

const (
	tileAsks = 12                     // wishes a frame
	tileRest = 120 * time.Millisecond // between two pictures of a tile whose content changes
)

// tiling draws the cards of a board from tiles. UI goroutine only.
type tiling struct {
	v        *BoardView
	tiles    map[tileKey]*tile
	values   *readings
	on       bool // the cards in view are drawn from tiles
	exact    float32
	want     []tileKey
	order    []*tile
	spots    []board.Spot          // reused
	held     map[board.CardID]bool // in the hand: not on the tiles
	wasHeld  map[board.CardID]bool // before the last Sync; reused
	lingers  map[board.CardID]bool // dropped: drawn above until the tiles have it
	timer    *time.Timer           // wakes the board at
	wakeAt   time.Time             // then; zero: it is not set
	look     tileLook
	lines    tileLines
	spare    spareTiles
	overview overview
}

// tileLook is what all tiles have in common; another one makes all stale.
type tileLook struct {
	dark   bool
	today  string
	ground color.RGBA
}

func newTiling(v *BoardView) *tiling {
	t := &tiling{v: v, tiles: map[tileKey]*tile{}, held: map[board.CardID]bool{}, wasHeld: map[board.CardID]bool{}, lingers: map[board.CardID]bool{}}
	t.lines = tileLines{seed: maphash.MakeSeed(), loose: map[board.ConnectorID]bool{}}
	t.values = newReadings(v.env.Docs, v.env.Registry, func() { v.frames.Add(t.valuesChanged) })
	return t
}

func (t *tiling) close() {
	if t.timer != nil {
		t.timer.Stop()
	}
	t.values.close()
	for _, x := range t.tiles {
		x.release()
	}
	t.overview.release()
}

// choose says whether the cards of a view are drawn from tiles.
func (t *tiling) choose(view *board.View) bool {
	zoom := view.Camera.Zoom
	switch {
	case zoom < tilesBelow || len(view.Cards) > tilesFrom || len(view.Lines) > linesFrom:
		t.on = true
	case zoom > cardsAbove:
		t.on = false
	}
	return t.on
}

// followed takes notice of changed cards.
func (t *tiling) followed(c board.Change) {
	t.values.forget(c.Removed)
	for _, list := range [][]*board.Card{c.Added, c.Removed, c.Changed} {
		for _, card := range list {
			t.restack(card.ID)
		}
	}
}

// valuesChanged takes notice of changed documents.
func (t *tiling) valuesChanged() {
	for id := range t.values.take() {
		t.touch(id)
	}
	t.v.later()
}

// touch makes the tiles stale that do not show a card as it is. Those that
// are being painted are looked at when they arrive.
func (t *tiling) touch(id board.CardID) {
	now, there := t.v.Layout.Rect(id)
	there = there && !t.held[id]
	version := t.values.version(id)
	for _, x := range t.tiles {
		if !x.asked && !x.stale {
			x.stale = x.concerns(id, now, there, version)
		}
	}
}

// restack makes the tiles stale on which a card is or was.
func (t *tiling) restack(id board.CardID) {
	now, there := t.v.Layout.Rect(id)
	for _, x := range t.tiles {
		_, drawn := x.drawn[id]
		x.stale = x.stale || drawn || there && onTile(now, x.area)
	}
}

// hold takes notice of what the hand holds.
func (t *tiling) hold(view *board.View) {
	was := t.held
	clear(t.wasHeld)
	t.held, t.wasHeld = t.wasHeld, was
	for i := range view.Cards {
		if view.Cards[i].Ghost {
			t.held[view.Cards[i].Card.ID] = true
		}
	}
	for id := range t.held {
		if !was[id] {
			t.lines.held++
			t.touch(id)
		}
	}
	for id := range was {
		if !t.held[id] {
			t.lines.held++
			t.lingers[id] = true
			t.touch(id)
		}
	}
}

// scale is the scale at which tiles are wanted: what the screen shows, and
// while the camera zooms a power of two.
func (t *tiling) scale() float32 {
	now := float32(t.v.view.Camera.Zoom) * t.v.around.scale
	if !t.v.moving {
		t.exact = now
	}
	if now == t.exact {
		return now
	}
	return levelOf(now)
}

// place puts the tiles of the view into the tree and asks for those that are
// missing. It returns how many do not show everything yet.
func (t *tiling) place() (waiting int) {
	v := t.v
	t.restyle()
	t.hold(&v.view)
	t.reline()
	scale := t.scale()
	t.want = tilesOver(v.view.Camera.Visible(v.Session.Viewport), scale, t.want)
	asks, blank := 0, false
	for _, k := range t.want {
		x := t.tiles[k]
		if x == nil {
			x = newTile(k)
			t.tiles[k] = x
		}
		x.seen.Store(v.frame)
		if x.next != nil {
			if v.uploads.room(v.frame, len(x.next.img.Pix)) {
				t.spare.give(x.adopt())
			} else {
				v.later()
			}
		}
		if x.stale && !x.asked && asks < tileAsks {
			if t.ask(x) {
				asks++
			}
		}
		if !x.fresh() {
			waiting++
		}
		blank = blank || x.img == nil
	}
	if asks == tileAsks {
		v.later()
	}
	if blank {
		t.under(scale)
	}
	for _, k := range t.want {
		t.put(t.tiles[k])
	}
	return waiting
}

// under shows what there is of other scales, the coarsest lowest.
func (t *tiling) under(but float32) {
	t.overview.place(t.v)
	visible := t.v.view.Camera.Visible(t.v.Session.Viewport)
	t.order = t.order[:0]
	for _, x := range t.tiles {
		if x.img != nil && x.key.scale != but && x.area.Intersects(visible) {
			x.seen.Store(t.v.frame)
			t.order = append(t.order, x)
		}
	}
	slices.SortFunc(t.order, func(a, b *tile) int {
		return cmp.Or(cmp.Compare(a.key.scale, b.key.scale), cmp.Compare(a.key.y, b.key.y), cmp.Compare(a.key.x, b.key.x))
	})
	for _, x := range t.order {
		t.put(x)
	}
}

// put adds a tile to the tree, its edges on whole pixels.
func (t *tiling) put(x *tile) {
	if x.img == nil {
		return
	}
	v := t.v
	r := v.view.Camera.RectToScreen(x.area)
	x0, y0 := v.onPixel(r.X), v.onPixel(r.Y)
	x1, y1 := v.onPixel(r.X+r.W), v.onPixel(r.Y+r.H)
	setImageSize(x.im, fyne.NewSize(x1-x0, y1-y0))
	x.im.Move(fyne.NewPos(x0, y0))
	v.objects = append(v.objects, x.im)
}

// restyle makes all tiles stale when theme, day or ground have changed.
func (t *tiling) restyle() {
	around := &t.v.around
	now := tileLook{around.pal.IsDark, around.today, around.ground}
	if now != t.look {
		t.look = now
		t.restale()
	}
}

func (t *tiling) restale() {
	for _, x := range t.tiles {
		x.stale = true
	}
	t.overview.revision = 0
}

// drop forgets a tile's pictures.
func (t *tiling) drop(x *tile) {
	t.spare.give(x.release())
	if x.next != nil {
		t.spare.give(x.next.img)
		x.next = nil
	}
	x.stale = true
	if !x.asked {
		delete(t.tiles, x.key)
	}
}

// sweep forgets what was painted for tiles that are out of view, and tiles
// without a picture.
func (t *tiling) sweep() {
	for k, x := range t.tiles {
		if t.v.lately(x.seen.Load()) {
			continue
		}
		if x.next != nil {
			t.spare.give(x.next.img)
			x.next, x.stale = nil, true
		}
		if x.img == nil && !x.asked {
			delete(t.tiles, k)
		}
	}
}
