package renderers

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
)

// restAfter is how long the camera stands still before detail is sharpened.
const restAfter = 140 * time.Millisecond

// BoardHost is the window around a board.
type BoardHost interface {
	// Effect takes what the board cannot do itself: menus, the clipboard, new
	// documents, navigation, undo.
	Effect(v *BoardView, e board.Effect)
}

// BoardView draws one board and lets a hand work on it. It belongs to the UI
// goroutine; documents and painters reach it through Frames.
type BoardView struct {
	widget.BaseWidget
	Live    *doc.Live[*board.Board]
	Session *board.Session
	Layout  *board.Layout

	env      *Env
	host     BoardHost
	frames   *Frames
	painters *Painters
	unsub    func()

	view     board.View
	pins     map[board.CardID]*pin
	watched  map[doc.ID]*watched
	players  map[board.CardID]*playing
	objects  []fyne.CanvasObject
	decor    *decor
	edit     *editing
	wantEdit board.CardID           // to be edited once it has arrived
	ahead    []func(fyne.Focusable) // typed before that
	command  bool                   // a key has asked for a card; its letter is still to come
	cursor   desktop.Cursor
	motion   *fyne.Animation
	rest     *time.Timer
	moving   bool
	closed   bool
	followed bool         // the layout has seen a board that is no longer loading
	due      bool         // a Sync is on its way
	around   surroundings // as of the last Sync
	frame    uint64       // counts refreshes, for the picture budget
	pixels   int          // bytes of pictures that pins hold
	mods     board.Mods
	pointer  board.Point
	buttons  int
	// Painted is called once, when every card in view has its picture.
	Painted func()
}

// NewBoardView opens a board. Close it when it is no longer shown.
func NewBoardView(env *Env, host BoardHost, painters *Painters, id doc.ID) *BoardView {
	v := &BoardView{
		env: env, host: host, painters: painters,
		frames:  NewFrames(env.Post, env.Now),
		Live:    doc.Open[*board.Board](env.Docs, id, "board", board.Codec{}),
		pins:    map[board.CardID]*pin{},
		watched: map[doc.ID]*watched{},
		players: map[board.CardID]*playing{},
		cursor:  desktop.DefaultCursor,
	}
	v.Layout = board.NewLayout(func(kind string) board.Size {
		s := env.Registry.Face(kind).Info.Size
		return board.Size{W: s.W, H: s.H}
	})
	v.Session = board.NewSession(string(env.NewID()))
	v.Session.Hot = v.hotAt
	v.Session.KeepRatio = func(kind string) bool { return env.Registry.Face(kind).Info.KeepsRatio }
	v.Session.AutoHeight = func(kind string) bool { return env.Registry.Face(kind).Info.AutoHeight }
	v.Session.EditsInPlace = func(kind string) bool { return env.Registry.Face(kind).Info.EditsInPlace }
	v.decor = newDecor(func() { v.On(board.Key{Name: "1", Mods: board.Shift, Down: true}) })
	v.ExtendBaseWidget(v)
	v.unsub = v.Live.Subscribe(func() { v.frames.Add(v.follow) })
	v.follow()
	return v
}

// Close ends the editor and gives all documents back.
func (v *BoardView) Close() {
	if v.closed {
		return
	}
	v.stopEdit()
	v.closed = true
	v.unsub()
	v.frames.Close()
	v.animate(false)
	if v.rest != nil {
		v.rest.Stop()
	}
	for _, pl := range v.players {
		pl.end()
	}
	for _, p := range v.pins {
		v.unpin(p)
	}
	for _, w := range v.watched {
		w.cancel()
		w.handle.Close()
	}
	v.Live.Close()
}

// follow takes the newest board document over.
func (v *BoardView) follow() {
	if v.closed {
		return
	}
	s := v.Live.Snapshot()
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
	v.Sync()
}

// On feeds one event to the board and carries out what follows.
func (v *BoardView) On(e board.Event) {
	if v.closed {
		return
	}
	before, repaint := v.Session.Camera, false
	for _, effect := range v.Session.On(e, v.Layout) {
		if _, ok := effect.(board.Repaint); ok {
			repaint = true
			continue
		}
		v.carry(effect)
	}
	if v.Session.Camera != before {
		repaint = true
		v.move()
	}
	if repaint {
		v.Sync()
	}
	v.animate(v.Session.Animating())
}

func (v *BoardView) carry(e board.Effect) {
	switch e := e.(type) {
	case board.Do:
		v.Live.Do(e.Command)
	case board.StartEdit:
		v.startEdit(e)
	case board.StopEdit:
		v.stopEdit()
	case board.Tap:
		v.tap(e)
	case board.Cursor:
		v.cursor = cursorNamed(e.Name)
	default:
		v.host.Effect(v, e)
	}
}

// move notes that the camera moved: detail is frozen until it rests.
func (v *BoardView) move() {
	v.moving = true
	if v.rest == nil {
		v.rest = time.AfterFunc(restAfter, func() {
			v.frames.Add(func() {
				v.moving = false
				v.Sync()
			})
		})
	} else {
		v.rest.Reset(restAfter)
	}
}

// animate runs ticks while the camera glides or the edge scrolls.
func (v *BoardView) animate(on bool) {
	if !on {
		if v.motion != nil {
			v.motion.Stop()
			v.motion = nil
		}
		return
	}
	if v.motion != nil {
		return
	}
	v.motion = fyne.NewAnimation(time.Hour, func(float32) {
		v.On(board.Tick{Millis: v.millis()})
	})
	v.motion.Start()
}

func (v *BoardView) millis() int64 { return v.env.Now().UnixMilli() }

// hotAt tells the session where a card takes clicks itself.
func (v *BoardView) hotAt(c *board.Card, at board.Point) bool {
	if p := v.pins[c.ID]; p != nil {
		for _, h := range p.hot {
			if h.Rect.Contains(float32(at.X), float32(at.Y)) {
				return true
			}
		}
	}
	return false
}

// tap answers a click on a ticked box, a link and the like.
func (v *BoardView) tap(e board.Tap) {
	p := v.pins[e.ID]
	if p == nil || p.handle == nil {
		return
	}
	for _, h := range p.hot {
		if h.Rect.Contains(float32(e.At.X), float32(e.At.Y)) {
			h.Do(v.env, p.handle)
			return
		}
	}
}

// surroundings are what is the same for all cards of one Sync.
type surroundings struct {
	pal   paint.Palette
	today string
	scale float32 // pixels of the screen per Fyne unit
}

// later syncs once for all that arrives until then.
func (v *BoardView) later() {
	if v.due {
		return
	}
	v.due = true
	v.frames.Add(func() {
		v.due = false
		v.Sync()
	})
}

// Sync brings what is on screen in line with the session and the documents.
func (v *BoardView) Sync() {
	if v.closed {
		return
	}
	v.frame++
	v.around = surroundings{pal: v.env.Palette(), today: v.env.Now().Format("2006-01-02"), scale: screenScale(v)}
	if id := v.wantEdit; id != "" && v.arrived(id) {
		v.wantEdit = ""
		v.startEdit(board.StartEdit{ID: id, End: true})
	}
	board.Project(v.Session, v.Layout, &v.view)
	v.objects = append(v.objects[:0], v.decor.ground(v))
	waiting := 0
	for i := range v.view.Cards {
		if !v.place(&v.view.Cards[i]) {
			waiting++
		}
	}
	v.rested()
	v.placeEditor()
	v.objects = v.decor.above(v, v.objects)
	v.trim()
	if waiting == 0 && v.Size().Height > 0 && v.Painted != nil && v.followed {
		done := v.Painted
		v.Painted = nil
		done()
	}
	dirty(v)
}

// arrived reports whether a card is on the board and its document is open.
func (v *BoardView) arrived(id board.CardID) bool {
	c := v.Live.Snapshot().Value.Card(id)
	return c != nil && v.pinFor(c).snapshot().State == doc.Ready
}

// Value is what a card in view shows; nil when it is not in view or not there.
func (v *BoardView) Value(id board.CardID) any {
	if p := v.pins[id]; p != nil {
		return p.snapshot().Value
	}
	return nil
}

// View is what was projected last; valid until the next Sync.
func (v *BoardView) View() *board.View { return &v.view }

// Pointer is where the pointer was last seen, in screen units of the view.
func (v *BoardView) Pointer() board.Point { return v.pointer }

type boardRenderer struct{ v *BoardView }

// CreateRenderer implements fyne.Widget.
func (v *BoardView) CreateRenderer() fyne.WidgetRenderer { return boardRenderer{v} }

func (r boardRenderer) Destroy()                     {}
func (r boardRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, 150) }
func (r boardRenderer) Objects() []fyne.CanvasObject { return r.v.objects }

func (r boardRenderer) Layout(s fyne.Size) {
	r.v.On(board.Resized{Size: board.Size{W: float64(s.Width), H: float64(s.Height)}})
}

// Refresh is called when the theme changes.
func (r boardRenderer) Refresh() {
	for _, p := range r.v.pins {
		p.stale = true
	}
	r.v.Sync()
}
