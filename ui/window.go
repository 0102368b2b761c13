package ui

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/app"
	"corkboard/app/clipper"
	"corkboard/app/workspaces"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// Window shows one place at a time: a board, or a document in full.
type Window struct {
	app      *app.App
	fyne     fyne.App
	win      fyne.Window
	env      *renderers.Env
	painters *renderers.Painters
	frames   *renderers.Frames

	trail     *trail
	bar       *titleBar
	notices   *notices
	corner    *corner
	tip       *tip
	body      *fyne.Container
	ground    *ground              // behind the board; nil in tests
	scaleBase float64              // the size of the interface that 100 % is
	frame     *fyne.Container      // of title bar and body
	board     *renderers.BoardView // when a board is shown
	full      *shownDocument       // when another document is
	closing   bool
	torn      bool   // it was told that the database is damaged
	cut       string // what Cut put on the clipboard last

	keyless   bool            // nothing can be written, for lack of keys
	modal     *modal          // over everything, nil when there is none
	keys      *board.Keymap   // nil is the table
	listening []fyne.Shortcut // of the canvas, for keys
	quiet     bool            // nothing but the board is shown
	hinted    bool            // how to leave that was said
	sought    string          // what was searched for last
	present   place           // what is shown
	shown     string          // its title
	awaited   board.CardID    // to be gone to once it is there
	chosen    []board.CardID  // to be selected once they are there
	flew      bool            // to a card, by the palette that is shown
	times     *frameTimes     // nil while nobody looks

	inView   map[doc.ID]time.Time // what others have changed, and since when
	unfollow func()               // ends following that

	together  Together    // who shares boards; nil is nobody
	apart     func()      // ends following them
	peopleDue atomic.Bool // they will be followed soon
	followed  time.Time   // when they were last
	waiting   *waiting    // for somebody who has what is shown
	comments  *comments   // on a card or the board

	sound    *speaker
	soundDue atomic.Bool // what plays has changed and will be shown
	note     *voiceNote  // while it is spoken

	past      *pastView       // nil while the present is shown
	pastRow   *fyne.Container // below the board
	shrinks   shrinks         // of the board that is shown
	following *following      // the view of somebody else
	asked     map[asked]bool  // who has been invited and has not answered

	places workspaces.Places          // zero: there is one alone
	start  func(profile string) error // opens another

	clipper func() (clipper.Setup, error) // how browsers are told of the program
}

// shownDocument is an open document in its full view.
type shownDocument struct {
	full   renderers.Full
	handle doc.Handle
	cancel func()
}

func newWindow(a *app.App, f fyne.App, env *renderers.Env) *Window {
	w := &Window{app: a, fyne: f, env: env, scaleBase: 1, painters: renderers.NewPainters(), clipper: clipper.ThisSetup}
	w.frames = renderers.NewFrames(env.Post, env.Now)
	w.sound = &speaker{w: w}
	env.Sound = w.sound
	w.frames.Slow = env.Slow
	w.win = f.NewWindow("Corkboard")
	w.win.SetPadded(false)
	w.trail = newTrail(place{a.Home(), cards.KindBoard})
	w.tip = newTip(env)
	w.bar = newTitleBar(w)
	w.notices = newNotices(env)
	w.corner = newCorner(w)
	w.body = container.NewStack()
	w.waiting = newWaiting(w)
	w.comments = newComments(w)
	w.pastRow = container.NewStack()
	w.pastRow.Hide()
	w.following = newFollowing(w)
	w.frame = container.New(stacked{grow: 1}, w.bar.object, container.NewStack(w.body, w.waiting.object, w.following.object, w.corner.object, w.comments.object, w.notices.object, w.tip.object), w.pastRow)
	w.win.SetContent(w.frame)
	size := a.Device().Window
	if size.W < 400 || size.H < 300 {
		size.W, size.H = 1280, 800
	}
	w.win.Resize(fyne.NewSize(float32(size.W), float32(size.H)))
	w.win.SetOnDropped(w.dropped)
	w.win.SetCloseIntercept(w.close)
	w.addShortcuts()
	w.reloadKeys(false)
	w.joinUnseen()
	a.SubscribeStatus(func() { w.frames.Add(w.followStatus) })
	return w
}

// followStatus looks at what may have changed in the store.
func (w *Window) followStatus() {
	w.bar.saved.follow()
	w.followKeys()
	w.followDamage()
}

// followDamage tells that the profile's database is damaged, once.
func (w *Window) followDamage() {
	if why := w.app.Torn(); why != nil && !w.torn {
		w.torn = true
		w.notices.line(sentence(why), true, untilRead)
	}
}

// Open goes to a document.
func (w *Window) Open(id doc.ID, kind string) {
	if kind == cards.KindContact {
		w.showContact(id)
		return
	}
	w.keepSight()
	w.trail.open(place{id, kind})
	w.show()
}

// Board is the board that is shown; nil when another document is.
func (w *Window) Board() *renderers.BoardView { return w.board }

// Fyne is the window of the toolkit.
func (w *Window) Fyne() fyne.Window { return w.win }

// Back goes where the person was before, and looks at it as they did.
func (w *Window) Back() { w.turn(w.trail.back) }

// Forward takes Back back.
func (w *Window) Forward() { w.turn(w.trail.forward) }

func (w *Window) turn(step func() bool) {
	was := w.trail.here()
	w.keepSight()
	if !step() {
		return
	}
	if s := w.trail.seen; w.board == nil || w.trail.here() != was || s == nil {
		w.show()
	} else {
		w.board.Session.Select(s.selected...)
		w.glide(s.camera)
		w.bar.steps()
	}
}

// keepSight keeps in the trail how the board is looked at.
func (w *Window) keepSight() {
	if v := w.board; v != nil {
		w.trail.leave(sight{v.Session.Camera, v.Session.Selection.First(maxChosen)})
	}
}

// maxChosen is how many selected cards are selected again.
const maxChosen = 1000

// show puts the trail's place into the window.
func (w *Window) show() {
	w.closeModal()
	w.leave()
	w.win.Canvas().Unfocus() // what had the focus is gone
	here := w.trail.here()
	w.present, w.shown = here, ""
	w.beginLooks(here)
	w.env.ReadOnly = w.refusal() != nil || w.reads()
	if here.kind == cards.KindBoard {
		w.board = renderers.NewBoardView(w.env, w, w.painters, here.id)
		w.applySettings(w.board)
		w.board.Session.Elsewhere = w.bar.elsewhere(w.board)
		w.board.OnKey, w.board.OnShortcut, w.board.OnInput = w.boardKey, w.boardShortcut, w.following.input
		if c, ok := w.app.Device().Cameras[string(here.id)]; ok {
			w.board.Session.Camera = c
		}
		w.chosen = nil
		if s := w.trail.seen; s != nil {
			w.board.Session.Camera, w.chosen = s.camera, s.selected
		}
		w.body.Objects = []fyne.CanvasObject{w.board}
		w.app.UpdateDevice(func(d *app.Device) { d.Current = here.id })
	} else {
		w.ground.clear()
		w.body.Objects = []fyne.CanvasObject{w.showFull(here)}
	}
	w.body.Refresh()
	w.bar.show()
	w.corner.attach()
	w.waiting.follow()
	w.following.shown()
	if w.board != nil {
		w.win.Canvas().Focus(w.board)
		w.board.Sync()
	}
}

func (w *Window) showFull(p place) fyne.CanvasObject {
	face := w.env.Registry.Face(p.kind)
	h := w.env.Docs.Open(p.id, face.View)
	s := &shownDocument{handle: h}
	w.full = s
	if face.Full == nil {
		s.cancel = func() {}
		return unknownDocument(lang.Below(face.Info.Label))
	}
	s.full = renderers.OpenFull(w.env, p.id, face, h)
	s.cancel = h.Subscribe(func() {
		w.frames.Add(func() {
			if w.full == s {
				s.full.Show(h.Snapshot())
				w.waiting.follow()
			}
		})
	})
	s.full.Show(h.Snapshot())
	return s.full.Object()
}

// leave closes what is shown, keeps the camera, and remembers that it was looked at.
func (w *Window) leave() {
	w.endLooks()
	if r := (app.Recent{ID: w.present.id, Kind: w.present.kind, Title: w.shown}); r.ID != "" && r.Title != "" {
		w.app.UpdateDevice(func(d *app.Device) { d.Looked(r) })
	}
	w.comments.close()
	if v := w.board; v != nil {
		id, camera := string(v.Live.ID()), v.Session.Camera
		w.app.UpdateDevice(func(d *app.Device) { d.Cameras[id] = camera })
		v.Close()
		w.board = nil
	}
	w.endPast()
	if s := w.full; s != nil {
		if s.full != nil {
			s.full.Close()
		}
		s.cancel()
		s.handle.Close()
		w.full = nil
	}
}

// synced follows what a board has just drawn. It is called for each frame of a
// drag and does as little as it can.
func (w *Window) synced(v *renderers.BoardView) {
	if w.board != v {
		return
	}
	w.bar.note(v)
	if w.past != nil {
		w.past.follow()
	} else {
		w.lookAt(v)
		w.watchCards(v)
	}
	w.following.check(v)
	if w.bar.lit != nil && !v.Session.Dragging() {
		w.bar.light(nil)
	}
	if w.awaited != "" {
		w.arrived()
	}
	if len(w.chosen) > 0 && v.Layout.Len() > 0 {
		v.Session.Select(w.chosen...)
		w.chosen = nil
		v.Sync()
	}
	if w.waiting.object.Visible() {
		w.waiting.follow()
	}
}

// boardID is the board that is shown, or the innermost one on the way here.
func (w *Window) boardID() doc.ID {
	for i := len(w.trail.way) - 1; i >= 0; i-- {
		if w.trail.way[i].kind == cards.KindBoard {
			return w.trail.way[i].id
		}
	}
	return w.app.Home()
}

// middle is the centre of what the board shows, in board units.
func (w *Window) middle() board.Point {
	if w.board == nil {
		return board.Point{X: 80, Y: 80}
	}
	s := w.board.Size()
	return w.board.Session.Camera.ToBoard(board.Point{X: float64(s.Width) / 2, Y: float64(s.Height) / 2})
}

// work runs f on a goroutine and tells the person what went wrong.
func (w *Window) work(f func(ctx context.Context) error) {
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		if err := f(ctx); err != nil {
			w.tell(err)
		}
	}()
}

// tell shows an error. Any goroutine.
func (w *Window) tell(err error) {
	if words := sentence(err); words != "" {
		w.frames.Add(func() { w.notices.warn(words) })
	}
}
