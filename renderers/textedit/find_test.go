package textedit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// finding opens a find row over an editor in a window.
func finding(t *testing.T, text string) (*stage, *FindRow, fyne.Canvas) {
	t.Helper()
	s := setUp(t, Options{}, text)
	row := NewFindRow(s.Editor)
	row.query.modifiers = s.modifiers
	w := test.NewTempWindow(t, container.NewStack(s.Editor, row))
	w.Resize(fyne.NewSize(300, 200))
	w.Canvas().Focus(s.Editor)
	return s, row, w.Canvas()
}

func TestFindRowWalksTheHits(t *testing.T) {
	s, row, c := finding(t, "one Two one\ntwo ONE")
	s.Select(2, 2)
	row.Open()
	if c.Focused() != row.query {
		t.Fatal("the row has not the focus")
	}
	test.Type(row.query, "one")
	s.want(t, "one Two [one]\ntwo ONE")
	if row.count.Text != "2 of 3" {
		t.Errorf("it says %q", row.count.Text)
	}
	enter := func() { row.query.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	enter()
	s.want(t, "one Two one\ntwo [ONE]")
	enter()
	s.want(t, "[one] Two one\ntwo ONE")
	s.mods = fyne.KeyModifierShift
	enter()
	s.want(t, "one Two one\ntwo [ONE]")
	if row.count.Text != "3 of 3" {
		t.Errorf("it says %q", row.count.Text)
	}
	row.query.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.want(t, "one Two one\ntwo [ONE]")
	if row.Visible() || c.Focused() != s.Editor || len(s.hits.at) != 0 {
		t.Error("the row is not closed")
	}
}

func TestFindRowBeginsWithTheSelection(t *testing.T) {
	s, row, _ := finding(t, "a cat and a Cat")
	s.Select(2, 5)
	row.Open()
	if row.query.Text() != "cat" || row.count.Text != "1 of 2" {
		t.Errorf("it looks for %q and says %q", row.query.Text(), row.count.Text)
	}
	test.Type(row.query, "x")
	if row.count.Text != "Not found" {
		t.Errorf("it says %q", row.count.Text)
	}
	s.want(t, "a [cat] and a Cat")
	row.query.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl})
	if row.query.SelectedText() != "x" {
		t.Errorf("%q is selected", row.query.SelectedText())
	}
}

func TestFindCountsWhileOthersWrite(t *testing.T) {
	s, row, _ := finding(t, "a cat")
	row.Open()
	test.Type(row.query, "cat")
	s.Splice(0, 0, "cat, ")
	row.Update()
	s.want(t, "cat, a [cat]")
	if row.count.Text != "2 of 2" {
		t.Errorf("it says %q", row.count.Text)
	}
}

func TestFindShowsAHitFarAway(t *testing.T) {
	s := setUp(t, Options{}, strings.Repeat("some words to wrap, and more of them\n", 3000)+"needle")
	if i, n := s.Find("NEEDLE", 0); i != 1 || n != 1 {
		t.Fatalf("found %d of %d", i, n)
	}
	r := s.CaretRect()
	if r.Y < s.top || r.Y+r.H > s.top+s.viewHeight() {
		t.Errorf("the hit is at %v, in view is %v", r.Y, s.top)
	}
	marked := 0
	for i := 0; i < len(s.view.pixels.Pix); i += 4 {
		if p := s.view.pixels.Pix[i : i+4]; p[0] == 0xff && p[1] == 0xe5 && p[2] == 0x8a {
			marked++
		}
	}
	if marked < 100 {
		t.Errorf("%d pixels are marked", marked)
	}
}
