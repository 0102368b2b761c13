package ui

import (
	"fmt"
	"image"
	"image/draw"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"corkboard/app"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/internal/golden"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// hours is a clock that goes on by a step for every look and can be set on.
type hours struct{ at atomic.Int64 }

func newHours() *hours {
	h := &hours{}
	h.at.Store(time.Date(2026, 3, 11, 14, 3, 0, 0, time.Local).UnixMilli())
	return h
}

func (h *hours) now() time.Time       { return time.UnixMilli(h.at.Add(5)) }
func (h *hours) pass(d time.Duration) { h.at.Add(d.Milliseconds()) }
func (d *desk) onHours(h *hours)      { d.w.env.Now = h.now }
func (d *desk) remove(n int)          { d.do(board.RemoveCards{IDs: d.ids()[:n]}) }
func (d *desk) ids() (out []board.CardID) {
	for _, c := range d.cards() {
		out = append(out, c.ID)
	}
	return out
}

// do changes the board that is shown and waits until that is on disk.
func (d *desk) do(c doc.Command[*board.Board]) {
	d.t.Helper()
	if err := d.w.board.Live.Do(c).Wait(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// withPast is a window on a board of n notes; later one was changed, all were moved,
// and most were taken away.
func withPast(t *testing.T, n int) (*desk, *hours) {
	t.Helper()
	h := newHours()
	d := newDeskOn(t, app.Options{Profile: t.TempDir(), Now: h.now})
	d.onHours(h)
	d.large()
	d.openBoard(t, "Garden")
	id := d.w.board.Live.ID()
	for i := range n {
		if _, err := d.app.Paste(t.Context(), id, board.Point{X: 40 + float64(i%10)*120, Y: 40 + float64(i/10)*60}, fmt.Sprint("note ", i), true); err != nil {
			t.Fatal(err)
		}
	}
	d.until("all are there", func() bool { return d.w.board.Layout.Len() == n })
	h.pass(time.Hour)
	d.do(board.MoveCards{IDs: d.ids(), By: board.Point{Y: 7}})
	h.pass(time.Hour)
	d.remove(n - 5)
	d.until("they are gone", func() bool { return len(d.cards()) == 5 })
	return d, h
}

// back opens the history of the board.
func (d *desk) back() {
	d.t.Helper()
	d.w.perform("history")
	d.until("the past is shown", func() bool { return d.w.past != nil && d.ready() })
}

func (d *desk) ready() bool { return d.w.board.Live.Snapshot().State == doc.Ready }

func (d *desk) shownCards(n int) {
	d.t.Helper()
	d.until(fmt.Sprintf("%d cards are shown", n), func() bool { return d.ready() && len(d.cards()) == n })
}

func TestHistoryShowsThePastAndLeavesThePresentAlone(t *testing.T) {
	d, _ := withPast(t, 30)
	id := d.w.board.Live.ID()
	d.back()
	if !strings.HasPrefix(d.w.past.bar.title.Text, "Now · last changed 11 Mar 16:03") || !d.w.past.bar.board.Disabled() {
		t.Errorf("it begins at %q", d.w.past.bar.title.Text)
	}
	d.shownCards(5)
	d.press(fyne.KeyLeft)
	d.shownCards(30)
	if got := d.w.past.bar.title.Text; got != "11 Mar 15:03 · You" || d.w.past.bar.did.Text != "Move 30 cards" || d.w.past.bar.board.Disabled() {
		t.Errorf("one step back is %q, %q", got, d.w.past.bar.did.Text)
	}
	d.press(fyne.KeyHome)
	d.until("the beginning is shown", func() bool { return d.ready() && len(d.cards()) == 0 })
	d.press(fyne.KeyRight)
	d.shownCards(30)
	if y := d.cards()[0].At.Y; int(y)%10 == 7 {
		t.Errorf("they are where they were moved to later: %v", y)
	}
	d.w.board.Live.Do(board.RemoveCards{IDs: d.ids()})
	d.w.newCard(d.w.board, cards.KindText, board.Point{})
	d.until("it is said that this is the past", func() bool { return d.said("This is the past") })
	d.press(fyne.KeyEscape)
	if d.w.past != nil || d.w.board == nil || d.w.board.Live.ID() != id || d.w.pastRow.Visible() {
		t.Fatal("Esc does not lead back")
	}
	d.shownCards(5)
}

func TestHistoryRestoresTheBoard(t *testing.T) {
	d, _ := withPast(t, 30)
	d.back()
	d.press(fyne.KeyLeft)
	d.shownCards(30)
	test.Tap(d.w.past.bar.board)
	d.until("the present is shown again", func() bool { return d.w.past == nil })
	d.shownCards(30)
	d.until("it is said", func() bool { return d.said("as it was on 11 Mar") })
	d.w.Effect(d.w.board, board.Undo{})
	d.shownCards(5)
}

func TestHistoryRestoresOneCard(t *testing.T) {
	d, _ := withPast(t, 30)
	left := d.ids()
	d.back()
	d.press(fyne.KeyLeft)
	d.shownCards(30)
	if !d.w.past.bar.cards.Disabled() {
		t.Error("nothing is selected and could be restored")
	}
	gone := slices.IndexFunc(d.ids(), func(id board.CardID) bool { return !slices.Contains(left, id) })
	card := d.ids()[gone]
	d.w.board.Session.Select(card)
	d.w.board.Sync()
	d.press(fyne.KeyEscape) // first the selection
	if d.w.past == nil || d.w.board.Session.Selection.Len() > 0 {
		t.Fatal("Esc leaves at once")
	}
	d.w.board.Session.Select(card)
	d.w.board.Sync()
	test.Tap(d.w.past.bar.cards)
	d.until("the present is shown again", func() bool { return d.w.past == nil })
	d.shownCards(6)
	if !slices.Contains(d.ids(), card) {
		t.Error("another card is back")
	}
}

func TestTheWindowSaysWhoTookCardsAway(t *testing.T) {
	d, _ := withPast(t, 30)
	d.until("it is said", func() bool { return d.said("You removed 25 cards.") })
	if d.w.shrinks.end == nil {
		t.Fatal("nothing is offered")
	}
	d.tapNotice("Restore")
	d.shownCards(30)
	d.until("it is said", func() bool { return d.said("Put back: 25 cards.") })
	d.back()
	if got := d.w.past.past.Wipes; len(got) != 1 || got[0].Cards != 25 {
		t.Errorf("%+v", got)
	}
	d.press(fyne.KeyLeft)
	d.shownCards(5)
	if got := d.w.past.bar.did.Text; !strings.HasPrefix(got, "You removed 25 cards") {
		t.Errorf("the history says %q", got)
	}
}

// tapNotice taps the button of a notice.
func (d *desk) tapNotice(words string) {
	d.t.Helper()
	for _, o := range test.LaidOutObjects(d.w.notices.object) {
		if b, ok := o.(*renderers.Button); ok && b.Text == words {
			test.Tap(b)
			return
		}
	}
	d.t.Fatalf("no notice has a button %q", words)
}

func TestGoingElsewhereEndsThePast(t *testing.T) {
	d, _ := withPast(t, 3+5)
	d.back()
	d.w.Open(d.app.Home(), cards.KindBoard)
	if d.w.past != nil || d.w.board.Live.ID() != d.app.Home() {
		t.Error("the past is still shown")
	}
}

func TestTheTrackFindsMoments(t *testing.T) {
	d, _ := withPast(t, 30)
	d.back()
	track, width := d.w.past.bar.track, d.w.past.bar.track.Size().Width
	for i := range d.w.past.past.Moments {
		x := track.looks.x(i, width)
		if got := track.looks.moment(x, width); got != i {
			t.Errorf("moment %d lies at %v, where %d is", i, x, got)
		}
	}
	track.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(-100, 5)}})
	if d.w.past.at != 0 {
		t.Errorf("left of the track is moment %d", d.w.past.at)
	}
	track.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(width+100, 5)}})
	if !d.w.past.newest() {
		t.Errorf("right of the track is moment %d", d.w.past.at)
	}
	track.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	if d.w.past.at != len(d.w.past.past.Moments)-3 {
		t.Errorf("a notch leads to %d of %d", d.w.past.at, len(d.w.past.past.Moments))
	}
}

func TestGoldenTrack(t *testing.T) {
	looks := trackLooks{moments: 60, wipes: []int{20, 59}}
	for i, to := range []int{3, 9, 10, 20, 40, 41, 59} {
		looks.stretches = append(looks.stretches, trackStretch{to, personColours[i%3]})
	}
	for name, x := range map[string]struct {
		pal   paint.Palette
		scale float32
	}{"light": {paint.Light(), 1}, "dark": {paint.Dark(), 1}, "twice": {paint.Light(), 2}} {
		t.Run(name, func(t *testing.T) {
			looks.pal, looks.scale = x.pal, x.scale
			img := looks.paint(int(400*x.scale), int(trackHigh*x.scale))
			got := image.NewRGBA(img.Bounds())
			draw.Draw(got, got.Bounds(), image.NewUniform(x.pal.Paper), image.Point{}, draw.Src)
			draw.Draw(got, got.Bounds(), img, image.Point{}, draw.Over)
			golden.Picture(t, "track_"+name, got)
		})
	}
}

// TestNothingOnTheBarIsCutOff shows the bar in both themes and windows of several sizes.
func TestNothingOnTheBarIsCutOff(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  float32
		scale float32
		dark  bool
	}{
		{"light", 1280, 800, 1, false}, {"dark", 1280, 800, 1, true}, {"twice", 800, 500, 2, true}, {"narrow", 480, 640, 1, false},
	} {
		t.Run(size.name, func(t *testing.T) {
			d, _ := withPast(t, 30)
			d.w.env.Dark = func() bool { return size.dark }
			d.w.fyne.Settings().SetTheme(look{map[bool]string{false: "light", true: "dark"}[size.dark], nil})
			d.w.win.Canvas().(test.WindowlessCanvas).SetScale(size.scale)
			d.w.win.Resize(fyne.NewSize(size.w, size.h))
			d.w.themed()
			d.back()
			d.press(fyne.KeyLeft)
			d.shownCards(30)
			d.w.past.past.People[d.w.past.past.Moments[0].Who] = app.Member{Name: longName, Colour: personColours[2]}
			d.w.themed()
			d.wantApart(d.w.past.bar.object, d.w.pastRow)
			d.keepLook("past-" + size.name)
		})
	}
}
