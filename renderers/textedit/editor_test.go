package textedit

import (
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"corkboard/renderers/paint"
)

// stage is an editor in a window with the focus, and what it reported.
type stage struct {
	*Editor
	was, now []string
	mods     fyne.KeyModifier
	clock    time.Time
}

func setUp(t *testing.T, opts Options, text string) *stage {
	t.Helper()
	test.NewTempApp(t)
	s := &stage{clock: time.Unix(1000, 0)}
	if opts.OnChange == nil {
		opts.OnChange = func(was, now string) { s.was, s.now = append(s.was, was), append(s.now, now) }
	}
	opts.Style, opts.Palette = paint.Style{Color: color.RGBA{A: 255}}, paint.Light()
	s.Editor = New(opts)
	s.modifiers = func() fyne.KeyModifier { return s.mods }
	s.Editor.now = func() time.Time { return s.clock }
	w := test.NewTempWindow(t, s.Editor)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 120))
	s.SetText(text)
	w.Canvas().Focus(s.Editor)
	return s
}

func (s *stage) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		s.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func (s *stage) want(t *testing.T, marked string) {
	t.Helper()
	from, to := s.Selection()
	rs := []rune(s.Text())
	got := string(rs[:from]) + "[" + string(rs[from:to]) + "]" + string(rs[to:])
	if got != marked {
		t.Errorf("the text is %q, want %q", got, marked)
	}
}

func TestTypingReportsWasAndNow(t *testing.T) {
	s := setUp(t, Options{}, "")
	test.Type(s, "hé")
	s.press(fyne.KeyReturn)
	test.Type(s, "x")
	s.want(t, "hé\nx[]")
	if len(s.now) != 4 || s.was[1] != "h" || s.now[1] != "hé" || s.now[3] != "hé\nx" {
		t.Errorf("reported %q -> %q", s.was, s.now)
	}
}

func TestKeys(t *testing.T) {
	s := setUp(t, Options{}, "one two\nthree")
	s.press(fyne.KeyEnd)
	s.want(t, "one two[]\nthree")
	s.press(fyne.KeyDown)
	s.want(t, "one two\nthree[]")
	s.press(fyne.KeyUp)
	s.want(t, "one two[]\nthree")
	s.mods = fyne.KeyModifierShift
	s.press(fyne.KeyHome)
	s.want(t, "[one two]\nthree")
	s.mods = 0
	s.press(fyne.KeyDelete, fyne.KeyTab, fyne.KeyBackspace, fyne.KeyDelete)
	s.want(t, "[]three")
	s.press(fyne.KeyPageDown)
	s.want(t, "three[]")
	s.press(fyne.KeyPageUp, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	s.want(t, "t[]hree")
}

func TestWordKeysComeAsShortcuts(t *testing.T) {
	mod := fyne.KeyModifierControl
	if byWord(fyne.KeyModifierAlt) {
		mod = fyne.KeyModifierAlt
	}
	s := setUp(t, Options{}, "one two three")
	key := func(k fyne.KeyName, m fyne.KeyModifier) {
		s.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: m})
	}
	key(fyne.KeyRight, mod)
	s.want(t, "one[] two three")
	key(fyne.KeyRight, mod|fyne.KeyModifierShift)
	s.want(t, "one[ two] three")
	key(fyne.KeyBackspace, mod)
	s.want(t, "one[] three")
	key(fyne.KeyDelete, mod)
	s.want(t, "one[]")
}

func TestClipboard(t *testing.T) {
	s := setUp(t, Options{}, "one two")
	clip := test.NewClipboard()
	s.Select(0, 3)
	s.TypedShortcut(&fyne.ShortcutCut{Clipboard: clip})
	s.want(t, "[] two")
	s.press(fyne.KeyEnd)
	s.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	s.want(t, " twoone[]")
	s.TypedShortcut(&fyne.ShortcutSelectAll{})
	s.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if clip.Content() != " twoone" {
		t.Errorf("clipboard holds %q", clip.Content())
	}
}

func TestUnknownShortcutsArePassedOn(t *testing.T) {
	var got []string
	s := setUp(t, Options{OnShortcut: func(sc fyne.Shortcut) bool {
		got = append(got, sc.ShortcutName())
		return true
	}}, "x")
	s.TypedShortcut(&fyne.ShortcutUndo{})
	s.TypedShortcut(&fyne.ShortcutSelectAll{})
	s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl})
	if len(got) != 2 || got[0] != "Undo" {
		t.Errorf("passed on %v", got)
	}
}

func TestMouseSelects(t *testing.T) {
	s := setUp(t, Options{}, "one two three\nmore")
	x, y, h := s.sheet.caret(5)
	down := func(m fyne.KeyModifier) {
		s.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y+h/2)}, Button: desktop.MouseButtonPrimary, Modifier: m})
	}
	down(0)
	s.want(t, "one t[]wo three\nmore")
	down(0)
	s.want(t, "one [two] three\nmore")
	down(0)
	s.want(t, "[one two three\n]more")
	s.clock = s.clock.Add(time.Minute)
	down(0)
	s.want(t, "one t[]wo three\nmore")
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(-5, y+1)}})
	s.want(t, "[one t]wo three\nmore")
	s.Select(2, 2)
	down(fyne.KeyModifierShift)
	s.want(t, "on[e t]wo three\nmore")
}

func TestSpliceKeepsCaretAndReportsNothing(t *testing.T) {
	s := setUp(t, Options{}, "one two")
	s.Select(5, 5)
	s.Splice(0, 0, "zero ")
	s.want(t, "zero one t[]wo")
	s.Splice(12, 0, " three")
	s.want(t, "zero one t[]wo three")
	s.Splice(0, 5, "")
	s.want(t, "one t[]wo three")
	if len(s.now) != 0 {
		t.Errorf("reported %q", s.now)
	}
	test.Type(s, "X")
	if s.was[0] != "one two three" {
		t.Errorf("the next change was reported from %q", s.was[0])
	}
}

func TestReadOnlyAndOneLine(t *testing.T) {
	s := setUp(t, Options{ReadOnly: true}, "fixed")
	test.Type(s, "x")
	s.press(fyne.KeyDelete, fyne.KeyReturn)
	s.TypedShortcut(&fyne.ShortcutPaste{Clipboard: test.NewClipboard()})
	s.want(t, "[]fixed")
	one := setUp(t, Options{SingleLine: true}, "a")
	one.press(fyne.KeyEnd, fyne.KeyReturn, fyne.KeyTab)
	one.want(t, "a[]")
	if one.AcceptsTab() {
		t.Error("a line takes the Tab key from the focus")
	}
}

func TestHooksAndLeaving(t *testing.T) {
	left, blurred := 0, 0
	s := setUp(t, Options{
		OnKey:   func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyReturn },
		OnLeave: func() { left++ }, OnBlur: func() { blurred++ },
	}, "a")
	s.press(fyne.KeyReturn, fyne.KeyEscape)
	s.want(t, "[]a")
	s.FocusLost()
	if left != 1 || blurred != 1 || s.view.blink != nil || s.view.caret.Visible() {
		t.Errorf("left %d, blurred %d, blinking %v", left, blurred, s.view.blink != nil)
	}
}

func TestScrollsToTheCaret(t *testing.T) {
	s := setUp(t, Options{}, strings.Repeat("line\n", 50))
	s.Select(s.buf.Len(), s.buf.Len())
	r := s.CaretRect()
	if s.top <= 0 || r.Y < s.top || r.Y+r.H > s.top+s.Size().Height {
		t.Errorf("scrolled to %v, the caret is at %v", s.top, r)
	}
	if !s.ScrollBy(-1e6) || s.top != 0 || s.ScrollBy(-1) {
		t.Errorf("scrolling back up stopped at %v", s.top)
	}
	if min := s.MinSize(); min.Height > 1 {
		t.Errorf("it pushes its parent to %v", min)
	}
}

func TestZoomKeepsTheLines(t *testing.T) {
	s := setUp(t, Options{}, strings.Repeat("some words to wrap ", 10))
	s.SetWrapWidth(150)
	lines := s.NaturalHeight()
	for _, zoom := range []float32{0.5, 0.77, 1.3, 3} {
		s.SetScale(zoom)
		s.Resize(fyne.NewSize(150*zoom, 400))
		if s.NaturalHeight() != lines {
			t.Errorf("at zoom %v the text is %v high, at 1 %v", zoom, s.NaturalHeight(), lines)
		}
	}
}

func TestSelectionAndCaretAreShown(t *testing.T) {
	s := setUp(t, Options{}, "one\ntwo\nthree")
	if !s.view.caret.Visible() {
		t.Error("no caret")
	}
	s.Select(1, 6)
	shown := 0
	for _, m := range s.view.marks {
		if m.Visible() {
			shown++
		}
	}
	if shown < 2 {
		t.Errorf("%d rectangles for a selection in two lines", shown)
	}
	paints := s.view.paints
	s.Select(0, 2)
	if s.view.paints != paints {
		t.Error("a new selection painted the text again")
	}
}

// longText is a hundred kilobytes, with line breaks or without.
func longText(sep string) string {
	return strings.Repeat(strings.Repeat("The quick *brown* fox. ", 45)+sep, 100)
}

func TestKeysInALongText(t *testing.T) {
	for name, sep := range map[string]string{"paragraphs": "\n", "one paragraph": ""} {
		t.Run(name, func(t *testing.T) {
			var edits []Splice
			s := setUp(t, Options{Markdown: true, OnEdit: func(c Splice) { edits = append(edits, c) }}, longText(sep))
			mid := s.Len() / 2
			s.Select(mid, mid)
			test.Type(s, "new")
			if len(edits) != 3 || edits[2].At != mid+2 || string(edits[2].Ins) != "w" {
				t.Errorf("reported %v", edits)
			}
			inView := func(what string) {
				t.Helper()
				if r := s.CaretRect(); r.Y < s.top-0.1 || r.Y+r.H > s.top+s.viewHeight()+0.1 {
					t.Errorf("%s: the caret is at %v, in view is %v", what, r.Y, s.top)
				}
			}
			inView("typing")
			for range 40 {
				at, _ := s.Selection()
				_, y, _ := s.sheet.caret(at)
				s.press(fyne.KeyDown)
				now, _ := s.Selection()
				if _, y1, _ := s.sheet.caret(now); y1 <= y {
					t.Fatalf("Down went from %v to %v", y, y1)
				}
				inView("Down")
			}
			for range 25 {
				at, _ := s.Selection()
				s.press(fyne.KeyPageUp)
				if now, _ := s.Selection(); now >= at {
					t.Fatalf("PageUp went from %d to %d", at, now)
				}
				inView("PageUp")
			}
			s.press(fyne.KeyHome)
			from, _ := s.Selection()
			s.press(fyne.KeyEnd)
			to, _ := s.Selection()
			if _, y0, _ := s.sheet.caret(from); to <= from || y0 != s.CaretRect().Y {
				t.Errorf("the line is %d to %d", from, to)
			}
			s.mods = fyne.KeyModifierControl
			s.press(fyne.KeyPageDown)
			if at, _ := s.Selection(); at != s.Len() {
				t.Errorf("the end is %d, not %d", s.Len(), at)
			}
			inView("the end")
		})
	}
}

func TestScrollingUpDoesNotJump(t *testing.T) {
	s := setUp(t, Options{Markdown: true}, longText("\n"))
	s.Select(s.Len(), s.Len())
	for range 60 {
		at := s.sheet.hit(0, s.top+40)
		_, before, _ := s.sheet.caret(at)
		on := before - s.top
		s.ScrollBy(-30)
		_, after, _ := s.sheet.caret(at)
		if d := after - s.top - on - 30; d > 0.5 || d < -0.5 {
			t.Fatalf("scrolled by 30, a line moved by %v", d+30)
		}
	}
}

func TestWhatIsInViewStaysWhileOthersWrite(t *testing.T) {
	s := setUp(t, Options{}, longText("\n"))
	s.ScrollBy(5000)
	at := s.sheet.hit(0, s.top+30)
	_, y, _ := s.sheet.caret(at)
	on := y - s.top
	more := strings.Repeat("news\n", 30)
	s.Splice(100, 5, more)
	_, y, _ = s.sheet.caret(at + len(more) - 5)
	if d := y - s.top - on; d > 0.5 || d < -0.5 {
		t.Errorf("the line moved by %v", d)
	}
}

func TestParagraphKeys(t *testing.T) {
	mod := fyne.KeyModifierControl
	if byWord(fyne.KeyModifierAlt) {
		mod = fyne.KeyModifierAlt
	}
	s := setUp(t, Options{}, "one\ntwo\n\nthree")
	s.mods = mod
	s.press(fyne.KeyDown)
	s.want(t, "one[]\ntwo\n\nthree")
	s.press(fyne.KeyDown, fyne.KeyDown)
	s.want(t, "one\ntwo\n\nthree[]")
	s.mods |= fyne.KeyModifierShift
	s.press(fyne.KeyUp)
	s.want(t, "one\ntwo\n\n[three]")
	s.press(fyne.KeyUp)
	s.want(t, "one\n[two\n\nthree]")
}

func TestASteadyCaretStands(t *testing.T) {
	s := setUp(t, Options{Steady: true}, "a")
	if s.view.blink != nil || !s.view.caret.Visible() {
		t.Errorf("blinking %v, a caret %v", s.view.blink != nil, s.view.caret.Visible())
	}
	if s = setUp(t, Options{}, "a"); s.view.blink == nil {
		t.Error("the other does not blink")
	}
}
