package ui

import (
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/ui/lang"
)

// boardTitles is the titles of boards while a sheet shows them. UI goroutine only.
type boardTitles struct {
	w       *Window
	changed func() // one has come, or is another; posted
	open    map[doc.ID]doc.Handle
	cancels []func()
}

func newBoardTitles(w *Window, changed func()) *boardTitles {
	return &boardTitles{w: w, changed: changed, open: map[doc.ID]doc.Handle{}}
}

// of is the title of a board as far as it is known.
func (t *boardTitles) of(id doc.ID) string {
	h := t.open[id]
	if h == nil {
		h = t.w.env.Docs.Open(id, t.w.env.Registry.Face(cards.KindBoard).View)
		t.open[id] = h
		was := titleNow(h)
		t.cancels = append(t.cancels, h.Subscribe(func() {
			t.w.frames.Add(func() {
				if now := titleNow(h); t.open != nil && now != was {
					was = now
					t.changed()
				}
			})
		}))
	}
	return titleNow(h)
}

func titleNow(h doc.Handle) string {
	s := h.Snapshot()
	b, ok := s.Value.(*board.Board)
	switch {
	case s.State != doc.Ready || !ok || b == nil:
		return lang.T("A shared board")
	case b.Title == "":
		return lang.T("Untitled board")
	}
	return b.Title
}

func (t *boardTitles) close() {
	for _, cancel := range t.cancels {
		cancel()
	}
	for _, h := range t.open {
		h.Close()
	}
	t.open = nil
}
