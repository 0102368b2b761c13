package renderers

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"corkboard/cards"
	"corkboard/doc"
)

var textTestView = doc.Erase(string(cards.KindText), cards.TextCodec{})

// textDesk is a text editor in a window, with all that it needs.
type textDesk struct {
	*desk
	h       *deskHandle
	e       *textEditor
	win     fyne.Window
	left    int
	resized int
	other   []fyne.Shortcut
}

func newTextDesk(t testing.TB, text string) *textDesk {
	t.Helper()
	test.NewTempApp(t)
	d := &textDesk{desk: newDesk(), h: newDeskHandle(t, textTestView, cards.NewText(text))}
	d.e = makeTextEditor(EditorHost{
		Env: d.Env, Handle: d.h,
		Leave:    func() { d.left++ },
		Resized:  func() { d.resized++ },
		Shortcut: func(s fyne.Shortcut) bool { d.other = append(d.other, s); return true },
	})
	d.e.draft.after = d.clock.after
	d.win = test.NewTempWindow(t, d.e.Object())
	d.win.SetPadded(false)
	d.win.Resize(fyne.NewSize(300, 120))
	d.e.Focus(d.win.Canvas(), Point{-1, -1})
	return d
}

// drain waits for the changes on their way and for what others wrote.
func (d *textDesk) drain() {
	for d.e.draft.flights.flying() || d.e.draft.busy {
		(<-d.posts)()
	}
}

func (d *textDesk) focused() fyne.Focusable { return d.win.Canvas().Focused() }

func (d *textDesk) text() string { return d.h.Snapshot().Value.(cards.Text).Text }

func typeKey(f fyne.Focusable, name fyne.KeyName) { f.TypedKey(&fyne.KeyEvent{Name: name}) }

func typeShortcut(f fyne.Focusable, key fyne.KeyName, mods fyne.KeyModifier) {
	f.(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mods | fyne.KeyModifierShortcutDefault})
}

func typeUndo(f fyne.Focusable) { f.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutUndo{}) }
func typeRedo(f fyne.Focusable) { f.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutRedo{}) }

func TestTextEditorSendsWhatIsTyped(t *testing.T) {
	d := newTextDesk(t, "one")
	test.Type(d.focused(), " two")
	if d.text() != "one" {
		t.Errorf("sent at once: %q", d.text())
	}
	d.clock.pass(typingFlush)
	if d.text() != "one two" {
		t.Errorf("after the pause the document says %q", d.text())
	}
	test.Type(d.focused(), "!")
	d.e.Close()
	if d.text() != "one two!" {
		t.Errorf("after closing the document says %q", d.text())
	}
}

func TestTextEditorUndoTakesBackBursts(t *testing.T) {
	d := newTextDesk(t, "")
	test.Type(d.focused(), "one")
	d.clock.pass(2 * time.Second)
	test.Type(d.focused(), " two")
	d.clock.pass(300 * time.Millisecond)
	test.Type(d.focused(), " three")
	typeUndo(d.focused())
	d.drain()
	if got := d.e.pen.Text(); got != "one" || d.text() != "one" {
		t.Errorf("after one undo the editor shows %q, the document %q", got, d.text())
	}
	typeRedo(d.focused())
	d.drain()
	if got := d.e.pen.Text(); got != "one two three" {
		t.Errorf("after redo the editor shows %q", got)
	}
	typeShortcut(d.focused(), fyne.KeyZ, 0)
	typeShortcut(d.focused(), fyne.KeyZ, 0)
	d.drain()
	if got := d.e.pen.Text(); got != "" {
		t.Errorf("after all undone the editor shows %q", got)
	}
}

func TestTextEditorKeepsTypingWhileOthersWrite(t *testing.T) {
	d := newTextDesk(t, "hello")
	test.Type(d.focused(), " world")
	d.h.foreign(t, doc.Splice{Path: doc.At("text"), From: 0, Insert: "oh, "})
	d.e.Show(d.h.Snapshot().Value)
	d.drain()
	if got := d.e.pen.Text(); got != "oh, hello world" {
		t.Errorf("the editor shows %q", got)
	}
	test.Type(d.focused(), "!")
	d.clock.pass(typingFlush)
	if d.text() != "oh, hello world!" {
		t.Errorf("the document says %q", d.text())
	}
}

func TestTextEditorShowsNothingOlderThanItself(t *testing.T) {
	d := newTextDesk(t, "a")
	d.h.hold()
	test.Type(d.focused(), "b")
	d.clock.pass(typingFlush)
	d.e.Show(d.h.Snapshot().Value) // still "a"
	if got := d.e.pen.Text(); got != "ab" {
		t.Errorf("an old snapshot took typed text back: %q", got)
	}
	d.h.release()
	d.drain()
	if got := d.e.pen.Text(); got != "ab" || d.text() != "ab" {
		t.Errorf("the editor shows %q, the document %q", got, d.text())
	}
}

func TestTextEditorLeavesAndPassesShortcutsOn(t *testing.T) {
	d := newTextDesk(t, "")
	test.Type(d.focused(), "x")
	typeShortcut(d.focused(), fyne.KeyK, 0)
	if len(d.other) != 1 {
		t.Errorf("%d shortcuts reached the board", len(d.other))
	}
	typeKey(d.focused(), fyne.KeyEscape)
	if d.left != 1 || d.text() != "x" {
		t.Errorf("left %d times, the document says %q", d.left, d.text())
	}
}

func TestTextEditorMarksTheSelection(t *testing.T) {
	d := newTextDesk(t, "make this bold")
	d.e.pen.Select(5, 9)
	typeShortcut(d.focused(), fyne.KeyB, 0)
	if got := d.e.pen.Text(); got != "make **this** bold" {
		t.Errorf("bold gave %q", got)
	}
	typeShortcut(d.focused(), fyne.KeyI, 0)
	if got := d.e.pen.Text(); got != "make ***this*** bold" {
		t.Errorf("italic gave %q", got)
	}
	typeShortcut(d.focused(), fyne.KeyB, 0)
	if from, to := d.e.pen.Selection(); string([]rune(d.e.pen.Text())[from:to]) != "this" {
		t.Errorf("selected [%d,%d) of %q", from, to, d.e.pen.Text())
	}
}

func TestMarked(t *testing.T) {
	for _, c := range []struct {
		in       string
		from, to int
		mark     string
		want     string
	}{
		{"ab", 0, 2, "**", "**ab**"},
		{"**ab**", 2, 4, "**", "ab"},
		{"**ab**", 2, 4, "*", "***ab***"},
		{"*ab*", 1, 3, "*", "ab"},
		{"", 0, 0, "*", "**"},
		{"é ü", 2, 3, "*", "é *ü*"},
	} {
		now, a, b := marked([]rune(c.in), c.from, c.to, c.mark)
		if now != c.want || string([]rune(now)[a:b]) != string([]rune(c.in)[c.from:c.to]) {
			t.Errorf("marked(%q, %q) = %q [%d,%d)", c.in, c.mark, now, a, b)
		}
	}
}

func TestTextEditorGrows(t *testing.T) {
	d := newTextDesk(t, "one line")
	low, told := d.e.Natural(300), d.resized
	test.Type(d.focused(), strings.Repeat(" and more words", 20))
	if h := d.e.Natural(300); h <= low || d.resized == told {
		t.Errorf("height went from %v to %v, told %d times", low, h, d.resized-told)
	}
}

func TestTextFullReadsAndEdits(t *testing.T) {
	test.NewTempApp(t)
	d := newDesk()
	h := newDeskHandle(t, textTestView, cards.NewText("# Title\n\n- [ ] box\n"))
	f := newTextFull(d.Env, h).(*textFull)
	win := test.NewTempWindow(t, f.Object())
	win.Resize(fyne.NewSize(900, 600))
	for f.page.busy {
		(<-d.posts)()
	}
	if f.page.page == nil || len(f.page.bands) == 0 {
		t.Fatal("nothing was painted")
	}
	tick := f.page.page.Ticks()[0].Rect
	at := pageAt()
	f.page.Tapped(&fyne.PointEvent{Position: fyne.NewPos(at.X+tick.X+3, at.Y+tick.Y+3)})
	if got := h.Snapshot().Value.(cards.Text).Text; !strings.Contains(got, "[x] box") {
		t.Errorf("after a click on the box: %q", got)
	}
	f.Show(h.Snapshot())
	f.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if f.editor == nil {
		t.Fatal("Enter does not edit")
	}
	test.Type(win.Canvas().Focused(), "new")
	typeKey(win.Canvas().Focused(), fyne.KeyEscape)
	if got := h.Snapshot().Value.(cards.Text).Text; f.editor != nil || !strings.HasSuffix(got, "new") || f.page.want.src != got {
		t.Errorf("after leaving: %q, page of %q", got, f.page.want.src)
	}
	f.Close()
}
