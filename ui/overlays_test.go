package ui

import (
	"math"
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"corkboard/board"
)

func TestSettingsReachTheBoardAtOnceAndStay(t *testing.T) {
	d := newDesk(t)
	d.w.showSettings()
	for _, group := range options {
		for _, o := range group.list {
			before := *o.of(d.device())
			d.w.set(func(dev *deviceState) { *o.of(dev) = !before })
			if *o.of(d.device()) == before {
				t.Errorf("%q is not kept", o.words)
			}
		}
	}
	dev, s := d.device(), d.w.board.Session
	if s.Snap != dev.Snap || s.Guides != dev.Guides || s.WheelZooms != dev.WheelZooms || s.NoPlainKeys != dev.NoPlainKeys || d.w.board.ShowGrid != dev.Grid {
		t.Errorf("the board does not follow %+v", dev)
	}
	d.press(fyne.KeyEscape)
	d.w.show()
	if s := d.w.board.Session; s.Snap != dev.Snap || s.WheelZooms != dev.WheelZooms {
		t.Error("a board that is opened later does not follow")
	}
}

func TestSettingsCloseWithEscWhateverHasTheFocus(t *testing.T) {
	d := newDesk(t)
	for range 6 {
		d.w.showSettings()
		c := d.w.win.Canvas()
		for range 3 {
			c.FocusNext()
		}
		d.press(fyne.KeyEscape)
		if d.w.modal != nil || len(c.Overlays().List()) > 0 {
			t.Fatalf("%T keeps Esc", c.Focused())
		}
	}
}

func TestMinimapIsMadeWhenItIsShownAndMovesTheCamera(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.text("far away", board.Point{X: 6000, Y: 4000})
	if d.w.corner.minimap != nil {
		t.Fatal("a minimap that nobody sees was made")
	}
	d.w.Effect(d.w.board, board.Toggle{What: "minimap"})
	m := d.w.corner.minimap
	d.until("there is a picture", func() bool { return m.image.Image != nil })
	if !d.device().Minimap || !m.Visible() {
		t.Fatal("the minimap is not shown, or that is not kept")
	}
	at := fyne.NewPos(100, 80)
	m.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	d.follows(m, at)
	at = at.AddXY(40, 20)
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}})
	d.follows(m, at)
	m.MouseUp(nil)
	before := d.w.board.Session.Camera
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(1, 1)}})
	if d.w.board.Session.Camera != before {
		t.Error("a drag that began elsewhere moves the camera")
	}
	m.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	if d.w.board.Session.Camera.Zoom <= before.Zoom {
		t.Error("the wheel does not zoom")
	}
	d.w.Effect(d.w.board, board.Toggle{What: "minimap"})
	if m.Visible() || d.device().Minimap {
		t.Error("the minimap stays")
	}
}

// follows checks that the middle of the view is the place under the pointer,
// and that the frame lies around it.
func (d *desk) follows(m *minimap, at fyne.Position) {
	d.t.Helper()
	s := d.w.board.Session
	middle := s.Camera.ToBoard(board.Point{X: s.Viewport.W / 2, Y: s.Viewport.H / 2})
	want := m.laid.toBoard(board.Point{X: float64(at.X) - minimapPad, Y: float64(at.Y) - minimapPad})
	if math.Abs(middle.X-want.X) > 0.01 || math.Abs(middle.Y-want.Y) > 0.01 {
		d.t.Errorf("the middle is %v, the pointer is over %v", middle, want)
	}
	p, size := m.window.Position(), m.window.Size()
	if at.X < p.X || at.X > p.X+size.Width || at.Y < p.Y || at.Y > p.Y+size.Height {
		d.t.Errorf("%v is not in the frame at %v of %v", at, p, size)
	}
}

func TestOverlaysRestWhileNothingChanges(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.w.Effect(d.w.board, board.Toggle{What: "minimap"})
	d.until("there is a picture", func() bool { return d.w.corner.minimap.image.Image != nil })
	v := d.w.board
	v.Sync()
	if n := testing.AllocsPerRun(100, v.OnView); n > 0 {
		t.Errorf("a frame in which nothing changed costs %v allocations", n)
	}
}

func TestZoomBarShowsAndChangesTheZoom(t *testing.T) {
	d := newDesk(t)
	d.large()
	z := d.w.corner.zoom
	tap := func(part int) {
		e := edges()
		z.Tapped(&fyne.PointEvent{Position: fyne.NewPos((e[part]+e[part+1])/2, 10)})
		d.settled()
	}
	tap(2)
	if z.words[1].Text != "125 %" {
		t.Errorf("closer is %q", z.words[1].Text)
	}
	tap(0)
	tap(0)
	if z.words[1].Text != "80 %" {
		t.Errorf("farther is %q", z.words[1].Text)
	}
	s := d.w.board.Session
	middle := board.Point{X: s.Viewport.W / 2, Y: s.Viewport.H / 2}
	at := s.Camera.ToBoard(middle)
	d.w.zoomTo(2)
	d.settled()
	if z.figure != 200 {
		t.Errorf("the zoom is %d %%", z.figure)
	}
	if now := s.Camera.ToBoard(middle); math.Abs(now.X-at.X)+math.Abs(now.Y-at.Y) > 0.01 {
		t.Errorf("the middle went from %v to %v", at, now)
	}
	tap(3)
	if v := d.w.board.View(); v.Lost || len(v.Cards) != len(d.cards()) {
		t.Error("all is not all")
	}
	tap(1)
	if d.w.win.Canvas().Overlays().Top() == nil {
		t.Error("the figure has no menu")
	}
}

func TestQuietHidesAllAndEscBringsItBack(t *testing.T) {
	d := newDesk(t)
	d.large()
	d.w.board.Sync()
	at := d.w.board.View().Cards[0].Rect.Y + float64(d.onScreen(d.w.board).Y)
	for round := range 2 {
		d.w.Effect(d.w.board, board.Toggle{What: "quiet"})
		if d.w.bar.object.Visible() || d.w.corner.object.Visible() {
			t.Fatal("something is left")
		}
		d.w.board.Sync()
		if now := d.w.board.View().Cards[0].Rect.Y + float64(d.onScreen(d.w.board).Y); math.Abs(now-at) > 0.5 {
			t.Errorf("cards jumped from %v to %v", at, now)
		}
		if said := d.said("bring everything back"); said != (round == 0) {
			t.Errorf("in round %d the hint is shown: %v", round, said)
		}
		d.w.board.Session.Select(d.cards()[0].ID)
		d.w.board.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if !d.w.quiet {
			t.Fatal("Esc that means the selection ends it")
		}
		d.w.board.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if d.w.quiet || !d.w.bar.object.Visible() || !d.w.corner.object.Visible() {
			t.Fatal("Esc does not bring it back")
		}
		for _, o := range d.w.notices.column.Objects {
			d.w.notices.remove(o)
		}
	}
}

func (d *desk) onScreen(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

func TestOwnKeysAreReadAndWhatIsWrongIsSaid(t *testing.T) {
	d := newDesk(t)
	d.until("the keys are read", func() bool { return d.w.keys != nil })
	own := `{"undo": ["Mod+U"], "fly": ["Mod+L"], "minimap": ["Ctrl+Q"]}`
	if err := os.WriteFile(d.app.KeysPath(), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	d.w.reloadKeys(true)
	d.until("what is wrong is said", func() bool { return d.said("fly") })
	if got := firstChord(d.w.keys, "undo"); got != "Ctrl+U" && got != "Cmd+U" {
		t.Errorf("undo is %q", got)
	}
	d.w.board.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: fyne.KeyModifierShortcutDefault})
	if !d.device().Minimap {
		t.Error("the board does not know the new keys")
	}
	if err := os.WriteFile(d.app.KeysPath(), []byte(`{}`), 0o600); err != nil {
		t.Fatal(err)
	}
	d.w.reloadKeys(true)
	d.until("all is well", func() bool { return d.said("as keys.json says") })
	if got := firstChord(d.w.keys, "undo"); got != "Ctrl+Z" && got != "Cmd+Z" {
		t.Errorf("undo is %q again", got)
	}
}

func TestFrameTimesLeaveNothingBehind(t *testing.T) {
	d := newDesk(t)
	content := d.w.win.Content()
	d.w.toggleTimes()
	ft := d.w.times
	if d.w.win.Content() == content {
		t.Fatal("nothing is shown")
	}
	frame := func() {
		m := d.w.win.Content().(*fyne.Container).Objects[2].(*frameMark)
		m.MinSize()
		m.CreateRenderer().Objects()
		m.CreateRenderer().Objects() // a walk after the pointer
	}
	for range timesKept + 10 {
		frame()
	}
	if len(ft.times) != timesKept {
		t.Errorf("%d frames are kept", len(ft.times))
	}
	d.until("it is drawn", func() bool { return ft.words.Text != "" })
	n := len(ft.times)
	ft.times = ft.times[:10]
	frame() // the one that shows the graph
	if len(ft.times) != 10 || n != timesKept {
		t.Error("the graph counts itself")
	}
	d.w.toggleTimes()
	if d.w.win.Content() != content || d.w.times != nil {
		t.Error("something is left")
	}
	words := timesWords([]time.Duration{time.Millisecond, 3 * time.Millisecond, 2 * time.Millisecond}, 7)
	if words != "p50 2.0  p99 2.0 ms  7 objects" {
		t.Errorf("%q", words)
	}
}

func TestWhatIsSaidAgainStandsOnce(t *testing.T) {
	d := newDesk(t)
	n := d.w.notices
	before := len(n.column.Objects)
	for range 3 {
		n.warn("That does not go.")
		n.say("This is done.")
	}
	if got := len(n.column.Objects) - before; got != 2 {
		t.Errorf("%d lines say two things", got)
	}
}
