package board

// Thresholds of the hand.
const (
	dragPixels   = 4   // a press becomes a drag
	doubleMillis = 400 // from press to press
	doublePixels = 6
)

// Session is one window on one board: camera, selection, gesture. Nothing of
// it is stored with the board. It belongs to the UI goroutine.
type Session struct {
	Camera    Camera
	Viewport  Size // screen pixels; told by Resized
	Selection Selection
	Hover     CardID // under the pointer
	Editing   CardID // under the live editor

	Drawing bool // the pen is in the hand
	Pen     Pen

	Snap        bool    // to the grid
	Guides      bool    // snap to edges, middles and gaps of other cards; wins over the grid
	WheelZooms  bool    // the wheel zooms, with Mod it pans
	NoPlainKeys bool    // letters and signs do nothing without Mod or Alt
	NoGlide     bool    // camera moves jump
	Keys        *Keymap // nil: as Conventions says

	// KeepRatio tells the kinds that keep width : height when resized; nil
	// means pictures.
	KeepRatio func(kind string) bool
	// EditsInPlace tells the kinds that a double-click edits on the board; the
	// others are opened. nil means text and todo.
	EditsInPlace func(kind string) bool
	// AutoHeight tells the kinds that stay as high as their content when they
	// are made wider; nil means none.
	AutoHeight func(kind string) bool
	// Hot tells if a place on a card, in board units from its corner, takes
	// clicks: a tick, a link. There a double-click is two Taps. nil is nowhere.
	Hot func(c *Card, at Point) bool
	// Scrolls tells the cards that have more content than they show: the wheel
	// scrolls one when it is selected. nil means none.
	Scrolls func(c *Card) bool
	// Elsewhere tells places outside the board, in its screen pixels, that
	// take dragged cards: a name in the title bar. nil means none.
	Elsewhere func(at Point) bool

	name    string
	out     []Effect
	stopped CardID // its StopEdit is owed
	seen    uint64 // revision of the layout that was looked at

	gesture gesture
	click   click
	space   bool
	mods    Mods
	pointer Point // screen pixels
	over    bool  // the pointer is over the board
	cursor  string

	lasso   lasso
	lines   []Guide  // in board units, of the drag that goes on
	near    []Rect   // reused: what the drag may snap to
	items   []ghost  // reused: what is in the hand,
	grabbed []*entry // as entries
	hold    uint64   // entry.held of what the hand took last
	grouped int      // groups made so far

	ink       stroke
	ports     CardID      // the card that shows dots for connectors
	line      ConnectorID // that is selected,
	lineAt    uint64      // at this revision of the selection, and at no other
	lineOf    CardID      // whose connectors the keys go through
	connected int         // connectors made so far

	dropped  ghosts // where the last drag put things,
	settling bool   // until the document says so too

	glide   Glide
	gliding bool
	begun   int64 // Millis of the glide's first tick, -1 before

	offset   Point  // of the last duplicate, for the next one
	nudging  string // the sort of steps with the keys that was done last, or ""
	again    string // the one before this row
	nudges   int
	nudgedAt uint64 // revision of the selection

	sizing string             // the gesture of steps of size that asked is of
	asked  map[CardID][]Frame // what the layout had, and what each step made of it

	kept   int    // so many cards, the first selected, stay selected on a walk
	keptAt uint64 // at this revision of the selection, and at no other

	around outline // the selection
}

// click remembers a press that may become half of a double-click.
type click struct {
	at     Point
	millis int64
	on     CardID
	line   ConnectorID
	edge   Edge
	ok     bool
}

// NewSession makes a session with snapping on. name makes its gestures unlike
// those of all other sessions, also of earlier runs: see doc.Plan.Gesture.
func NewSession(name string) *Session {
	return &Session{Camera: Camera{Zoom: 1}, Snap: true, Guides: true, Pen: Pen{Width: PenWidths[0]}, name: name}
}

// On takes an event and says what to do, in order. It is deterministic. The
// slice belongs to the session until the next call; the effects may be kept.
func (s *Session) On(e Event, l *Layout) []Effect {
	s.start(l)
	if !sane(e) {
		return s.out
	}
	s.calm(e)
	switch e := e.(type) {
	case PointerDown:
		s.onDown(e, l)
	case PointerMove:
		s.onMove(e, l)
	case PointerUp:
		s.onUp(e, l)
	case PointerOut:
		s.over, s.ports = false, ""
		s.setHover("")
		s.emit(Repaint{})
	case Wheel:
		s.onWheel(e, l)
	case Pinch:
		s.stopGlide()
		s.setCamera(s.Camera.ZoomAt(e.At, e.Factor))
		s.drag(l)
	case Key:
		s.onKey(e, l)
	case Cancel:
		s.space = false
		s.stopGlide()
		s.abort()
	case Resized:
		s.Viewport = Size{max(e.Size.W, 0), max(e.Size.H, 0)}
		s.emit(Repaint{})
	case Tick:
		s.onTick(e, l)
	}
	return s.out
}

// Perform does what a row of Conventions says, as its keys would; see On. It
// does nothing for rows that only the pointer does, and during a drag. An
// editor is left first.
func (s *Session) Perform(id string, l *Layout) []Effect {
	s.start(l)
	row := rowOf(id)
	if row == nil || row.do == nil || s.gesture.kind != idle {
		return s.out
	}
	if id != rowEscape {
		s.stopEdit()
	}
	s.settling = false
	s.run(row, l)
	return s.out
}

// start begins a list of effects.
func (s *Session) start(l *Layout) {
	s.out = s.out[:0]
	s.look(l)
	if s.stopped != "" {
		s.emit(StopEdit{ID: s.stopped})
		s.stopped = ""
	}
}

// Select selects exactly these cards: what was pasted, made, found. They may
// still be on their way to the board.
func (s *Session) Select(ids ...CardID) {
	s.settling = false
	if s.gesture.kind == marquee { // it goes on beside them
		s.gesture.base.only(ids...)
		s.lasso.reset()
	}
	s.Selection.only(ids...)
}

// Edit selects a card and marks it as being edited: the app puts the live
// editor there, as for a StartEdit.
func (s *Session) Edit(id CardID) {
	s.Select(id)
	s.Editing = id
}

// Dragging reports whether a gesture goes on.
func (s *Session) Dragging() bool { return s.gesture.kind != idle }

// look takes notice of a changed layout: what is gone is let go.
func (s *Session) look(l *Layout) {
	if l.revision == s.seen {
		return
	}
	s.seen = l.revision
	s.settling = false
	gone := func(id CardID) bool { _, ok := l.gone[id]; return ok }
	if len(l.gone) > 0 {
		s.Selection.drop(gone)
		s.gesture.base.drop(gone)
	}
	if gone(s.Hover) {
		s.Hover = ""
	}
	if s.Editing != "" && gone(s.Editing) {
		s.stopped, s.Editing = s.Editing, ""
	}
	g := &s.gesture
	switch {
	case g.kind == moving && g.carried:
		s.drag(l)
	case g.kind == moving || g.kind == resizing:
		if s.grab(l) {
			s.drag(l)
		} else {
			s.end()
		}
	case g.kind == pressing && g.card != "" && gone(g.card), (g.kind == pressing || g.kind == connecting) && gone(g.port):
		s.end()
	case g.kind == connecting:
		s.drag(l)
	}
}

// calm forgets what only holds over events that follow each other: a row of
// nudges, a drop that the document has not confirmed.
func (s *Session) calm(e Event) {
	switch e := e.(type) {
	case PointerMove, PointerOut, Tick, Resized:
		return
	case Key:
		if !e.Down {
			return
		}
	default:
		s.nudging = ""
	}
	if _, up := e.(PointerUp); !up {
		s.settling = false
	}
}

func (s *Session) emit(e Effect) { s.out = append(s.out, e) }

func (s *Session) setHover(id CardID) {
	if s.Hover != id {
		s.Hover = id
		s.emit(Repaint{})
	}
}

func (s *Session) setCursor(name string) {
	if s.cursor != name {
		s.cursor = name
		s.emit(Cursor{Name: name})
	}
}

func (s *Session) setCamera(c Camera) {
	if c != s.Camera {
		s.Camera = c
		s.emit(Repaint{})
	}
}

// stopEdit ends editing in place.
func (s *Session) stopEdit() {
	if s.Editing != "" {
		s.emit(StopEdit{ID: s.Editing})
		s.Editing = ""
		s.emit(Repaint{})
	}
}

// enter is what a double-click and Enter do to a card.
func (s *Session) enter(c *Card, at Point, end bool) {
	if !s.edits(c.kind()) {
		s.emit(OpenCard{ID: c.ID})
		return
	}
	s.Selection.only(c.ID)
	s.Editing = c.ID
	s.emit(StartEdit{ID: c.ID, At: at, End: end})
	s.emit(Repaint{})
}

func (s *Session) edits(kind string) bool {
	if s.EditsInPlace != nil {
		return s.EditsInPlace(kind)
	}
	return kind == "text" || kind == "todo"
}

func (s *Session) keepsRatio(kind string) bool {
	if s.KeepRatio != nil {
		return s.KeepRatio(kind)
	}
	return kind == "image"
}

func (s *Session) hot(c *Card, at Point) bool { return s.Hot != nil && s.Hot(c, at) }

// sane keeps numbers out that no hand makes.
func sane(e Event) bool {
	const far = 1e6
	ok := func(p Point) bool { return p.X >= -far && p.X <= far && p.Y >= -far && p.Y <= far }
	switch e := e.(type) {
	case PointerDown:
		return ok(e.At)
	case PointerMove:
		return ok(e.At)
	case PointerUp:
		return ok(e.At)
	case Wheel:
		return ok(e.At) && ok(Point{e.DX, e.DY})
	case Pinch:
		return ok(e.At) && e.Factor > 0 && e.Factor < far
	case Resized:
		return ok(Point{e.Size.W, e.Size.H})
	}
	return e != nil
}
