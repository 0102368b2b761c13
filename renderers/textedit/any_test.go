package textedit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

// Whatever keys, clicks, sizes and changes by others come, the blocks hold the text, the view is
// within it, and a key leaves the caret in view.
func TestEditorUnderAnyInput(t *testing.T) {
	markdown := rapid.StringOfN(rapid.RuneFrom([]rune("ab  \n\n*`#->[]é日")), 0, 200, -1)
	keys := []fyne.KeyName{
		fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp,
		fyne.KeyPageDown, fyne.KeyReturn, fyne.KeyBackspace, fyne.KeyDelete,
	}
	s := setUp(t, Options{Markdown: true}, "")
	s.sheet.sizes = smallSizes
	rapid.Check(t, func(rt *rapid.T) {
		s.Resize(fyne.NewSize(120, 90))
		s.SetScale(1)
		s.SetText(markdown.Draw(rt, "text"))
		idle := false // the last key had nothing to delete
		pos := func() fyne.Position {
			return fyne.NewPos(float32(rapid.IntRange(-10, 150).Draw(rt, "x")), float32(rapid.IntRange(-30, 150).Draw(rt, "y")))
		}
		steps := map[string]func(){
			"key": func() {
				s.mods = rapid.SampledFrom([]fyne.KeyModifier{0, 0, fyne.KeyModifierShift, fyne.KeyModifierControl}).Draw(rt, "mods")
				was := s.Text()
				key := rapid.SampledFrom(keys).Draw(rt, "key")
				s.press(key)
				idle = (key == fyne.KeyDelete || key == fyne.KeyBackspace) && s.Text() == was
			},
			"type":   func() { s.Replace(markdown.Draw(rt, "typed")) },
			"others": func() { c := spliceOf(rt, s.Len(), "XY\n"); s.Splice(c.At, c.Del, string(c.Ins)) },
			"scroll": func() { s.ScrollBy(float32(rapid.IntRange(-200, 200).Draw(rt, "dy"))) },
			"resize": func() { s.Resize(fyne.NewSize(float32(rapid.IntRange(1, 300).Draw(rt, "w")), 90)) },
			"zoom":   func() { s.SetScale(rapid.SampledFrom([]float32{0.5, 1, 2.3}).Draw(rt, "zoom")) },
			"find":   func() { s.Find(rapid.SampledFrom([]string{"", "a", "a ", "é日"}).Draw(rt, "query"), 0) },
			"next":   func() { s.FindNext(rapid.Bool().Draw(rt, "back")) },
			"press": func() {
				s.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: pos()}, Button: desktop.MouseButtonPrimary})
			},
			"drag": func() { s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: pos()}}) },
		}
		names := []string{"key", "key", "type", "others", "scroll", "resize", "zoom", "find", "next", "press", "drag"}
		for range rapid.IntRange(1, 15).Draw(rt, "steps") {
			step := rapid.SampledFrom(names).Draw(rt, "step")
			steps[step]()
			check(rt, &s.buf)
			if s.sheet.list.runes != s.Len() {
				rt.Fatalf("after %s the blocks hold %d runes of %d", step, s.sheet.list.runes, s.Len())
			}
			if most := max(0, s.sheet.height()-s.viewHeight()); s.top < 0 || s.top > most+0.1 {
				rt.Fatalf("after %s it is scrolled by %v, of %v", step, s.top, most)
			}
			if r := s.CaretRect(); step == "key" && !idle && (r.Y < s.top-0.1 || r.Y+r.H > s.top+s.viewHeight()+0.1) {
				rt.Fatalf("after a key the caret is at %v, in view is %v and %v more", r.Y, s.top, s.viewHeight())
			}
		}
	})
}

// A picture of which only what changed was drawn is the one that is drawn as a whole.
func TestPictureIsUpToDate(t *testing.T) {
	markdown := rapid.StringOfN(rapid.RuneFrom([]rune("ab  \n\n*`#->é日")), 0, 60, -1)
	s := setUp(t, Options{Markdown: true, Placeholder: "Write"}, "")
	s.sheet.sizes = smallSizes
	rapid.Check(t, func(rt *rapid.T) {
		s.Resize(fyne.NewSize(90, 300))
		s.SetText(strings.Repeat(markdown.Draw(rt, "text")+"\n", rapid.IntRange(0, 8).Draw(rt, "times")))
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			at := rapid.IntRange(0, s.Len()).Draw(rt, "at")
			switch rapid.IntRange(0, 4).Draw(rt, "step") {
			case 0:
				s.ScrollBy(float32(rapid.IntRange(-90, 90).Draw(rt, "dy")))
			case 1:
				c := spliceOf(rt, s.Len(), "XY\n")
				s.Splice(c.At, c.Del, string(c.Ins))
			case 2:
				s.Select(at, at)
				s.Replace(markdown.Draw(rt, "typed"))
			case 3:
				s.Select(at, at)
				s.press(fyne.KeyBackspace)
			case 4:
				s.Find(rapid.SampledFrom([]string{"", "a"}).Draw(rt, "query"), 0)
			}
			got := slices.Clone(s.view.pixels.Pix)
			if s.view.paint(); !slices.Equal(got, s.view.pixels.Pix) {
				rt.Fatalf("the picture of %q, scrolled by %v, is out of date", s.Text(), s.top)
			}
		}
	})
}

func TestAKeyDrawsFewRows(t *testing.T) {
	s := setUp(t, Options{Markdown: true}, strings.Repeat("some words\n", 300))
	s.Resize(fyne.NewSize(200, 800))
	s.Select(155, 155)
	s.view.rows = 0
	test.Type(s, "x")
	if s.view.rows > 60 {
		t.Errorf("a key drew %d rows", s.view.rows)
	}
}
