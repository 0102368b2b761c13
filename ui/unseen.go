package ui

import (
	"time"

	"corkboard/doc"
	"corkboard/renderers"
)

// lookedAfter is how long something has to be in view to count as looked at.
const lookedAfter = time.Second

// joinUnseen marks what others have changed.
func (w *Window) joinUnseen() {
	w.env.Unseen = w.app.Marked
	w.unfollow = w.app.SubscribeUnseen(func() { w.frames.Add(w.followUnseen) })
}

// followUnseen draws the marks anew.
func (w *Window) followUnseen() {
	if w.board == nil {
		return
	}
	w.board.Sync()
	if w.corner.mapShown() {
		w.corner.minimap.followNews(w.board)
	}
}

// lookAt notes what is in view and marked. It is called for each frame.
func (w *Window) lookAt(v *renderers.BoardView) {
	for _, id := range v.News() {
		if _, seen := w.inView[id]; !seen {
			w.inView[id] = w.env.Now()
		}
	}
}

// beginLooks begins to look at a place.
func (w *Window) beginLooks(p place) {
	w.inView = map[doc.ID]time.Time{p.id: w.env.Now()}
}

// endLooks says what was looked at long enough, when the window goes elsewhere: until
// then the marks stay.
func (w *Window) endLooks() {
	now := w.env.Now()
	var ids []doc.ID
	for id, since := range w.inView {
		if now.Sub(since) >= lookedAfter {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		w.app.Seen(ids, now)
	}
}
