package renderers

import (
	"context"
	"fmt"
	"net"
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/net/presence"
)

// newShared is a table on whose board somebody else looks, over a connection.
func newShared(t *testing.T) (*table, *presence.Room) {
	mine := presence.NewHub(time.Now, func(string) presence.Profile { return presence.Profile{Name: "Ada Lovelace"} })
	theirs := presence.NewHub(time.Now, nil)
	here, there := net.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	all := func(doc.ID) bool { return true }
	ends := make(chan error, 2)
	go func() { ends <- mine.Run(ctx, here, presence.Peer{Device: "b", Person: "Ada"}, all) }()
	go func() { ends <- theirs.Run(ctx, there, presence.Peer{Device: "a", Person: "me"}, all) }()
	x := newTable(t, func(e *Env) { e.Room = mine.Room })
	t.Cleanup(func() {
		cancel()
		<-ends
		<-ends
		mine.Close()
		theirs.Close()
	})
	return x, theirs.Room(testID(1))
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
	ada.Show(presence.State{Points: true, Pointer: presence.Point{X: 200, Y: 250}, Selected: []string{string(noteCard), "gone"}, Drag: []presence.Rect{{X: 10, Y: 20, W: 30, H: 40}}})
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
	ada.Show(presence.State{Points: true, Pointer: presence.Point{X: 300, Y: 250}})
	x.rest("she has moved", func() bool { return len(x.above()) == 1 && x.view.others.list[0].State.Pointer.X == 300 })
	if p := pointer.Position(); x.above()[0] != fyne.CanvasObject(pointer) || p.X != 298 {
		t.Errorf("her pointer is at %v, or another object", p)
	}
	if x.view.frame != frame {
		t.Error("a pointer that moves costs a look at the cards")
	}
	ada.Show(presence.State{Typing: string(todoCard)})
	x.rest("she writes", func() bool { return len(x.above()) == 2 })
	ada.Leave()
	x.rest("she is gone", func() bool { return len(x.above()) == 0 })
}

func TestOthersSeeWhatThisHandDoes(t *testing.T) {
	x, ada := newShared(t)
	theirs := func() presence.State {
		if all := ada.Others(); len(all) == 1 {
			return all[0].State
		}
		return presence.State{}
	}
	x.view.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(130, 120)}})
	x.until("the pointer is seen", func() bool { return theirs().Points })
	if s := theirs(); s.Pointer != (presence.Point{X: 130, Y: 120}) || s.View.W != 1000 {
		t.Errorf("they see %+v", s)
	}
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	down.Position = fyne.NewPos(130, 120)
	x.view.MouseDown(down)
	x.view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(330, 420)}})
	x.until("the drag is seen", func() bool { return len(theirs().Drag) == 1 })
	note, _ := x.view.Layout.Rect(noteCard)
	if s := theirs(); !reflect.DeepEqual(s.Selected, []string{string(noteCard)}) || s.Drag[0].X < note.X+150 || s.Drag[0].W != note.W {
		t.Errorf("they see %+v of the note at %v", s, note)
	}
	x.view.On(board.Cancel{})
	x.view.Edit(todoCard)
	x.until("the typing is seen", func() bool { return theirs().Typing == string(todoCard) && theirs().Drag == nil })
	x.view.MouseOut()
	x.until("the pointer has left", func() bool { return !theirs().Points || x.view.buttons > 0 })
	woken := make(chan struct{}, 1)
	defer ada.Subscribe(func() { woken <- struct{}{} })()
	x.view.Close()
	select {
	case <-woken:
	case <-time.After(20 * time.Second):
	}
	if len(ada.Others()) != 0 {
		t.Error("who closes the board is still there")
	}
}

func TestACrowdStaysSmall(t *testing.T) {
	x, _ := newShared(t)
	x.rest("the table is there", func() bool { return true })
	var all []presence.Other
	for i := range 16 {
		o := presence.Other{Peer: presence.Peer{Device: fmt.Sprint(i)}, Profile: presence.Profile{Name: "N"}}
		o.State = presence.State{Points: true, Pointer: presence.Point{X: float64(i), Y: 9}}
		for range presence.MaxDrag {
			o.State.Drag = append(o.State.Drag, presence.Rect{W: 9, H: 9})
		}
		o.State.Selected = []string{string(noteCard)}
		all = append(all, o)
	}
	x.view.others.show(all)
	x.until("all tags are painted", func() bool { return len(x.above()) == othersOutlines+2*len(all) })
	if a := testing.AllocsPerRun(100, x.view.others.tick); a > 16 {
		t.Errorf("%v allocations a frame", a)
	}
}

func TestAPointerIsNeverBehind(t *testing.T) {
	var g glide
	at := func(ms int) time.Time { return time.UnixMilli(int64(ms)) }
	to := func(x float64, drag ...presence.Rect) presence.State {
		return presence.State{Points: true, Pointer: presence.Point{X: x}, Drag: drag}
	}
	g.to(to(100), at(0))
	if g.part(at(0)) != 1 || g.at(at(0)).pointer.X != 100 {
		t.Error("who comes glides in from somewhere")
	}
	g.to(to(200, presence.Rect{X: 50}), at(1000))
	if h := g.at(at(1040)); h.pointer.X != 150 || h.drag[0].X != 50 {
		t.Errorf("half of the way is %+v", h)
	}
	for i := range 10 { // newer states than time to show them
		g.to(to(float64(300+i), presence.Rect{X: 60}), at(1040+i))
	}
	if h := g.at(at(1049 + 80)); h.pointer.X != 309 || h.drag[0].X != 60 {
		t.Errorf("80 ms after the newest it is at %+v", h)
	}
	g.to(presence.State{}, at(2000))
	if g.at(at(2000)).points || g.part(at(2200)) != 1 {
		t.Error("a pointer that has gone is drawn")
	}
}
