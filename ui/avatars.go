package ui

import (
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// Measures of the avatars.
const (
	avatarSide  = 26
	avatarRing  = 32
	avatarPitch = 35
	avatarLead  = 8 // before the first
	avatarText  = 11
	maxAvatars  = 5
)

// avatarPace is the least time between two looks at who is there: pointers move
// thirty times a second, persons come and go.
const avatarPace = 100 * time.Millisecond

// avatars are the other persons on the board, each once: initials in their
// colour, a ring around who does something. It is one widget, and changes
// nothing while nobody comes or goes. UI goroutine only.
type avatars struct {
	widget.BaseWidget
	w       *Window
	resized func() // after more or fewer are shown
	tapped  func(a *avatars, i int)

	on     doc.ID
	room   renderers.Room
	cancel func()
	due    atomic.Bool

	people []onBoard
	faces  []*avatar // one more than maxAvatars, which counts the rest
	list   []fyne.CanvasObject
	over   int // under the pointer; -1 is none
}

// onBoard is a person with all their devices.
type onBoard struct {
	person string
	look   renderers.PersonLook
	active bool
}

type avatar struct {
	ring, disc *canvas.Circle
	words      *canvas.Text
	face       *canvas.Image // over both
}

var (
	_ fyne.Tappable      = (*avatars)(nil)
	_ desktop.Hoverable  = (*avatars)(nil)
	_ desktop.Cursorable = (*avatars)(nil)
)

func newAvatars(w *Window, resized func(), tapped func(a *avatars, i int)) *avatars {
	a := &avatars{w: w, resized: resized, tapped: tapped, over: -1}
	a.ExtendBaseWidget(a)
	a.Hide()
	return a
}

// enter follows the persons on a board; "" on none.
func (a *avatars) enter(board doc.ID) {
	if a.on == board {
		return
	}
	if a.room != nil {
		a.cancel()
		a.room.Leave()
	}
	a.on, a.room, a.cancel = board, nil, nil
	if board != "" && a.w.env.Room != nil {
		a.room = a.w.env.Room(board)
	}
	if a.room != nil {
		a.cancel = a.room.Subscribe(func() {
			if !a.due.Swap(true) {
				time.AfterFunc(avatarPace, func() { a.w.frames.Add(a.look) })
			}
		})
	}
	a.look()
}

// stay shows this person as one who is there and does nothing on the board.
func (a *avatars) stay() {
	if a.room != nil {
		a.room.Show(renderers.Presence{})
	}
}

// look shows who is there now.
func (a *avatars) look() {
	a.due.Store(false)
	var now []onBoard
	if a.room != nil {
		now = peopleOf(a.room.Others())
	}
	if slices.Equal(now, a.people) {
		return
	}
	before := a.shown()
	a.people = now
	a.Hidden = len(now) == 0
	a.draw()
	a.hover(-1)
	if a.shown() != before {
		a.resized()
	}
}

// peopleOf names each person once, in the order of the devices.
func peopleOf(all []renderers.Other) (out []onBoard) {
	for _, o := range all {
		i := slices.IndexFunc(out, func(p onBoard) bool { return p.person == o.Person })
		if i < 0 {
			i = len(out)
			out = append(out, onBoard{person: o.Person, look: o.Look})
		}
		out[i].active = out[i].active || o.Active
	}
	return out
}

// shown is how many discs there are.
func (a *avatars) shown() int { return min(len(a.people), maxAvatars+1) }

// draw makes a disc for each person, and one for those who are too many.
func (a *avatars) draw() {
	pal := a.w.env.Palette()
	a.list = a.list[:0]
	for i := range a.shown() {
		if i == len(a.faces) {
			a.faces = append(a.faces, newAvatar())
		}
		f := a.faces[i]
		a.list = append(a.list, f.ring, f.disc, f.words, f.face)
		if i == maxAvatars {
			f.face.Hidden = true
			f.ring.Hidden, f.disc.FillColor, f.words.Color = true, pal.PaperSunk, pal.InkMuted
			f.words.Text = fmt.Sprintf("+%d", len(a.people)-maxAvatars)
			continue
		}
		p := &a.people[i]
		fill, ink := paint.PersonInks(p.look.Colour, pal)
		f.ring.Hidden, f.ring.StrokeColor, f.disc.FillColor, f.words.Color = !p.active, fill, fill, ink
		f.words.Text = paint.Initials(p.look.Name)
		putPortrait(f.face, p.look, avatarSide)
	}
	a.Refresh()
}

func newAvatar() *avatar {
	f := &avatar{ring: canvas.NewCircle(nil), disc: canvas.NewCircle(nil), words: canvas.NewText("", nil), face: canvas.NewImageFromImage(nil)}
	f.ring.StrokeWidth = 2
	f.words.TextSize, f.words.TextStyle.Bold, f.words.Alignment = avatarText, true, fyne.TextAlignCenter
	return f
}

// at is the disc at a place; -1 is none.
func (a *avatars) at(p fyne.Position) int {
	if i := int((p.X - avatarLead) / avatarPitch); p.X >= avatarLead && i < a.shown() {
		return i
	}
	return -1
}

// nameOf says whom a disc stands for.
func (a *avatars) nameOf(i int) string {
	if i < maxAvatars {
		return a.people[i].look.Name
	}
	names := ""
	for _, p := range a.people[i:] {
		if names != "" {
			names += ", "
		}
		names += p.look.Name
	}
	return names
}

// Tapped implements fyne.Tappable.
func (a *avatars) Tapped(e *fyne.PointEvent) {
	if i := a.at(e.Position); i >= 0 {
		a.tapped(a, i)
	}
}

// Cursor implements desktop.Cursorable.
func (a *avatars) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn implements desktop.Hoverable.
func (a *avatars) MouseIn(e *desktop.MouseEvent) { a.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (a *avatars) MouseMoved(e *desktop.MouseEvent) { a.hover(a.at(e.Position)) }

// MouseOut implements desktop.Hoverable.
func (a *avatars) MouseOut() { a.hover(-1) }

// hover says the name of who is under the pointer.
func (a *avatars) hover(i int) {
	if i == a.over {
		return
	}
	a.over = i
	if i < 0 {
		a.w.tip.hide()
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(a)
	a.w.tip.say(a.nameOf(i), at.X+middleOfAvatar(i))
}

// CreateRenderer implements fyne.Widget.
func (a *avatars) CreateRenderer() fyne.WidgetRenderer { return avatarsRenderer{a} }

type avatarsRenderer struct{ a *avatars }

func (r avatarsRenderer) Destroy()                     {}
func (r avatarsRenderer) Objects() []fyne.CanvasObject { return r.a.list }
func (r avatarsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(float32(avatarLead+avatarPitch*r.a.shown()), avatarRing)
}

// Refresh implements fyne.WidgetRenderer.
func (r avatarsRenderer) Refresh() {
	r.Layout(r.a.Size())
	for _, o := range r.a.list {
		canvas.Refresh(o)
	}
	canvas.Refresh(r.a)
}

// Layout implements fyne.WidgetRenderer.
func (r avatarsRenderer) Layout(size fyne.Size) {
	for i, f := range r.a.faces[:r.a.shown()] {
		x, y := middleOfAvatar(i), size.Height/2
		around(f.ring, x, y, avatarRing)
		around(f.disc, x, y, avatarSide)
		around(f.face, x, y, avatarSide)
		h := f.words.MinSize().Height
		f.words.Move(fyne.NewPos(x-avatarSide/2, y-h/2))
		f.words.Resize(fyne.NewSize(avatarSide, h))
	}
}

// middleOfAvatar is where the disc number i is, from the left.
func middleOfAvatar(i int) float32 { return avatarLead + (float32(i)+0.5)*avatarPitch }

// around puts an object around a place.
func around(o fyne.CanvasObject, x, y, side float32) {
	o.Move(fyne.NewPos(x-side/2, y-side/2))
	o.Resize(fyne.NewSquareSize(side))
}
