package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/renderers"
)

const (
	tipText  = 12
	tipPad   = 8
	tipRoom  = 280 // for the words
	tipBelow = 4   // the title bar
)

// tip is a few words below the title bar about what the pointer is over. It
// takes no events. UI goroutine only.
type tip struct {
	env    *renderers.Env
	object *fyne.Container
	paper  *canvas.Rectangle
	words  *canvas.Text
	at     float32 // the middle, from the left of the window
}

func newTip(env *renderers.Env) *tip {
	t := &tip{env: env, paper: canvas.NewRectangle(nil), words: canvas.NewText("", nil)}
	t.paper.CornerRadius, t.paper.StrokeWidth, t.words.TextSize = 6, 1, tipText
	t.object = container.New(tipLayout{t}, t.paper, t.words)
	t.object.Hide()
	return t
}

// say shows words below a place of the title bar, from the left of the window.
func (t *tip) say(words string, at float32) {
	pal := t.env.Palette()
	t.paper.FillColor, t.paper.StrokeColor, t.words.Color = pal.Paper, pal.PaperEdge, pal.Ink
	t.words.Text, t.at = fitText(words, tipText, t.words.TextStyle, tipRoom), at
	t.object.Show()
	t.object.Refresh()
}

func (t *tip) hide() { t.object.Hide() }

// tipLayout keeps the words within the window.
type tipLayout struct{ t *tip }

// MinSize implements fyne.Layout.
func (tipLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (l tipLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	m := l.t.words.MinSize()
	paper := m.AddWidthHeight(2*tipPad, tipPad)
	x := max(tipBelow, min(l.t.at-paper.Width/2, size.Width-paper.Width-tipBelow))
	l.t.paper.Move(fyne.NewPos(x, tipBelow))
	l.t.paper.Resize(paper)
	l.t.words.Move(fyne.NewPos(x+tipPad, tipBelow+tipPad/2))
	l.t.words.Resize(m)
}
