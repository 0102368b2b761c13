package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/board"
	"corkboard/ui/lang"
)

// dropped takes files and web addresses from outside, at the pointer.
func (w *Window) dropped(at fyne.Position, uris []fyne.URI) {
	paths := make([]string, 0, len(uris))
	var pages []string
	for _, u := range uris {
		if address, ok := droppedAddress(u.Path()); ok {
			pages = append(pages, address)
			continue
		}
		paths = append(paths, u.Path())
	}
	where := w.middle()
	if w.board != nil {
		origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.board)
		at = at.Subtract(origin)
		where = w.board.Session.Camera.ToBoard(board.Point{X: float64(at.X), Y: float64(at.Y)})
	}
	w.importFiles(where, paths)
	if len(pages) > 0 {
		w.addPages(where, pages)
	}
}

// importFiles pins files, takes in bundles, and brings what folders and canvases hold; what is long shows
// its progress.
func (w *Window) importFiles(at board.Point, paths []string) {
	if len(paths) == 0 {
		return
	}
	if why := w.elsewhen(); why != nil {
		w.tell(why)
		return
	}
	bundles, paths := apart(paths, app.IsBundle)
	if len(bundles) > 0 {
		w.takeBundles(bundles...)
	}
	trees, paths := apart(paths, app.IsTree)
	if len(trees) > 0 {
		w.bring(&at, trees...)
	}
	if len(paths) == 0 {
		return
	}
	id, v := w.boardID(), w.board
	done := w.notices.progress(lang.T("Adding files…"))
	w.work(func(ctx context.Context) error {
		defer w.frames.Add(func() { done("") })
		if v == nil { // another document is shown: nobody pointed at a place
			free, err := w.app.FreePlace(ctx, id)
			if err != nil {
				return err
			}
			at = free
		}
		results := w.app.Import(ctx, id, at, paths, func(p app.Progress) {
			w.frames.Add(func() { done(progressWords(p)) })
		})
		var ids []board.CardID
		for _, r := range results {
			if r.Err != nil {
				w.tell(r.Err)
			} else {
				ids = append(ids, r.Card)
			}
		}
		w.frames.Add(func() {
			if v != nil && w.board == v && len(ids) > 0 {
				v.Session.Select(ids...)
				v.Sync()
			}
		})
		return nil
	})
}

// apart splits a list by what holds.
func apart(list []string, holds func(string) bool) (yes, no []string) {
	for _, s := range list {
		if holds(s) {
			yes = append(yes, s)
		} else {
			no = append(no, s)
		}
	}
	return yes, no
}

func progressWords(p app.Progress) string {
	words := lang.Tf("Adding %s", short(p.Name, 40))
	if p.Total > 8<<20 {
		words += fmt.Sprintf(" – %d %%", p.Done*100/p.Total)
	}
	if p.Count > 1 {
		words += lang.Tf(" (%d of %d)", p.Index+1, p.Count)
	}
	return words
}
