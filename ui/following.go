package ui

import (
	"image/color"
	"math"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/renderers"
	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

const (
	followEdge = 3   // width of the frame
	followRoom = 360 // for the words
	followText = 13
	followHigh = 28
)

// following keeps the camera where somebody else's is, until this person's hand takes it
// back. A frame in their colour says so. UI goroutine only.
type following struct {
	w      *Window
	object *fyne.Container
	edges  [4]*canvas.Rectangle
	banner *followBanner

	person  app.Person // "": nobody
	look0   renderers.PersonLook
	cancel  func()
	due     atomic.Bool
	opening bool       // the board that opens is theirs
	size    board.Size // of the window when goal was found
	goal    board.Camera
	aimed   bool // goal is where the camera is or glides to
}

func newFollowing(w *Window) *following {
	f := &following{w: w, banner: newFollowBanner()}
	f.banner.tapped = func() { f.end() }
	objects := []fyne.CanvasObject{f.banner}
	for i := range f.edges {
		f.edges[i] = canvas.NewRectangle(color.Transparent)
		objects = append(objects, f.edges[i])
	}
	f.object = container.New(followLayout{f}, objects...)
	f.object.Hide()
	return f
}

// begin follows a person; who was followed before is not any more.
func (f *following) begin(m app.Member) {
	f.end()
	f.person, f.look0, f.aimed = m.Person, lookOf(m), false
	f.cancel = f.w.together.SubscribeWhere(func() {
		if !f.due.Swap(true) {
			f.w.frames.Add(f.step)
		}
	})
	f.object.Show()
	f.draw(false)
	f.step()
}

// end gives the camera back, and reports whether somebody was followed.
func (f *following) end() bool {
	if f.person == "" {
		return false
	}
	f.cancel()
	f.person, f.cancel = "", nil
	if v := f.w.board; v != nil {
		v.Follows = board.Rect{}
	}
	f.object.Hide()
	return true
}

// of reports whether a person is followed.
func (f *following) of(p app.Person) bool { return p != "" && f.person == p }

// look ends with the one who is followed: they may have gone.
func (f *following) look() {
	if f.person == "" {
		return
	}
	m, ok := f.w.together.OnBoard(f.w.boardID(), f.person)
	if !ok || !m.Here || m.Blocked {
		f.w.notices.say(lang.Tf("%s is not here any more.", short(f.look0.Name, 40)))
		f.end()
		return
	}
	if now := lookOf(m); now != f.look0 {
		f.look0 = now
	}
	f.step()
}

// step goes where they are.
func (f *following) step() {
	f.due.Store(false)
	w := f.w
	if f.person == "" || w.modal != nil {
		return
	}
	on, ok := w.together.Where(f.person)
	if !ok {
		f.draw(true)
		return
	}
	if w.board == nil || w.board.Live.ID() != on {
		f.opening = true
		w.Open(on, cards.KindBoard)
		f.opening = false
		f.aimed = false
	}
	f.draw(false)
	view, ok := f.theirs()
	v := w.board
	if !ok || v == nil || v.Session.Viewport == (board.Size{}) {
		return
	}
	f.size = v.Session.Viewport
	v.Follows = view
	goal := showing(view, f.size)
	if f.aimed && alike(goal, f.goal) {
		return
	}
	f.goal, f.aimed = goal, true
	w.glide(goal)
	f.goal = v.Session.Target() // as far as a camera can go there
}

// theirs is what they see on the board that is shown; ok is false while they look at
// something else, such as a card in full.
func (f *following) theirs() (view board.Rect, ok bool) {
	room := f.w.env.Room(f.w.board.Live.ID())
	if room == nil {
		return board.Rect{}, false
	}
	for _, o := range room.Others() {
		seen := o.Does.View
		if o.Person == string(f.person) && seen.W > 0 && seen.H > 0 && (!ok || o.Active) {
			view, ok = seen, true
		}
	}
	return view, ok
}

// showing is the camera that shows all of an area in a window, as large as it can be.
func showing(r board.Rect, size board.Size) board.Camera {
	zoom := min(size.W/r.W, size.H/r.H)
	zoom = min(max(zoom, board.MinZoom), board.MaxZoom)
	return board.Camera{Zoom: zoom, Origin: r.Center().Sub(board.Point{X: size.W / 2, Y: size.H / 2}.Scale(1 / zoom))}
}

// What is told of a view is rounded: smaller differences are none.
const (
	alikeZoom  = 0.003 // of the zoom
	alikePlace = 2     // screen units
)

// alike reports whether two cameras show the same for who looks.
func alike(a, b board.Camera) bool {
	by := a.Origin.Sub(b.Origin).Scale(a.Zoom)
	return math.Abs(a.Zoom/b.Zoom-1) <= alikeZoom && math.Abs(by.X) <= alikePlace && math.Abs(by.Y) <= alikePlace
}

// input ends with what a hand does on the board.
func (f *following) input(e board.Event) {
	switch e.(type) {
	case board.PointerDown, board.Wheel:
		f.end()
	}
}

// check ends when something else has moved the camera: a key, the minimap, a search. It
// is called for each frame.
func (f *following) check(v *renderers.BoardView) {
	if f.person == "" || !f.aimed {
		return
	}
	switch {
	case v.Session.Viewport != f.size:
		f.aimed = false
		f.w.frames.Add(f.step)
	case v.Session.Target() != f.goal:
		f.end()
	}
}

// shown ends when this person goes to another place.
func (f *following) shown() {
	f.aimed = false
	if !f.opening {
		f.end()
	}
}

// draw says whom, and that they are away.
func (f *following) draw(away bool) {
	fill, ink := paint.PersonInks(f.look0.Colour, f.w.env.Palette())
	words := lang.Tf("Following %s", f.look0.Name)
	if away {
		words = lang.Tf("Following %s, who is on no board that you share", f.look0.Name)
	}
	words = fitText(words, followText, fyne.TextStyle{Bold: true}, followRoom) + "  ·  Esc"
	if f.banner.words.Text == words && f.banner.ground.FillColor == color.Color(fill) {
		return
	}
	f.banner.words.Text, f.banner.words.Color, f.banner.ground.FillColor = words, ink, fill
	for _, e := range f.edges {
		e.FillColor = fill
	}
	f.banner.Refresh()
	f.object.Refresh()
}

// followLayout puts the edges around the board and the banner at its top.
type followLayout struct{ f *following }

// MinSize implements fyne.Layout.
func (followLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (l followLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	e := l.f.edges
	put := func(i int, x, y, w, h float32) {
		e[i].Move(fyne.NewPos(x, y))
		e[i].Resize(fyne.NewSize(w, h))
	}
	put(0, 0, 0, size.Width, followEdge)
	put(1, 0, size.Height-followEdge, size.Width, followEdge)
	put(2, 0, followEdge, followEdge, size.Height-2*followEdge)
	put(3, size.Width-followEdge, followEdge, followEdge, size.Height-2*followEdge)
	m := l.f.banner.MinSize()
	l.f.banner.Resize(m)
	l.f.banner.Move(fyne.NewPos((size.Width-m.Width)/2, followEdge))
}

// followBanner says who is followed; a click ends it.
type followBanner struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	words  *canvas.Text
	tapped func()
}

func newFollowBanner() *followBanner {
	b := &followBanner{ground: canvas.NewRectangle(color.Transparent), words: canvas.NewText("", color.Black)}
	b.ground.BottomLeftCornerRadius, b.ground.BottomRightCornerRadius = 8, 8
	b.words.TextSize, b.words.TextStyle.Bold, b.words.Alignment = followText, true, fyne.TextAlignCenter
	b.ExtendBaseWidget(b)
	return b
}

// Tapped implements fyne.Tappable.
func (b *followBanner) Tapped(*fyne.PointEvent) { b.tapped() }

// Cursor implements desktop.Cursorable.
func (*followBanner) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (b *followBanner) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(b.ground, container.New(inset{14, (followHigh - 18) / 2}, b.words)))
}
