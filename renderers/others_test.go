package renderers

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
	"corkboard/doc"
)

// pair is a room with one other in it: what this person shows, and what the
// other does.
type pair struct {
	mu    sync.Mutex
	mine  []Presence
	left  bool
	other []Other
	wakes map[int]func()
}

func (p *pair) Show(s Presence) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mine, p.left = append(p.mine, s), false
}

func (p *pair) Leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left = true
}

func (p *pair) Others() []Other {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.other
}

func (p *pair) Subscribe(wake func()) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.wakes)
	p.wakes[n] = wake
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.wakes, n)
	}
}

// does is what the other does now.
func (p *pair) does(does ...Presence) {
	p.mu.Lock()
	p.other = nil
	for _, d := range does {
		p.other = append(p.other, Other{Device: "d", Person: "ada", Look: PersonLook{Name: "Ada Lovelace", Colour: [3]byte{200, 0, 0}}, Does: d})
	}
	var wakes []func()
	for _, f := range p.wakes {
		wakes = append(wakes, f)
	}
	p.mu.Unlock()
	for _, f := range wakes {
		f()
	}
}

// shown is what this person has shown last.
func (p *pair) shown() Presence {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.mine) == 0 {
		return Presence{}
	}
	return p.mine[len(p.mine)-1]
}

// newShared is a table on whose board somebody else may be.
func newShared(t *testing.T) (*table, *pair) {
	p := &pair{wakes: map[int]func(){}}
	return newTable(t, func(e *Env) { e.Room = func(doc.ID) Room { return p } }), p
}

// rest runs what is posted until all that others do is drawn where it is.
func (x *table) rest(what string, holds func() bool) {
	x.t.Helper()
	x.until(what, func() bool {
		if !holds() {
			return false
		}
		x.desk.clock.at = x.desk.clock.at.Add(glideTime)
		x.view.others.tick()
		return true
	})
}

func (x *table) above() []fyne.CanvasObject { return x.view.objects[x.view.below:] }

func TestOthersAreSeenWhereTheyAre(t *testing.T) {
	x, ada := newShared(t)
	ada.does(Presence{Points: true, Pointer: board.Point{X: 200, Y: 250}, Selected: []board.CardID{noteCard, "gone"}, Drag: []board.Rect{{X: 10, Y: 20, W: 30, H: 40}}})
	x.rest("she is drawn", func() bool { return len(x.above()) == 4 })
	note, _ := x.view.Layout.Rect(noteCard)
	outline, ghost := x.above()[0].(*canvas.Rectangle), x.above()[1].(*canvas.Rectangle)
	tag, pointer := x.above()[2].(*canvas.Image), x.above()[3].(*canvas.Image)
	if p := pointer.Position(); p != fyne.NewPos(198, 248) {
		t.Errorf("her pointer is at %v", p)
	}
	if p := outline.Position(); p != fyne.NewPos(float32(note.X)-2, float32(note.Y)-2) {
		t.Errorf("the outline is at %v, the note at %v", p, note)
	}
	if ghost.Position() != fyne.NewPos(10, 20) || ghost.Size() != fyne.NewSize(30, 40) {
		t.Errorf("the ghost is at %v, %v", ghost.Position(), ghost.Size())
	}
	if p := tag.Position(); p.Y+tag.Size().Height > float32(note.Y) || p.X > float32(note.X) {
		t.Errorf("the tag at %v covers the note", p)
	}
	x.settle()
	for x.view.due || len(x.desk.posts) > 0 {
		(<-x.desk.posts)()
	}
	frame := x.view.frame
	ada.does(Presence{Points: true, Pointer: board.Point{X: 300, Y: 250}})
	x.rest("she has moved", func() bool { return len(x.above()) == 1 && x.view.others.list[0].Does.Pointer.X == 300 })
	if p := pointer.Position(); x.above()[0] != fyne.CanvasObject(pointer) || p.X != 298 {
		t.Errorf("her pointer is at %v, or another object", p)
	}
	if x.view.frame != frame {
		t.Error("a pointer that moves costs a look at the cards")
	}
	ada.does(Presence{Typing: todoCard})
	x.rest("she writes", func() bool { return len(x.above()) == 2 })
	ada.does()
	x.rest("she is gone", func() bool { return len(x.above()) == 0 })
}

func TestOthersSeeWhatThisHandDoes(t *testing.T) {
	x, ada := newShared(t)
	theirs := ada.shown
	x.view.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(130, 120)}})
	x.until("the pointer is seen", func() bool { return theirs().Points })
	if s := theirs(); s.Pointer != (board.Point{X: 130, Y: 120}) || s.View.W != 1000 {
		t.Errorf("they see %+v", s)
	}
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	down.Position = fyne.NewPos(130, 120)
	x.view.MouseDown(down)
	x.view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(330, 420)}})
	x.until("the drag is seen", func() bool { return len(theirs().Drag) == 1 })
	note, _ := x.view.Layout.Rect(noteCard)
	if s := theirs(); !reflect.DeepEqual(s.Selected, []board.CardID{noteCard}) || s.Drag[0].X < note.X+150 || s.Drag[0].W != note.W {
		t.Errorf("they see %+v of the note at %v", s, note)
	}
	x.view.On(board.Cancel{})
	x.view.Edit(todoCard)
	x.until("the typing is seen", func() bool { return theirs().Typing == todoCard && theirs().Drag == nil })
	x.view.MouseOut()
	x.until("the pointer has left", func() bool { return !theirs().Points || x.view.buttons > 0 })
	x.view.Close()
	if !ada.left || len(ada.wakes) != 0 {
		t.Error("who closes the board is still there")
	}
}

func TestAFastHandIsToldInSteps(t *testing.T) {
	x, ada := newShared(t)
	before := len(ada.mine)
	for i := range 1000 { // within a moment
		x.view.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(i), 600)}})
	}
	if n := len(ada.mine) - before; n > 1 {
		t.Errorf("%d times within a moment, want once", n)
	}
	x.until("where it stops is told", func() bool { return ada.shown().Pointer.X == 999 })
	if n := len(ada.mine) - before; n > 3 {
		t.Errorf("%d times for one way", n)
	}
}

func TestACrowdStaysSmall(t *testing.T) {
	x, _ := newShared(t)
	x.rest("the table is there", func() bool { return true })
	var all []Other
	for i := range 16 {
		o := Other{Device: fmt.Sprint(i), Look: PersonLook{Name: "N"}}
		o.Does = Presence{Points: true, Pointer: board.Point{X: float64(i), Y: 9}, Selected: []board.CardID{noteCard}}
		for range mostShown {
			o.Does.Drag = append(o.Does.Drag, board.Rect{W: 9, H: 9})
		}
		all = append(all, o)
	}
	x.view.SetOthers(all)
	x.until("all tags are painted", func() bool { return len(x.above()) == othersOutlines+2*len(all) })
	if a := testing.AllocsPerRun(100, x.view.others.tick); a > 16 {
		t.Errorf("%v allocations a frame", a)
	}
}

func TestPointersJumpWhereNothingIsToMove(t *testing.T) {
	x, ada := newShared(t)
	x.desk.Env.Still = true
	for _, at := range []board.Point{{X: 200, Y: 250}, {X: 600, Y: 100}} {
		ada.does(Presence{Points: true, Pointer: at})
		x.until("she points", func() bool {
			list := x.view.others.list
			return len(list) == 1 && list[0].glide.at(x.desk.clock.at).pointer == at
		})
		if x.view.others.motion != nil {
			t.Error("ticks are wanted")
		}
	}
}

func TestAPointerIsNeverBehind(t *testing.T) {
	var g glide
	at := func(ms int) time.Time { return time.UnixMilli(int64(ms)) }
	to := func(x float64, drag ...board.Rect) Presence {
		return Presence{Points: true, Pointer: board.Point{X: x}, Drag: drag}
	}
	g.to(to(100), at(0))
	if g.part(at(0)) != 1 || g.at(at(0)).pointer.X != 100 {
		t.Error("who comes glides in from somewhere")
	}
	g.to(to(200, board.Rect{X: 50}), at(1000))
	if h := g.at(at(1040)); h.pointer.X != 150 || h.drag[0].X != 50 {
		t.Errorf("half of the way is %+v", h)
	}
	for i := range 10 { // newer states than time to show them
		g.to(to(float64(300+i), board.Rect{X: 60}), at(1040+i))
	}
	if h := g.at(at(1049 + 80)); h.pointer.X != 309 || h.drag[0].X != 60 {
		t.Errorf("80 ms after the newest it is at %+v", h)
	}
	g.to(Presence{}, at(2000))
	if g.at(at(2000)).points || g.part(at(2200)) != 1 {
		t.Error("a pointer that has gone is drawn")
	}
}
