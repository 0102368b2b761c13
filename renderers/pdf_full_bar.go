package renderers

import (
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/ui/lang"
)

// pdfBar is the row of tools above a PDF. UI goroutine only.
type pdfBar struct {
	full     *pdfFull
	previous *Button
	next     *Button
	page     *pdfField
	percent  *Button // the zoom; 100 % when pressed
	find     *pdfField
	count    *widget.Label
	hits     *fyne.Container // buttons that go from hit to hit
	object   fyne.CanvasObject
	shown    int // the page that the field names
	pages    int
}

func newPDFBar(f *pdfFull) *pdfBar {
	b := &pdfBar{full: f, shown: -1, count: widget.NewLabel("")}
	p := f.pages
	icon := func(r fyne.Resource, do func()) *Button { return newLowButton("", r, do) }
	b.previous = icon(theme.MoveUpIcon(), func() { p.turn(p.view.page() - 1) })
	b.next = icon(theme.MoveDownIcon(), func() { p.turn(p.view.page() + 1) })
	b.page = newPDFField("", b.goTo, b.giveBack)
	b.page.refocus = b.showPage
	b.percent = newLowButton("100 %", nil, func() { p.zoom(pdfZoomWhole, p.view.W/2, 0) })
	minus := icon(theme.ZoomOutIcon(), func() { p.TypedRune('-') })
	plus := icon(theme.ZoomInIcon(), func() { p.TypedRune('+') })
	fit := icon(theme.ZoomFitIcon(), p.fitWidth)
	b.find = newPDFField(lang.T("Find"), b.enterFind, b.endFind)
	b.find.OnChanged = func(query string) { f.startFind(strings.TrimSpace(query)) }
	b.count.SizeName = theme.SizeNameCaptionText
	b.hits = container.NewHBox(
		icon(theme.MenuDropUpIcon(), func() { f.step(true) }), icon(theme.MenuDropDownIcon(), func() { f.step(false) }),
	)
	b.hits.Hide()
	// A window that is too narrow for the row shows a part of it.
	b.object = container.NewHScroll(container.NewPadded(container.NewHBox(
		b.previous, b.next, wide(88, b.page),
		layout.NewSpacer(),
		minus, b.percent, plus, fit,
		layout.NewSpacer(),
		container.NewCenter(b.count), wide(150, b.find),
		b.hits,
		layout.NewSpacer(),
		fileButtons(f.env, func() cards.File { return f.file }, false),
	)))
	return b
}

// wide gives a field a fixed width.
func wide(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	strut := canvas.NewRectangle(color.Transparent)
	strut.SetMinSize(fyne.NewSize(width, 0))
	return container.NewStack(strut, o)
}

// follow shows where the view is.
func (b *pdfBar) follow() {
	p := b.full.pages
	page, pages := p.view.page(), len(p.view.tops)
	if page != b.shown || pages != b.pages {
		b.shown, b.pages = page, pages
		if !b.page.focused {
			b.showPage()
		}
		setEnabled(b.previous, page > 0)
		setEnabled(b.next, page < pages-1)
	}
	if text := strconv.Itoa(int(p.view.zoom/pdfZoomWhole*100+0.5)) + " %"; b.percent.Text != text {
		b.percent.SetText(text)
	}
	count := ""
	if p.find != nil {
		count = p.find.label()
	}
	if some := p.find != nil && p.find.count > 1; some != b.hits.Visible() {
		b.hits.Hidden = !some
		b.object.Refresh()
	}
	if b.count.Text != count {
		b.count.SetText(count)
	}
}

func setEnabled(w fyne.Disableable, on bool) {
	if on == w.Disabled() {
		if on {
			w.Enable()
		} else {
			w.Disable()
		}
	}
}

func (b *pdfBar) showPage() {
	b.page.SetText(strconv.Itoa(b.shown+1) + " / " + strconv.Itoa(max(b.pages, 1)))
}

// goTo turns to the page whose number begins the field's text.
func (b *pdfBar) goTo(bool) {
	number, _, _ := strings.Cut(b.page.Text, "/")
	if n, err := strconv.Atoi(strings.TrimSpace(number)); err == nil {
		b.full.pages.turn(n - 1)
	}
	b.giveBack()
}

// giveBack lets keys scroll the pages again.
func (b *pdfBar) giveBack() {
	takeFocus(b.full.pages)
	b.showPage()
}

// focusFind puts the caret into the search field.
func (b *pdfBar) focusFind() {
	takeFocus(b.find)
	b.find.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// enterFind goes on to the next hit, or back.
func (b *pdfBar) enterFind(back bool) { b.full.step(back) }

// endFind takes the marks away.
func (b *pdfBar) endFind() {
	b.find.SetText("")
	b.giveBack()
}

// pdfField is a text field of the row. Enter acts, Esc leaves it.
type pdfField struct {
	widget.Entry
	enter   func(shift bool)
	escape  func()
	refocus func() // after the focus has gone
	held    func() fyne.KeyModifier
	focused bool
}

func newPDFField(hint string, enter func(shift bool), escape func()) *pdfField {
	f := &pdfField{enter: enter, escape: escape, held: heldModifiers, refocus: func() {}}
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(hint)
	return f
}

// TypedKey implements fyne.Focusable.
func (f *pdfField) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		f.enter(f.held()&fyne.KeyModifierShift != 0)
	case fyne.KeyEscape:
		f.escape()
	default:
		f.Entry.TypedKey(k)
	}
}

// FocusGained implements fyne.Focusable.
func (f *pdfField) FocusGained() {
	f.focused = true
	f.Entry.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (f *pdfField) FocusLost() {
	f.focused = false
	f.Entry.FocusLost()
	f.refocus()
}
