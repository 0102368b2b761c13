package renderers

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/doc"
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
	tiling   *tiling
	others   *others // nil where nobody else can be
	below    int     // objects under what others do

	view     board.View
	pins     map[board.CardID]*pin
	watched  map[doc.ID]*watched
	players  map[board.CardID]*playing
	objects  []fyne.CanvasObject
	near     []*board.Card // reused by paintNear
	decor    *decor
	edit     *editing
	word     *wordEdit
	wantEdit board.CardID           // to be edited once it has arrived
	ahead    []func(fyne.Focusable) // typed before that
	key      fyne.KeyName           // typed last
	command  bool                   // a key has asked for a card; its letter is still to come
	cursor   desktop.Cursor
	motion   *fyne.Animation
	rest     *time.Timer
	moving   bool
	closed   bool
	heir     *BoardView    // see HandOn
	followed bool          // the layout has seen a board that is no longer loading
	due      bool          // a Sync is on its way
	around   surroundings  // as of the last Sync
	frame    uint64        // counts refreshes, for the picture budget
	now      atomic.Uint64 // the same, for painters
	synced   time.Time
	looked   time.Time   // when the board document was followed last
	looking  bool        // it will be soon
	hand     time.Time   // of the last input
	building bool        // the first layout of a large board is being made
	changes  atomic.Bool // the board document has changed since the last Sync
	uploads  uploads
	coming   comings
	living   livings
	fresh    int // pins made in this frame
	mods     board.Mods
	pointer  board.Point
	over     bool // the pointer is over the board
	buttons  int
	// Painted is called once, when every card in view has its picture.
	Painted func()
	// OnView is called at the end of every Sync, OnOverview when there is a new
	// Overview. UI goroutine.
	OnView, OnOverview func()
	OnOthers           func() // others show something else
	// OnKey and OnShortcut are the window's own keys, asked before the board's;
	// true means that the key was used. UI goroutine.
	OnKey      func(*fyne.KeyEvent) bool
	OnShortcut func(fyne.Shortcut) bool
	// OnInput is told each event before the board takes it. UI goroutine.
	OnInput func(board.Event)
	// Follows is the view of somebody else that this one follows; it is told to others in
	// place of its own, so that two who follow each other stand still. Zero: nobody's.
	Follows board.Rect
	// ShowGrid draws the grid, ShowMap says that the Overview is seen by somebody.
	// Sync follows a change.
	ShowGrid, ShowMap bool
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
	v.Layout = newLayout(env)
	v.Session = board.NewSession(string(env.NewID()))
	v.Session.Hot = v.hotAt
	v.Session.Scrolls = v.scrolls
	v.Session.KeepRatio = func(kind string) bool { return env.Registry.Face(kind).Info.KeepsRatio }
	v.Session.AutoHeight = func(kind string) bool { return env.Registry.Face(kind).Info.AutoHeight }
	v.Session.EditsInPlace = func(kind string) bool { return env.Registry.Face(kind).Info.EditsInPlace }
	v.frames.Slow = env.Slow
	v.coming.v = v
	v.living.env, v.living.board, v.living.cards = env, v.Live.ID(), map[board.CardID]living{}
	v.tiling = newTiling(v)
	v.decor = newDecor(func() { v.On(board.Key{Name: "1", Mods: board.Shift, Down: true}) })
	v.decor.said.v = v
	v.others = newOthers(v)
	v.ExtendBaseWidget(v)
	v.unsub = v.Live.Subscribe(v.boardChanged)
	v.changes.Store(true)
	v.Sync()
	v.others.look()
	return v
}

// Close ends the editor and gives all documents back.
func (v *BoardView) Close() {
	if v.closed {
		return
	}
	v.stopEdit()
	v.word.finish(true)
	v.closed = true
	v.unsub()
	v.others.close()
	v.frames.Close()
	v.animate(false)
	if v.rest != nil {
		v.rest.Stop()
	}
	if v.coming.timer != nil {
		v.coming.timer.Stop()
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
	v.tiling.close()
	v.Live.Close()
}

// On feeds one event to the board and carries out what follows.
func (v *BoardView) On(e board.Event) {
	if v.closed {
		if v.heir != nil {
			v.heir.On(e)
		}
		return
	}
	if slow := v.env.Slow; slow != nil {
		defer measure(slow, v.env.Now, e)()
	}
	v.hand = v.env.Now()
	if v.OnInput != nil {
		v.OnInput(e)
	}
	before := v.Session.Camera
	v.carryAll(v.Session.On(e, v.Layout), before)
	v.others.tell()
}

// Perform does what a row of board.Conventions does, whatever its keys.
func (v *BoardView) Perform(id string) {
	if !v.closed {
		before := v.Session.Camera
		v.carryAll(v.Session.Perform(id, v.Layout), before)
	}
}

// HandOn gives the rest of a drag that began here to the view that took this
// one's place: the toolkit goes on telling this one.
func (v *BoardView) HandOn(to *BoardView) {
	v.heir = to
	v.buttons, to.buttons = 1, 1 // losing the focus has forgotten it
	to.pointer, to.mods = v.pointer, v.mods
}

func (v *BoardView) carryAll(effects []board.Effect, before board.Camera) {
	repaint := false
	for _, effect := range effects {
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
		v.do(e.Command)
	case board.StartEdit:
		v.startEdit(e)
	case board.StopEdit:
		v.stopEdit()
	case board.EditLabel:
		v.editLabel(e.ID)
	case board.EditTitle:
		v.Rename(e.ID)
	case board.Tap:
		v.tap(e)
	case board.Scroll:
		v.scroll(e)
	case board.Cursor:
		v.cursor = cursorNamed(e.Name)
	default:
		v.host.Effect(v, e)
	}
}

// do carries out a command.
func (v *BoardView) do(c doc.Command[*board.Board]) { v.follows(v.Live.Do(c)) }

// follows lets the person know why an edit is refused.
func (v *BoardView) follows(r doc.Receipt) {
	if v.env.Refused == nil {
		return
	}
	go func() {
		err := r.Applied(context.Background())
		if err != nil && !errors.Is(err, doc.ErrNothing) && !errors.Is(err, doc.ErrGone) {
			v.env.Refused(err)
		}
	}()
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

// Layout is called also when anything in the window wants another size.
func (r boardRenderer) Layout(s fyne.Size) {
	if size := (board.Size{W: float64(s.Width), H: float64(s.Height)}); size != r.v.Session.Viewport {
		r.v.On(board.Resized{Size: size})
	}
}

// Refresh is called when the theme changes.
func (r boardRenderer) Refresh() {
	for _, p := range r.v.pins {
		p.stale = true
	}
	r.v.tiling.restale()
	r.v.Sync()
}
