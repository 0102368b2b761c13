package renderers

import (
	"image/color"
	"time"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// surroundings are what is the same for all cards of one Sync.
type surroundings struct {
	pal    paint.Palette
	ground color.RGBA // behind the cards
	today  string
	scale  float32 // pixels of the screen per Fyne unit
}

func (v *BoardView) surroundings() surroundings {
	pal := v.env.Palette()
	return surroundings{
		pal: pal, ground: BoardColor(v.Live.Snapshot().Value, pal),
		today: v.synced.Format("2006-01-02"), scale: screenScale(v),
	}
}

// syncPace is the least time between two Syncs that no hand has asked for: the
// screen shows sixty frames a second, however much arrives.
const syncPace = 8 * time.Millisecond

// later syncs once for all that arrives until then.
func (v *BoardView) later() {
	if v.due || v.closed {
		return
	}
	v.due = true
	sync := func() {
		v.due = false
		v.Sync()
	}
	v.after(v.pauseLeft(v.synced, syncPace), sync)
}

// pauseLeft is what is left of a pause that began at a time.
func (v *BoardView) pauseLeft(began time.Time, pause time.Duration) time.Duration {
	left := pause - v.env.Now().Sub(began)
	if left > pause { // the clock was set back
		return 0
	}
	return max(left, 0)
}

// after queues work for the UI goroutine when a while is over.
func (v *BoardView) after(wait time.Duration, f func()) {
	if wait > 0 {
		time.AfterFunc(wait, func() { v.frames.Add(f) })
		return
	}
	v.frames.Add(f)
}

// streamPace is the least time between two looks at a board that changes all
// the time: what others do need not be shown sixty times a second, and every
// picture of it takes time from the hand. The first change is shown at once.
const streamPace = 32 * time.Millisecond

// While a hand works, what others do is shown in the frames that the hand asks
// for: one between would have to be finished before the hand's next.
const (
	handPause = 120 * time.Millisecond // a hand that rests longer works no more
	handMost  = 250 * time.Millisecond // others wait no longer than this
)

// boardChanged may be called on any goroutine, as often as it likes.
func (v *BoardView) boardChanged() {
	if !v.changes.Swap(true) {
		v.frames.Add(v.lookSoon)
	}
}

// lookSoon shows what has changed when it is time for that.
func (v *BoardView) lookSoon() {
	if v.looking || !v.changes.Load() {
		return
	}
	byHand := min(v.pauseLeft(v.hand, handPause), v.pauseLeft(v.looked, handMost))
	wait := max(v.pauseLeft(v.looked, streamPace), byHand)
	if wait == 0 {
		v.later()
		return
	}
	v.looking = true
	v.after(wait, func() {
		v.looking = false
		v.lookSoon()
	})
}

// follow takes the newest board document over.
func (v *BoardView) follow() {
	v.looked = v.env.Now()
	s := v.Live.Snapshot()
	v.Layout.Touch = v.touchesInk
	if v.Layout.Len() == 0 && s.Value != nil && len(s.Value.Cards) > apart {
		v.layOutApart(s.Value)
		return
	}
	v.followed = v.followed || s.State != doc.Loading
	change := v.Layout.Set(s.Value)
	for _, c := range change.Removed {
		if p := v.pins[c.ID]; p != nil {
			v.unpin(p)
			delete(v.pins, c.ID)
		}
	}
	for _, c := range change.Changed {
		if p := v.pins[c.ID]; p != nil {
			v.repin(p, c)
		}
	}
	v.tiling.followed(change)
}

// apart is the number of cards above which a board is laid out first on a
// goroutine of its own: it takes longer than a frame.
const apart = 1500

func newLayout(env *Env) *board.Layout {
	return board.NewLayout(func(kind string) board.Size {
		s := env.Registry.Face(kind).Info.Size
		return board.Size{W: s.W, H: s.H}
	})
}

func (v *BoardView) layOutApart(b *board.Board) {
	if v.building {
		return
	}
	v.building = true
	l := newLayout(v.env)
	go func() {
		l.Set(b)
		v.frames.Add(func() {
			l.Touch = v.touchesInk
			v.building, v.Layout = false, l
			v.changes.Store(true) // what came meanwhile
			v.Sync()
		})
	}()
}

// Sync brings what is on screen in line with the session and the documents.
func (v *BoardView) Sync() {
	if v.closed {
		return
	}
	if v.changes.Swap(false) {
		v.follow()
	}
	v.frame++
	v.now.Store(v.frame)
	v.synced, v.fresh = v.env.Now(), 0
	v.around = v.surroundings()
	if id := v.wantEdit; id != "" && v.arrived(id) {
		v.wantEdit = ""
		v.startEdit(board.StartEdit{ID: id, End: true})
	}
	board.Project(v.Session, v.Layout, &v.view)
	v.objects = v.decor.ground(v, v.objects[:0])
	v.objects = v.decor.gridLines(v, v.objects)
	waiting := v.layCards()
	v.rested()
	v.placeEditor()
	v.objects = v.decor.above(v, v.objects)
	v.word.lay(v)
	v.below = len(v.objects)
	v.objects = v.others.lay(v.objects)
	v.others.tell()
	v.trim()
	v.tiling.refreshOverview()
	if waiting == 0 && v.Size().Height > 0 && v.Painted != nil && v.followed {
		done := v.Painted
		v.Painted = nil
		done()
	}
	if v.OnView != nil {
		v.OnView()
	}
	dirty(v)
}

// lately reports whether a frame is one of the last: what was in view then
// may be so now. Any goroutine.
func (v *BoardView) lately(frame uint64) bool { return v.now.Load() < frame+30 }
