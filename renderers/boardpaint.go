package renderers

import (
	"image"

	"fyne.io/fyne/v2/canvas"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// paint asks for a picture of a card.
func (v *BoardView) paint(p *pin, s doc.Snapshot[any], want paintKey) {
	id := p.card.ID
	again := func() { v.frames.Add(func() { v.repaint(id) }) }
	lacks := false // painter goroutine: something will come and be painted then
	j := paintJob{size: want.size, scale: want.scale, dark: want.dark, today: want.today, cardShown: cardShown{
		face: p.face, value: s.Value, holds: want.holds, state: s.State, err: s.Err, words: v.env.Sentence, scroll: want.scroll,
		doc: p.card.Link.Document, comes: v.arriving(id), people: v.env.People, alive: v.living.of(id, p.face, s.Value),
		pics: func(key Picture) (*image.RGBA, error) {
			img, late, err := v.picture(key, again)
			lacks = lacks || late
			return v.missed(id, key, img, err)
		},
		nested: func(in doc.ID, kind string) (*Face, any, bool) {
			f, value, ok := v.nested(id, in, kind)
			lacks = lacks || !ok
			return f, value, ok
		},
	}}
	near, turn := p.idle.Load(), p.turn.Add(1)
	t := task{
		run: func(sh *paint.Shaper) {
			r := j.paint(sh)
			r.lacks = lacks
			v.frames.Add(func() { v.painted(id, want, r) })
		},
		// A later wish for the same card takes this one's place.
		wanted:  func() bool { return v.lately(p.seen.Load()) && turn == p.turn.Load() },
		dropped: func() { v.frames.Add(func() { v.unpainted(id, want) }) },
	}
	if near {
		v.painters.SubmitIdle(t)
	} else {
		v.painters.Submit(t)
	}
}

// picture is what a card wants to show. Until it is there, a coarser one (or
// none) stands for it, late is true, and came is called later. Any goroutine.
func (v *BoardView) picture(key Picture, came func()) (img *image.RGBA, late bool, err error) {
	img, err = v.env.Pictures.Get(key, came)
	if img == nil && err == nil {
		return v.env.Pictures.Nearest(key), true, nil
	}
	return img, false, err
}

// unpainted takes back a wish that was not carried out.
func (v *BoardView) unpainted(id board.CardID, key paintKey) {
	if p := v.pins[id]; p != nil && p.asked == key && !v.lately(p.seen.Load()) {
		p.asked = paintKey{}
		p.idle.Store(false)
	}
}

// repaint paints a card again although its document is as it was.
func (v *BoardView) repaint(id board.CardID) {
	if v.closed {
		return
	}
	if p := v.pins[id]; p != nil {
		p.stale = true
		v.later()
	}
	v.tiling.values.came(id)
}

// painted takes a finished picture; it is shown by a later Sync.
func (v *BoardView) painted(id board.CardID, key paintKey, r painted) {
	p := v.pins[id]
	if p == nil || v.closed {
		return
	}
	if p.asked != key && p.img != nil && p.has.rev >= key.rev {
		return // overtaken
	}
	p.next, p.has = &r, key
	if key.size.X == 0 || key.size.Y == 0 {
		v.setNatural(id, r.natural)
	}
	v.later()
}

// setNatural gives a card the size that its content was found to have. The
// editor decides about the card that it edits.
func (v *BoardView) setNatural(id board.CardID, size Point) {
	if !v.editing(id) && v.Layout.SetNatural(id, board.Size{W: float64(size.X), H: float64(size.Y)}) {
		v.tiling.touch(id)
		for _, moved := range v.Layout.Relaid() {
			v.tiling.restack(moved)
		}
	}
}

// adopt shows a picture that was painted meanwhile. A few each frame: each is
// an upload.
func (v *BoardView) adopt(p *pin) {
	if p.next == nil {
		return
	}
	if !v.uploads.room(v.frame, len(p.next.img.Pix)) {
		v.later()
		return
	}
	r := p.next
	p.next = nil
	p.img, p.size, p.scale, p.hot = r.img, r.natural, r.scale, r.hot
	p.lacks, p.content = r.lacks, r.content
	p.im.Image = r.img
	canvas.Refresh(p.im)
}

// nested opens a document that a card's picture looks into. It is called on
// painter goroutines; opening waits for the UI goroutine, so that the first
// call answers "not yet".
func (v *BoardView) nested(user board.CardID, id doc.ID, kind string) (*Face, any, bool) {
	h := v.env.Docs.Open(id, v.env.Registry.Face(kind).View)
	s := h.Snapshot()
	h.Close()
	v.frames.Add(func() { v.watch(user, id, kind, s.Revision) })
	if s.State != doc.Ready {
		return nil, nil, false
	}
	return v.env.Registry.Face(kind), s.Value, true
}

// watch paints user again whenever the document changes; drawn is the
// revision that its picture shows.
func (v *BoardView) watch(user board.CardID, id doc.ID, kind string, drawn uint64) {
	if v.closed {
		return
	}
	w := v.watched[id]
	if w == nil {
		face := v.env.Registry.Face(kind)
		w = &watched{handle: v.env.Docs.Open(id, face.View), users: map[board.CardID]bool{}}
		w.cancel = w.handle.Subscribe(func() { v.frames.Add(func() { v.nestedChanged(w) }) })
		v.watched[id] = w
	}
	first := !w.users[user]
	w.users[user] = true
	if s := w.handle.Snapshot(); first && s.State != doc.Loading && s.Revision != drawn {
		v.repaint(user)
	}
}

func (v *BoardView) nestedChanged(w *watched) {
	for id := range w.users {
		v.repaint(id)
	}
}
