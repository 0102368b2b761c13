package main

import (
	"fmt"
	"image"
	"image/color"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/board"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/renderers/paint"
)

// gallery is the window: a list of stories, and the one that is looked at on a
// board and in full.
type gallery struct {
	env      *renderers.Env
	painters *renderers.Painters
	dark     bool
	view     *renderers.BoardView
	full     renderers.Full
	handle   doc.Handle // of full
	shown    int        // -1 is the wall of all stories
	place    *fyne.Container
	list     *widget.List
}

func main() {
	a := app.NewWithID("org.corkboard.gallery")
	g := &gallery{shown: -1, place: container.NewStack(), painters: renderers.NewPainters()}
	env, err := newWorld(fyne.Do, func() bool { return g.dark })
	if err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
	g.env = env
	g.list = widget.NewList(func() int { return len(stories) }, newRow, g.showRow)
	g.list.OnSelected = func(i int) { g.show(i) }
	dark := widget.NewCheck("Dark", func(on bool) {
		g.dark = on
		a.Settings().SetTheme(look{theme.DefaultTheme(), on})
		g.show(g.shown)
	})
	a.Settings().SetTheme(look{theme.DefaultTheme(), false})
	all := widget.NewButton("All on a board", func() { g.list.UnselectAll(); g.show(-1) })
	w := a.NewWindow("Corkboard gallery")
	side := container.NewBorder(container.NewVBox(all, dark), nil, nil, nil, g.list)
	split := container.NewHSplit(side, g.place)
	split.Offset = 0.2
	w.SetContent(split)
	w.Resize(fyne.NewSize(1500, 1000))
	g.show(-1)
	w.ShowAndRun()
	g.leave()
	g.painters.Close()
	env.Pictures.Close()
}

// show puts a story in full, or all of them on a board, into the window.
func (g *gallery) show(i int) {
	g.leave()
	g.shown = i
	on, kind := wall, cards.KindBoard
	if i >= 0 {
		on, kind = id(i), stories[i].kind
	}
	var object fyne.CanvasObject
	switch face := g.env.Registry.Face(kind); {
	case kind == cards.KindBoard: // in full it is what the window shows
		g.view = renderers.NewBoardView(g.env, g, g.painters, on)
		object = g.view
	case face.Full != nil:
		g.handle = g.env.Docs.Open(on, face.View)
		g.full = renderers.OpenFull(g.env, on, face, g.handle)
		g.full.Show(g.handle.Snapshot())
		object = g.full.Object()
	default:
		object = widget.NewLabel("This type has no view of its own.")
	}
	g.place.Objects = []fyne.CanvasObject{object}
	g.place.Refresh()
}

func (g *gallery) leave() {
	if g.view != nil {
		g.view.Close()
		g.view = nil
	}
	if g.full != nil {
		g.full.Close()
		g.handle.Close()
		g.full = nil
	}
}

// Effect implements renderers.BoardHost: a double-click opens a story.
func (g *gallery) Effect(_ *renderers.BoardView, e board.Effect) {
	if open, ok := e.(board.OpenCard); ok {
		for i, s := range stories {
			if s.name == string(open.ID) {
				g.list.Select(i)
			}
		}
	}
}

// look is Fyne's own theme, light or dark as the gallery says.
type look struct {
	fyne.Theme
	dark bool
}

// Color implements fyne.Theme.
func (l look) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if l.dark {
		return l.Theme.Color(n, theme.VariantDark)
	}
	return l.Theme.Color(n, theme.VariantLight)
}

const iconSize = 20

func newRow() fyne.CanvasObject {
	icon := canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 2*iconSize, 2*iconSize)))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(iconSize))
	return container.NewHBox(icon, widget.NewLabel(""), widget.NewLabel(""))
}

// showRow is the story in one line.
func (g *gallery) showRow(i int, row fyne.CanvasObject) {
	face := g.env.Registry.Face(stories[i].kind)
	h := g.env.Docs.Open(id(i), face.View)
	defer h.Close()
	s := face.Summary(h.Snapshot().Value)
	parts := row.(*fyne.Container).Objects
	icon := image.NewRGBA(image.Rect(0, 0, 2*iconSize, 2*iconSize))
	paint.DrawIcon(icon, s.Icon, paint.Rect{W: 2 * iconSize, H: 2 * iconSize}, g.env.Palette().InkMuted)
	parts[0].(*canvas.Image).Image = icon
	parts[0].Refresh()
	parts[1].(*widget.Label).SetText(s.Title)
	parts[2].(*widget.Label).SetText(s.Detail)
}
