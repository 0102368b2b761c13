package ui

import (
	"context"
	"time"

	"corkboard/app"
	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// wipeStay is how long the window offers to put back what somebody took away, and
// wipeFresh how old that may be.
const (
	wipeStay  = 45 * time.Second
	wipeFresh = 24 * time.Hour
)

// shrinks watches how many cards the board has.
type shrinks struct {
	of    doc.ID
	seen  *board.Board
	count board.Shrinking
	told  map[doc.ID]time.Time // the last of what was told
	end   func()               // takes the offer away
}

// endOffer takes away what is offered.
func (s *shrinks) endOffer() {
	if s.end != nil {
		s.end()
		s.end = nil
	}
}

// watchCards looks whether somebody is taking the board apart.
func (w *Window) watchCards(v *renderers.BoardView) {
	s := v.Live.Snapshot()
	if s.State != doc.Ready || s.Value == w.shrinks.seen && s.ID == w.shrinks.of {
		return
	}
	if s.ID != w.shrinks.of {
		w.shrinks.of, w.shrinks.count = s.ID, board.Shrinking{}
	}
	w.shrinks.seen = s.Value
	if w.shrinks.count.Now(w.env.Now().UnixMilli(), len(s.Value.Cards)) {
		w.lookForWipe(v.Live.ID())
	}
}

// lookForWipe finds out who took cards away, and offers to put them back.
func (w *Window) lookForWipe(id doc.ID) {
	since := w.env.Now().Add(-wipeFresh)
	if told := w.shrinks.told[id]; told.After(since) {
		since = told
	}
	w.work(func(ctx context.Context) error {
		found, ok, err := w.app.LastWipe(ctx, id, since)
		if ok && err == nil {
			w.frames.Add(func() { w.offerBack(id, found) })
		}
		return err
	})
}

func (w *Window) offerBack(id doc.ID, found app.Wipe) {
	if w.shrinks.told == nil {
		w.shrinks.told = map[doc.ID]time.Time{}
	}
	w.shrinks.told[id] = found.Last
	if w.boardID() != id || w.past != nil {
		return
	}
	w.shrinks.endOffer()
	w.shrinks.end = w.notices.offer(wipeWords(found)+".", lang.T("Restore"), wipeStay, func() {
		w.work(func(ctx context.Context) error {
			done, err := w.app.RestoreWipe(ctx, id, found)
			if err != nil && !app.NothingLeft(err) {
				return err
			}
			w.frames.Add(func() {
				words := lang.T("They are all on the board.")
				if done.Cards > 0 {
					words = lang.Tf("Put back: %s.", cardsWords(done.Cards)) + w.undoHint(true)
				}
				w.notices.status(words)
			})
			return nil
		})
	})
}
