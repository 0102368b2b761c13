package renderers

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/cards"
	"corkboard/ui/lang"
)

// duePopup asks for a due date: in words, or from a calendar.
type duePopup struct {
	pop   *widget.PopUp
	entry *widget.Entry
	say   *widget.Label
	today string
	pick  func(due string)
}

const dueHint = "2026-03-12, tomorrow, fri, +3 — empty for none"

// askDue opens the popup at an item's due date.
func (e *todoList) askDue(id string) {
	i := e.find(id)
	app := fyne.CurrentApp()
	if i < 0 || i >= len(e.view.rows) || app == nil {
		return
	}
	c := app.Driver().CanvasForObject(e)
	if c == nil {
		return
	}
	e.due.close()
	d := newDuePopup(c, e.items[i].Due, e.today(), func(due string) {
		e.setDue(id, due)
		if e.pen != nil && !e.live.none() {
			c.Focus(e.pen)
		}
	})
	e.due = d
	at := app.Driver().AbsolutePositionForObject(e)
	size := d.pop.MinSize()
	x := at.X + e.view.width*e.zoom - size.Width
	y := at.Y + (e.view.ys[i]-e.top+todoLineH)*e.zoom
	x = max(0, min(x, c.Size().Width-size.Width))
	y = max(0, min(y, c.Size().Height-size.Height))
	d.pop.ShowAtPosition(fyne.NewPos(x, y))
	c.Focus(d.entry)
}

func newDuePopup(c fyne.Canvas, due, today string, pick func(string)) *duePopup {
	d := &duePopup{entry: widget.NewEntry(), say: widget.NewLabel(lang.T(dueHint)), today: today, pick: pick}
	d.say.SizeName = theme.SizeNameCaptionText
	d.entry.SetPlaceHolder(lang.T("No due date"))
	d.entry.SetText(due)
	d.entry.OnSubmitted = d.submit
	shown, err := time.Parse(cards.DateLayout, due)
	if err != nil {
		shown, err = time.Parse(cards.DateLayout, today)
	}
	if err != nil {
		shown = time.Unix(0, 0).UTC()
	}
	cal := widget.NewCalendar(shown, func(t time.Time) { d.done(t.Format(cards.DateLayout)) })
	quick := container.NewGridWithColumns(3,
		d.button(lang.T("Today"), "today"), d.button(lang.T("Tomorrow"), "tomorrow"), d.button(lang.T("None"), ""))
	d.pop = widget.NewPopUp(container.NewVBox(d.entry, d.say, quick, cal), c)
	return d
}

func (d *duePopup) button(label, words string) *Button {
	return newLowButton(label, nil, func() { d.submit(words) })
}

// submit takes words; if they are no date the popup stays and says so.
func (d *duePopup) submit(words string) {
	due, ok := parseDue(words, d.today)
	if !ok {
		d.say.Importance = widget.DangerImportance
		d.say.SetText(lang.Tf("Not a date. Try %s", lang.T(dueHint)))
		return
	}
	d.done(due)
}

func (d *duePopup) done(due string) {
	d.close()
	d.pick(due)
}

func (d *duePopup) close() {
	if d != nil && d.pop != nil {
		d.pop.Hide()
	}
}
