package ui

import (
	"context"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// page is a sheet of one column, as high as what is on it, that is laid anew for
// every width. A line at its foot says what went wrong.
type page struct {
	w       *Window
	modal   *modal
	title   string
	words   *canvas.Text // as much of the title as there is room for
	head    fyne.CanvasObject
	scroll  *container.Scroll
	build   func(width float32) []fyne.CanvasObject
	width   float32
	wrong   string
	working bool
	retry   []*escEntry // are typed in again when something went wrong
}

// proseSize is the size of what is to be read on a page.
const proseSize = 14

// openPage shows a page of at most a width. build gives what is on it from top to
// bottom; it may give the same widgets again.
func (w *Window) openPage(title string, width float32, focus fyne.Focusable, build func(width float32) []fyne.CanvasObject) *page {
	p := &page{w: w, title: title, build: build, scroll: container.NewVScroll(container.NewWithoutLayout())}
	p.words = heading(title, w.env)
	p.words.TextSize = theme.Size(theme.SizeNameSubHeadingText)
	shut := newEscButton("", func() { w.closeModal() }, w.closeModal)
	shut.Icon, shut.Importance = theme.CancelIcon(), widget.LowImportance
	p.head = container.NewBorder(nil, nil, container.New(inset{sheetPad, 14}, p.words), container.New(inset{8, 8}, shut))
	inside := container.New(stacked{grow: 1}, p.head, p.scroll)
	p.modal = newModal(w, inside, true, func(window fyne.Size) (fyne.Position, fyne.Size) {
		p.lay(min(width, window.Width-32))
		high := p.head.MinSize().Height + p.scroll.Content.MinSize().Height
		return middleOf(fyne.NewSize(p.width, high))(window)
	})
	p.modal.scroll = p.scroll
	p.modal.keys = func(e *fyne.KeyEvent) { scrollBy(p.scroll, e.Name) }
	p.modal.open(focus)
	return p
}

// lay puts everything on the page for a width.
func (p *page) lay(width float32) {
	if width == p.width {
		return
	}
	p.width = width
	inner := width - 2*sheetPad
	setText(p.words, fitText(p.title, p.words.TextSize, p.words.TextStyle, inner-sheetPad))
	column := container.New(stacked{grow: -1})
	for _, o := range p.build(inner) {
		column.Add(o)
	}
	if p.wrong != "" {
		column.Add(p.w.prose(p.wrong, inner, p.w.env.Palette().Danger))
	}
	p.scroll.Content = container.New(indent{0, sheetPad}, container.New(inset{sheetPad, 0}, container.NewThemeOverride(column, outlined{})))
	p.scroll.Refresh()
}

// again lays the page anew because something on it is different.
func (p *page) again() {
	p.width = 0
	p.modal.resized()
}

// shown reports whether this page is still open.
func (p *page) shown() bool { return p.w.modal == p.modal }

// complain says what went wrong; "" takes that back.
func (p *page) complain(words string) {
	if p.wrong != words {
		p.wrong = words
		p.again()
	}
}

// run does what blocks beside the UI goroutine; meanwhile the button says so and
// nothing else is begun. If it works done runs, else the page says why not.
func (p *page) run(b *escButton, meanwhile string, f func() error, done func()) {
	if p.working {
		return
	}
	p.working = true
	usual := b.Text
	p.complain("")
	b.SetText(meanwhile)
	b.Disable()
	go func() {
		err := f()
		p.w.frames.Add(func() {
			p.working = false
			b.SetText(usual)
			b.Enable()
			switch words := p.w.env.Sentence(err); {
			case err == nil:
				done()
			case p.shown():
				p.complain(words)
				p.typeAgain()
			default:
				p.w.notices.warn(words)
			}
		})
	}()
}

// runStoppable is run with a button beside it that gives up what was begun.
func (p *page) runStoppable(b, stop *escButton, meanwhile string, f func(context.Context) error, done func()) {
	if p.working {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	stop.OnTapped = cancel
	stop.Show()
	p.run(b, meanwhile, func() error {
		defer p.w.frames.Add(func() {
			cancel()
			stop.Hide()
			p.again()
		})
		return f(ctx)
	}, done)
	p.again()
}

// runUntilClosed is run for what closing the page gives up; done is told whether that was so.
func (p *page) runUntilClosed(b *escButton, meanwhile string, f func(context.Context) error, done func(gaveUp bool)) {
	if p.working {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.modal.closed = cancel
	gaveUp := false
	p.run(b, meanwhile, func() error {
		defer cancel()
		err := f(ctx)
		if gaveUp = ctx.Err() != nil; gaveUp {
			return nil
		}
		return err
	}, func() { done(gaveUp) })
}

// typeAgain empties what was wrong, for another try.
func (p *page) typeAgain() {
	for i, e := range p.retry {
		e.SetText("")
		if i == 0 {
			p.w.win.Canvas().Focus(e)
		}
	}
}

// prose is a paragraph, broken for a width, with some space below.
func (w *Window) prose(words string, width float32, ink color.Color) fyne.CanvasObject {
	column := container.New(stacked{grow: -1})
	for _, line := range breakLines(words, proseSize, width) {
		t := canvas.NewText(line, ink)
		t.TextSize = proseSize
		column.Add(container.New(inset{0, 1}, t))
	}
	return container.New(indent{0, 10}, column)
}

// breakLines breaks words into lines that fit; a word that is wider than a line is
// broken, too.
func breakLines(words string, size, width float32) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(words) {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if textWidth(longer, size, fyne.TextStyle{}) > width {
			if line != "" {
				lines = append(lines, line)
			}
			parts := breakAnywhere(word, size, fyne.TextStyle{}, width)
			lines, longer = append(lines, parts[:len(parts)-1]...), parts[len(parts)-1]
		}
		line = longer
	}
	return append(lines, line)
}

// buttonRow is buttons in a row, or below one another where that is too wide.
func buttonRow(width float32, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	row := container.NewHBox(buttons...)
	if row.MinSize().Width > width {
		row = container.New(layout.NewVBoxLayout(), buttons...)
	}
	return container.New(inset{0, 8}, row)
}

// mainButton is the button that a page is for.
func (w *Window) mainButton(words string, tapped func()) *escButton {
	b := newEscButton(words, tapped, w.closeModal)
	b.Importance = widget.HighImportance
	return b
}

// escEntry is an entry in which Esc leaves the sheet and Enter goes on.
type escEntry struct {
	widget.Entry
	leave func()
}

func newEscEntry(hint string, leave func()) *escEntry {
	e := &escEntry{leave: leave}
	e.PlaceHolder = hint
	e.ExtendBaseWidget(e)
	return e
}

// newSecretEntry shows dots for what is typed.
func newSecretEntry(hint string, leave func()) *escEntry {
	e := newEscEntry(hint, leave)
	e.Password = true
	return e
}

// FocusGained implements fyne.Focusable.
func (e *escEntry) FocusGained() {
	e.Entry.FocusGained()
	reveal(e)
}

// TypedKey implements fyne.Focusable.
func (e *escEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.leave()
		return
	}
	e.Entry.TypedKey(k)
}
