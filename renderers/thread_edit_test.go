package renderers

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
)

// threadDesk is a thread editor in a window, with all that it needs.
type threadDesk struct {
	*desk
	h    *deskHandle
	e    *threadList
	mods board.Mods
	left int
	told []error
}

func newThreadDesk(t *testing.T, h *deskHandle) *threadDesk {
	t.Helper()
	test.NewTempApp(t)
	d := &threadDesk{desk: newDesk(), h: h}
	d.People = talkers(0)
	d.Refused = func(err error) { d.told = append(d.told, err) }
	d.open(t)
	return d
}

func (d *threadDesk) open(t *testing.T) {
	t.Helper()
	d.e = newThreadEditor(EditorHost{Env: d.Env, Handle: d.h, Leave: func() { d.left++ }}).(threadEditor).threadList
	d.e.mods = func() board.Mods { return d.mods }
	d.e.typing.after = d.clock.after
	win := test.NewTempWindow(t, d.e.Object())
	win.SetPadded(false)
	win.Resize(fyne.NewSize(320, 360))
	d.e.Focus(win.Canvas(), Point{-1, -1})
}

func threadHandle(t *testing.T, v cards.Thread) *deskHandle {
	h := newDeskHandle(t, threadTestView, cards.NewThread(v.Title))
	for _, m := range v.Messages {
		doCommand(h, cards.PostMessage{ID: m.ID, Author: m.Author, Text: m.Text, Time: m.Time})
	}
	if len(h.fails) > 0 {
		t.Fatal(h.fails)
	}
	h.hist = doc.NewHistory(nil)
	return h
}

func (d *threadDesk) types(s string) {
	for _, r := range s {
		if r == '\n' {
			d.key(fyne.KeyReturn)
		} else {
			d.e.TypedRune(r)
		}
	}
}

func (d *threadDesk) key(name fyne.KeyName) { d.e.TypedKey(&fyne.KeyEvent{Name: name}) }

// says is the document as text.
func (d *threadDesk) says() string {
	d.settle(d.e.flights)
	var out []string
	for _, m := range d.h.Snapshot().Value.(cards.Thread).Messages {
		out = append(out, m.Author+": "+m.Text)
	}
	return strings.Join(out, "|")
}

func (d *threadDesk) want(t *testing.T, want string) {
	t.Helper()
	if got := d.says(); got != want {
		t.Errorf("the thread says %q, want %q", got, want)
	}
}

func TestEnterSendsAndShiftEnterBreaksTheLine(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, cards.Thread{}))
	d.types("Hello\n")
	d.want(t, "ann: Hello")
	d.types("One")
	d.mods = board.Shift
	d.key(fyne.KeyReturn)
	d.mods = 0
	d.types("two\n")
	d.want(t, "ann: Hello|ann: One\ntwo")
	d.types("  \n")
	d.want(t, "ann: Hello|ann: One\ntwo")
	if d.key(fyne.KeyEscape); d.left != 1 {
		t.Error("Esc does not leave the thread")
	}
}

func TestUpChangesTheLastOwnMessage(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, sampleThread()))
	d.key(fyne.KeyUp)
	if got := d.e.pen.Text(); got != "@Ben bring the tent" {
		t.Fatalf("the box holds %q", got)
	}
	d.types("s\n")
	if got := d.says(); !strings.Contains(got, "ann: @Ben bring the tents|") {
		t.Errorf("%s", got)
	}
	d.key(fyne.KeyUp)
	d.types("?")
	d.key(fyne.KeyEscape)
	if d.left != 0 || d.e.changed != "" || d.e.pen.Len() != 0 {
		t.Error("Esc does not leave the message as it was")
	}
	d.types("x")
	d.key(fyne.KeyUp)
	if d.e.changed != "" || d.e.pen.Text() != "x" {
		t.Error("Up in a text that is being written changes another")
	}
}

func TestAMessageThatIsEmptiedGoes(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, cards.Thread{Messages: []cards.Message{{ID: "a", Author: "ann", Text: "x", Time: 1}}}))
	d.key(fyne.KeyUp)
	d.key(fyne.KeyBackspace)
	d.key(fyne.KeyReturn)
	d.want(t, "")
	d.e.TypedShortcut(&fyne.ShortcutUndo{})
	d.want(t, "ann: x")
}

func TestUndoLeavesAloneWhatIsBeingWritten(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, cards.Thread{}))
	d.types("Hello\nMore")
	d.e.TypedShortcut(&fyne.ShortcutUndo{})
	d.want(t, "ann: Hello")
	if d.e.pen.Text() != "More" {
		t.Error(d.e.pen.Text())
	}
}

// What cannot be sent is not lost.
func TestWhatIsRefusedComesBack(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, cards.Thread{}))
	long := strings.Repeat("x", cards.MaxMessage+1)
	d.e.write(long)
	d.key(fyne.KeyReturn)
	for d.e.pen.Len() == 0 {
		(<-d.posts)()
	}
	if d.e.pen.Text() != long || len(d.told) != 1 {
		t.Errorf("%d letters came back, told %v", d.e.pen.Len(), d.told)
	}
}

func TestWhatWasNotSentWaits(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, sampleThread()))
	d.types("Not yet")
	d.e.Close()
	d.open(t)
	if got := d.e.pen.Text(); got != "Not yet" {
		t.Fatalf("the box holds %q", got)
	}
	d.key(fyne.KeyReturn)
	d.says()
	d.e.Close()
	if d.open(t); d.e.pen.Len() != 0 {
		t.Errorf("the box holds %q", d.e.pen.Text())
	}
}

func TestTheTitleIsWrittenInItsPlace(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, sampleThread()))
	d.e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(40, 20)}, Button: desktop.MouseButtonPrimary})
	d.types("Winter")
	d.key(fyne.KeyReturn)
	d.settle(d.e.flights)
	if got := d.h.Snapshot().Value.(cards.Thread).Title; got != "Winter" {
		t.Errorf("the title is %q", got)
	}
	d.types("Back\n")
	if got := d.says(); !strings.HasSuffix(got, "|ann: Back") {
		t.Error(got)
	}
}

// at is the place of something in the thread.
func (d *threadDesk) at(t *testing.T, what talkWhat, id string) fyne.Position {
	t.Helper()
	for y := float32(1); y < 360; y += 3 {
		for x := float32(1); x < 320; x += 3 {
			if h := d.e.hit(fyne.NewPos(x, y)); h.what == what && h.id == id {
				return fyne.NewPos(x, y)
			}
		}
	}
	t.Fatalf("%s is not in view", id)
	return fyne.Position{}
}

func (d *threadDesk) click(p fyne.Position) {
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary}
	d.e.MouseMoved(e)
	d.e.MouseDown(e)
	d.e.MouseUp(e)
}

func TestMessagesAreChangedByHand(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, sampleThread()))
	d.click(d.at(t, talkEdit, "c"))
	if got := d.e.pen.Text(); got != "@Ben bring the tent" {
		t.Fatalf("the box holds %q", got)
	}
	d.click(d.at(t, talkDelete, "c"))
	if got := d.says(); strings.Contains(got, "tent") || d.e.changed != "" {
		t.Errorf("%s", got)
	}
	d.click(d.at(t, talkLink, "b"))
	if len(d.urls) != 1 || d.urls[0] != "https://example.org/bridge" {
		t.Errorf("opened %q", d.urls)
	}
}

// Who reads what is older is not carried away by what is new.
func TestScrolledUpItStays(t *testing.T) {
	d := newThreadDesk(t, threadHandle(t, longThread()))
	d.e.wheel.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 400}})
	spot := fyne.NewPos(100, 200)
	was := d.e.hit(spot).id
	if was == "" || was == "29" {
		t.Fatalf("message %q is there", was)
	}
	d.h.foreign(t, doc.Put{Path: doc.At("messages", "new"), Value: doc.Map{
		"author": "ben", "text": "New\nand\nhigh", "time": at(11, 20, 0)}})
	threadEditor{d.e}.Show(nil)
	if h := d.e.hit(spot); h.id != was {
		t.Errorf("message %q is where %s was", h.id, was)
	}
	d.e.wheel.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -4000}})
	d.at(t, talkText, "new")
}

func TestAThreadIsSeenWhenItIsOpen(t *testing.T) {
	h := threadHandle(t, sampleThread())
	h.id = "thread"
	d := newThreadDesk(t, h)
	if got := d.People.Seen("thread"); got != at(11, 9, 31) {
		t.Errorf("seen until %d", got)
	}
}

func TestReadersWriteNothing(t *testing.T) {
	test.NewTempApp(t)
	d := &threadDesk{desk: newDesk(), h: threadHandle(t, sampleThread())}
	d.People, d.ReadOnly = talkers(0), true
	d.open(t)
	d.types("x\n")
	d.key(fyne.KeyUp)
	d.click(fyne.NewPos(100, 200))
	d.e.Close()
	if got := d.says(); strings.Contains(got, "x|") || d.e.foot() != 0 {
		t.Error(got)
	}
}

// A thread of any length opens at once: what is not in view is not laid out.
func TestLongThreadsAreLaidOutFromTheirEnd(t *testing.T) {
	v := cards.Thread{}
	for i := range 5000 {
		v.Messages = append(v.Messages, cards.Message{ID: fmt.Sprintf("%05d", i), Author: "ben", Text: "Hello", Time: int64(i) * 1000})
	}
	h := newDeskHandle(t, threadTestView, nil)
	h.value = v
	d := newThreadDesk(t, h)
	if n := len(d.e.view.laid); n == 0 || n > 40 {
		t.Errorf("%d messages are laid out", n)
	}
	if n := len(d.e.view.objects); n > 50 {
		t.Errorf("%d objects are in the tree", n)
	}
}
