package textedit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"corkboard/renderers/paint"
	"corkboard/ui/lang"
)

// FindRow is a small row in which a person writes what to look for in an editor's text: Enter and
// Shift+Enter walk, Esc closes. Its size is in Fyne units and knows no zoom. UI goroutine only.
type FindRow struct {
	widget.BaseWidget

	in     *Editor // the text
	query  *Editor
	ground *canvas.Rectangle
	count  *canvas.Text
	from   int // where the search began
}

// Measures of the row in Fyne units.
const (
	findWidth  = 244
	findHeight = 32
	findPad    = 10
	findCount  = 84 // the room of "3 of 17"
	findSize   = 13
)

var (
	_ desktop.Mouseable = (*FindRow)(nil)
	_ fyne.Scrollable   = (*FindRow)(nil)
)

// NewFindRow returns a row for the text of an editor, closed.
func NewFindRow(in *Editor) *FindRow {
	f := &FindRow{in: in, ground: &canvas.Rectangle{CornerRadius: 6, StrokeWidth: 1}, count: &canvas.Text{TextSize: 12, Alignment: fyne.TextAlignTrailing}}
	f.query = New(Options{
		NoWrap: true, Placeholder: lang.T("Find"), Style: f.style(in.opts.Palette), Palette: in.opts.Palette,
		OnKey: f.key, OnChange: func(_, now string) { f.look(now) },
		OnShortcut: f.shortcut, OnBlur: func() {},
	})
	f.SetPalette(in.opts.Palette)
	f.ExtendBaseWidget(f)
	f.Hide()
	return f
}

func (f *FindRow) style(pal paint.Palette) paint.Style {
	return paint.Style{Size: findSize, Color: pal.Ink}
}

// SetPalette takes other colours.
func (f *FindRow) SetPalette(pal paint.Palette) {
	f.ground.FillColor, f.ground.StrokeColor = pal.PaperSunk, pal.Rule
	f.query.SetStyle(f.style(pal), pal)
	f.count.Color = pal.InkMuted
	f.ground.Refresh()
	f.Update()
}

// Open shows the row with what is selected in it, if that is within a line, and the caret.
func (f *FindRow) Open() {
	f.from, _ = f.in.Selection()
	if s := f.in.SelectedText(); s != "" && len(s) <= maxQuery && !strings.Contains(s, "\n") {
		f.query.SetText(s)
	}
	f.query.Select(0, f.query.Len())
	f.Show()
	f.in.covered = findHeight + findPad
	f.look(f.query.Text())
	f.focus(f.query)
}

// focus gives the focus to the query or to the text. The row is no part of the window before it was
// drawn, the text is.
func (f *FindRow) focus(e *Editor) {
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(f.in); c != nil {
			c.Focus(e)
		}
	}
}

// Close hides the row; the selection stays on the hit.
func (f *FindRow) Close() {
	f.Hide()
	f.in.covered = 0
	f.in.Find("", 0)
	f.focus(f.in)
}

func (f *FindRow) look(query string) {
	f.in.Find(query, f.from)
	f.Update()
}

// Update says anew which hit is selected and how many there are.
func (f *FindRow) Update() {
	text := ""
	switch i, n := f.in.Found(); {
	case f.query.Len() == 0:
	case n == 0:
		text = lang.T("Not found")
	case i == 0:
		text = countOf(n)
	default:
		text = lang.Tf("%d of %s", i, countOf(n))
	}
	if text != f.count.Text {
		f.count.Text = text
		f.count.Refresh()
	}
}

func countOf(n int) string {
	if n >= maxHits {
		return fmt.Sprintf("%d+", n)
	}
	return fmt.Sprint(n)
}

// key obeys what has a meaning for the search.
func (f *FindRow) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		f.walk(f.query.modifiers()&fyne.KeyModifierShift != 0)
	case fyne.KeyDown:
		f.walk(false)
	case fyne.KeyUp:
		f.walk(true)
	case fyne.KeyEscape:
		f.Close()
	case fyne.KeyTab:
		f.focus(f.in)
	default:
		return false
	}
	return true
}

func (f *FindRow) walk(back bool) {
	f.in.FindNext(back)
	f.from, _ = f.in.Selection()
	f.Update()
}

// shortcut keeps undo and the like from the text, which has not the focus.
func (f *FindRow) shortcut(s fyne.Shortcut) bool {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.KeyName == fyne.KeyF {
		f.query.Select(0, f.query.Len())
	}
	return true
}

// MouseDown implements desktop.Mouseable: a press beside the query is for the row too.
func (f *FindRow) MouseDown(*desktop.MouseEvent) { f.focus(f.query) }

// MouseUp implements desktop.Mouseable.
func (f *FindRow) MouseUp(*desktop.MouseEvent) {}

// Scrolled implements fyne.Scrollable: the text below stays where it is.
func (f *FindRow) Scrolled(*fyne.ScrollEvent) {}

// MinSize implements fyne.CanvasObject.
func (f *FindRow) MinSize() fyne.Size { return fyne.NewSize(findWidth, findHeight) }

// CreateRenderer implements fyne.Widget.
func (f *FindRow) CreateRenderer() fyne.WidgetRenderer { return findRenderer{f} }

type findRenderer struct{ f *FindRow }

// Layout puts the query to the left and the count to the right.
func (r findRenderer) Layout(size fyne.Size) {
	line := float32(findSize * 1.4)
	r.f.ground.Resize(size)
	r.f.query.Move(fyne.NewPos(findPad, (size.Height-line)/2))
	r.f.query.Resize(fyne.NewSize(max(1, size.Width-2*findPad-findCount), line))
	text := r.f.count.MinSize().Height
	r.f.count.Move(fyne.NewPos(size.Width-findPad-findCount, (size.Height-text)/2))
	r.f.count.Resize(fyne.NewSize(findCount, text))
}

func (r findRenderer) MinSize() fyne.Size { return r.f.MinSize() }
func (r findRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.f.ground, r.f.query, r.f.count}
}
func (r findRenderer) Destroy() {}

// Refresh implements fyne.WidgetRenderer.
func (r findRenderer) Refresh() {
	r.Layout(r.f.Size())
	r.f.query.Refresh()
}
