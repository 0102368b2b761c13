package ui

import (
	"context"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/app/workspaces"
	"corkboard/assets"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/ui/lang"
)

// ID names the program to the desktop.
const ID = "org.corkboard.app"

// quitTimeout bounds how long quitting waits for the disk.
const quitTimeout = 10 * time.Second

// garbagePercent bounds what lies around until it is collected: most of the
// heap are pixels, which cost the collector nothing to look at.
const garbagePercent = 50

// Request says what the window opens with.
type Request struct {
	App   *app.App
	Link  string
	Files []string
	// Workspaces is where others are, and Start opens one in a program of its own. The
	// zero value and nil: there are none.
	Workspaces workspaces.Places
	Start      func(profile string) error
	// Painted is called once the first board is painted whole; nil is fine.
	Painted func()
	// Ready is called on the UI goroutine before the window is shown; nil is fine.
	Ready func(*Window)
}

// Run shows the window until it is closed. It must be called on the main
// goroutine. The caller closes the App.
func Run(r Request) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	defer giveBack()()
	yieldToWindow()
	var fonts sync.WaitGroup
	fonts.Go(fallbackFonts) // while the toolkit starts
	f := fyneapp.NewWithID(ID)
	f.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	lang.Use(r.App.Device().Language)
	behind := &ground{}
	base := scaleBase(f)
	useScale(base, r.App.Device().Scale)
	f.Settings().SetTheme(look{r.App.Device().Theme, behind})
	env := newEnv(r.App, f)
	env.Ground = behind.set
	w := newWindow(r.App, f, env)
	w.ground, w.scaleBase = behind, base
	if r.Start != nil {
		w.places, w.start = r.Workspaces, r.Start
	}
	env.OpenDocument, env.Refused = w.Open, w.tell
	env.Room = roomsOf(r.App.Presence)
	env.OpenFile, env.OpenWith, env.SaveFile = w.openFile, w.showOpenWith, w.saveFile
	env.Capture = w.captureAgain
	w.notices.export, w.notices.retry = w.showExport, r.App.Retry
	w.joinTogether(r.App)
	stop := r.App.Serve(w.handlers())
	defer stop()
	f.Settings().AddListener(func(fyne.Settings) { w.frames.Add(w.themed) })
	fonts.Wait() // nothing is painted before
	w.open(r)
	if r.Ready != nil {
		r.Ready(w)
	}
	w.win.Show()
	f.Run()
	w.leave()
	w.unfollow()
	if w.apart != nil {
		w.apart()
	}
	w.painters.Close()
	env.Pictures.Close()
}

// open shows what was asked for, else what was shown last.
func (w *Window) open(r Request) {
	if id := w.app.Device().Current; id != "" && id != w.app.Home() && w.app.Exists(id) {
		w.trail = newTrail(place{w.app.Home(), cards.KindBoard})
		w.trail.open(place{id, cards.KindBoard})
		w.trail.past = nil
	}
	w.show()
	if w.board != nil {
		w.board.Painted = r.Painted
	}
	if r.Link != "" {
		w.openLink(r.Link)
		w.welcomed() // who comes by a link is asked for their name there
	}
	w.importFiles(w.middle(), r.Files)
	if why := w.app.ReadOnly(); why != nil {
		w.notices.warn(sentence(why))
	}
	if what := w.app.Rebuilt(); what != nil {
		w.notices.line(sentence(what), true, untilRead)
	}
	w.followDamage()
	w.followKeys()
	if w.modal == nil {
		w.welcome()
	}
}

// handlers answer a second start of the program.
func (w *Window) handlers() app.Handlers {
	return app.Handlers{
		Open: func(link string) {
			w.frames.Add(func() {
				if link != "" {
					w.openLink(link)
				}
				w.win.RequestFocus()
			})
		},
		Files: func(paths []string) {
			w.frames.Add(func() {
				w.importFiles(w.middle(), paths)
				w.win.RequestFocus()
			})
		},
	}
}

// themed follows a change of the theme.
func (w *Window) themed() {
	w.bar.show()
	w.corner.colors()
	w.comments.colors()
	if w.past != nil {
		w.past.colors()
	}
	if w.board != nil {
		w.board.Refresh()
	}
	if s := w.full; s != nil && s.full != nil {
		s.full.Show(s.handle.Snapshot())
	}
}

// close saves and quits; what cannot be saved blocks it.
func (w *Window) close() { w.shut(func() error { return nil }) }

// shut is close, with something to be done when everything is saved. If that fails the
// window stays.
func (w *Window) shut(last func() error) {
	if w.closing {
		return
	}
	w.closing = true
	size := w.win.Canvas().Size()
	w.app.UpdateDevice(func(d *deviceState) { d.Window.W, d.Window.H = float64(size.Width), float64(size.Height) })
	w.leave()
	note := w.note
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), quitTimeout)
		defer cancel()
		w.sound.close()
		var err error
		if note != nil {
			err = note.finish(ctx)
		}
		if err == nil {
			err = w.app.Flush(ctx)
		}
		w.env.Post(func() {
			unsaved := err != nil
			if !unsaved {
				err = last()
			}
			if err == nil {
				w.quit()
				return
			}
			w.closing = false
			w.show()
			if unsaved {
				w.askToQuit(err)
			} else {
				w.tell(err)
			}
		})
	}()
}

// askToQuit says what would be lost.
func (w *Window) askToQuit(err error) {
	label := widget.NewLabel(lang.Tf("%s\n\nThe newest changes are not on disk yet and would be lost.", sentence(err)))
	label.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustomConfirm(lang.T("Not everything is saved"), lang.T("Quit and lose them"), lang.T("Keep Corkboard open"), label, func(quit bool) {
		if quit {
			w.quit()
		}
	}, w.win)
	d.Resize(fyne.NewSize(460, 220))
	d.Show()
}

// quit ends the program. Fyne's Quit can hang while work is being posted, so
// a watchdog ends the process; everything is on disk by then.
func (w *Window) quit() {
	w.frames.Close()
	time.AfterFunc(2*time.Second, func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = w.app.Close(ctx)
		os.Exit(0)
	})
	w.fyne.Quit()
}

// titleOf is the title of an open document, for messages.
func (w *Window) titleOf(id docID) string {
	h := w.env.Docs.Open(id, w.env.Registry.Face(cards.KindBoard).View)
	defer h.Close()
	if b, ok := h.Snapshot().Value.(*board.Board); ok && b != nil && b.Title != "" {
		return b.Title
	}
	return lang.T("Untitled board")
}
