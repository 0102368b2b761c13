package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

const sayBundle = "What is in a bundle is checked as what comes over a network is, and put together with what is here. Nothing that is here is lost."

// bundleSheet takes in bundles while it is open.
type bundleSheet struct {
	w     *Window
	page  *page
	paths []string // still to be taken in
	do    *escButton
	came  []string     // what has come so far, in sentences from below
	wrong bool         // some of it is no good news
	board []share.Link // of which something came
}

// takeBundles takes in bundles and shows the board of the first. Closing the sheet gives
// up what is not taken in yet.
func (w *Window) takeBundles(paths ...string) {
	s := &bundleSheet{w: w, paths: paths}
	s.do = w.mainButton(lang.T("Try again"), s.run)
	title := lang.Tf("Open “%s”", short(filepath.Base(paths[0]), 40))
	s.page = w.openPage(title, exchangeWidth, nil, func(width float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			w.prose(lang.T(sayBundle), width, w.env.Palette().InkMuted),
			buttonRow(width, s.do),
		}
	})
	s.run()
}

// run takes in what is left.
func (s *bundleSheet) run() {
	tell := s.w.percents(func(percent int) {
		if s.page.working {
			s.do.SetText(lang.Tf("Taking in… %d %%", percent))
		}
	})
	s.page.runUntilClosed(s.do, lang.T("Taking in…"), func(ctx context.Context) error {
		for len(s.paths) > 0 {
			came, err := s.w.app.ImportBundle(ctx, s.paths[0], tell)
			if err != nil {
				return err
			}
			s.note(came)
			s.paths = s.paths[1:]
		}
		return nil
	}, s.done)
}

func (s *bundleSheet) note(c app.CameIn) {
	s.came = append(s.came, c.Sentences()...)
	s.wrong = s.wrong || c.Trouble()
	s.board = append(s.board, c.Boards...)
}

func (s *bundleSheet) done(gaveUp bool) {
	if gaveUp {
		s.w.notices.say(lang.T("The bundle was not taken in to its end. What had come until then stays."))
		return
	}
	if s.page.shown() {
		s.w.closeModal()
	}
	if len(s.board) > 0 {
		s.w.Open(s.board[0].Document, s.board[0].Kind)
	}
	tell := s.w.notices.say
	if s.wrong {
		tell = s.w.notices.warn
	}
	tell(inOurWords(s.came))
}
