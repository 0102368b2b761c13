package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

// notices are quiet lines at the bottom: what is going on, what went wrong.
// A notice that something is not saved stays until it is.
type notices struct {
	env     *renderers.Env
	object  *fyne.Container
	column  *fyne.Container
	unsaved *fyne.Container
	shown   trouble           // by unsaved
	last    fyne.CanvasObject // the last status
	lines   map[string]*fyne.Container
	export  func()
	retry   func()
}

// trouble is what the notice that something is not on disk looks like.
type trouble struct {
	words string
	dark  bool
}

// noticeTime is how long a line stays.
const (
	noticeTime  = 4 * time.Second
	warningTime = 10 * time.Second
	untilRead   = time.Hour // unless it is closed
	maxNotices  = 5
)

func newNotices(env *renderers.Env) *notices {
	n := &notices{env: env, column: container.NewVBox(), lines: map[string]*fyne.Container{}}
	n.object = container.New(bottomCenter{}, n.column)
	return n
}

// say shows a line for a few seconds.
func (n *notices) say(words string) { n.line(words, false, noticeTime) }

// status shows a line in the place of the last status.
func (n *notices) status(words string) {
	n.endStatus()
	n.say(words)
	n.last = n.column.Objects[len(n.column.Objects)-1]
}

// endStatus takes the status away before its time.
func (n *notices) endStatus() {
	if n.last != nil {
		n.remove(n.last)
		n.last = nil
	}
}

// warn shows what went wrong, for longer, with a button to close it.
func (n *notices) warn(words string) { n.line(words, true, warningTime) }

// line shows a line; what says the same goes.
func (n *notices) line(words string, warning bool, stay time.Duration) {
	if same := n.lines[words]; same != nil {
		n.remove(same)
	}
	if len(n.column.Objects) >= maxNotices {
		n.remove(n.column.Objects[0])
	}
	var row *fyne.Container
	row = n.card(words, warning, func() { n.remove(row) })
	n.add(row)
	n.lines[words] = row
	time.AfterFunc(stay, func() {
		n.env.Post(func() {
			n.remove(row)
			if n.lines[words] == row {
				delete(n.lines, words)
			}
		})
	})
}

// offer shows a line with a button that does something about it, and returns what takes
// the line away.
func (n *notices) offer(words, button string, stay time.Duration, do func()) (end func()) {
	var row *fyne.Container
	end = func() { n.remove(row) }
	label := widget.NewLabel(words)
	label.Wrapping = fyne.TextWrapWord
	hand := renderers.NewButton(button, nil, func() { end(); do() })
	row = n.paper(container.NewBorder(nil, nil, nil, container.NewHBox(hand, iconButton(theme.CancelIcon(), end)), label), false)
	n.add(row)
	time.AfterFunc(stay, func() { n.env.Post(end) })
	return end
}

// progress shows a line that the returned function changes; "" ends it.
func (n *notices) progress(words string) func(string) {
	label := widget.NewLabel(words)
	line := container.NewHBox(label)
	if !n.env.Still {
		line.Objects = []fyne.CanvasObject{widget.NewActivity(), label}
	}
	row := n.paper(line, false)
	n.add(row)
	return func(words string) {
		if words == "" {
			n.remove(row)
			return
		}
		label.SetText(words)
	}
}

// saving shows the notice that something is not on disk, as long as that is so.
func (n *notices) saving(s app.SaveState) {
	now := trouble{}
	if s.Failed {
		now = trouble{s.Words, n.env.Dark()}
	}
	if now == n.shown {
		return
	}
	n.shown = now
	if n.unsaved != nil {
		n.remove(n.unsaved)
		n.unsaved = nil
	}
	if !s.Failed {
		return
	}
	label := widget.NewLabel(lang.Below(s.Words))
	label.Wrapping = fyne.TextWrapWord
	again := renderers.NewButton(lang.T("Try again"), nil, func() { n.retry() })
	export := renderers.NewButton(lang.T("Export…"), nil, func() { n.export() })
	n.unsaved = n.paper(container.NewBorder(nil, nil, widget.NewIcon(theme.ErrorIcon()), container.NewHBox(again, export), label), true)
	n.add(n.unsaved)
}

func (n *notices) card(words string, warning bool, dismiss func()) *fyne.Container {
	label := widget.NewLabel(words)
	label.Wrapping = fyne.TextWrapWord
	close := iconButton(theme.CancelIcon(), dismiss)
	var icon fyne.CanvasObject
	if warning {
		icon = widget.NewIcon(theme.WarningIcon())
	}
	return n.paper(container.NewBorder(nil, nil, icon, close, label), warning)
}

func (n *notices) paper(content fyne.CanvasObject, warning bool) *fyne.Container {
	pal := n.env.Palette()
	back := canvas.NewRectangle(pal.Paper)
	back.CornerRadius, back.StrokeWidth, back.StrokeColor = 8, 1, pal.PaperEdge
	if warning {
		back.StrokeColor = pal.Warning
	}
	width := canvas.NewRectangle(color.Transparent)
	width.SetMinSize(fyne.NewSize(460, 40))
	return container.NewStack(back, width, container.New(inset{12, 2}, content))
}

func (n *notices) add(o fyne.CanvasObject) {
	n.column.Add(o)
	n.object.Refresh()
}

func (n *notices) remove(o fyne.CanvasObject) {
	n.column.Remove(o)
	n.object.Refresh()
}

// bottomCenter is a layout that puts its objects at the bottom, as small as
// they can be.
type bottomCenter struct{}

// MinSize implements fyne.Layout.
func (bottomCenter) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, 0) }

// Layout implements fyne.Layout.
func (bottomCenter) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		m := o.MinSize()
		o.Resize(m)
		o.Move(fyne.NewPos((size.Width-m.Width)/2, size.Height-m.Height-16))
	}
}
