package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/ui/lang"
)

const (
	waitingWidth = 520
	waitingTitle = 18
)

// What is said while nothing of a board has come.
const (
	sayComes   = "It comes by itself as soon as one of them and you are online at the same time. You can go on with other boards meanwhile."
	sayRefused = "It was taken back, or somebody else has used it, before it got to those on the board. Ask them for a new one; you can remove the card from your Home board."
)

// waiting lies over what is shown while nothing of it has come yet, and says whom
// that is waited for and what is being tried.
type waiting struct {
	w      *Window
	object *fyne.Container
	hand   *renderers.Button
	said   string // what is being tried, as it was drawn
	dark   bool   // and for which theme
	wide   float32
	since  time.Time // when the wait began to be shown
	of     doc.ID
}

func newWaiting(w *Window) *waiting {
	a := &waiting{w: w, object: container.NewCenter()}
	a.hand = renderers.NewButton(lang.T("Connect to an address…"), nil, w.showAddresses)
	a.object.Hide()
	return a
}

// follow shows or hides it, and says how it stands.
func (a *waiting) follow() {
	id := a.w.trail.here().id
	if !a.due(id) {
		a.said, a.of = "", ""
		a.object.Hide()
		return
	}
	if a.of != id {
		a.of, a.since = id, a.w.env.Now()
	}
	a.draw(id)
	a.object.Show()
}

// due reports whether what is shown is still to come.
func (a *waiting) due(id doc.ID) bool {
	s := a.w.sharing(id)
	if !s.Shared || s.Removed {
		return false
	}
	state := doc.Ready
	switch {
	case a.w.board != nil:
		state = a.w.board.Live.Snapshot().State
	case a.w.full != nil:
		state = a.w.full.handle.Snapshot().State
	}
	return state == doc.Unavailable || s.Waiting && state != doc.Ready
}

func (a *waiting) draw(id doc.ID) {
	pal := a.w.env.Palette()
	if a.w.board != nil {
		pal = pal.OnColor(pal.BoardBg)
	}
	tried, refused := a.tried(id), a.w.sharing(id).Refused
	head, means := lang.T("Waiting for somebody who has this board"), lang.T(sayComes)
	if refused {
		head, means, tried = lang.T("This invitation is not open any more"), lang.T(sayRefused), lang.T("Nothing else is being tried.")
	}
	width := min(waitingWidth, a.w.win.Canvas().Size().Width-48)
	if a.said == tried && a.dark == pal.IsDark && a.wide == width {
		return
	}
	a.said, a.dark, a.wide = tried, pal.IsDark, width
	title := canvas.NewText(head, pal.Ink)
	title.TextSize, title.TextStyle.Bold = waitingTitle, true
	column := container.New(stacked{grow: -1},
		container.New(indent{0, 12}, title),
		a.w.prose(means, width, pal.Ink),
		a.w.prose(tried, width, pal.InkMuted),
		container.NewHBox(a.hand))
	a.object.Objects = []fyne.CanvasObject{container.New(fixedWidth(width), column)}
	a.object.Refresh()
}

// tried says what is being tried.
func (a *waiting) tried(id doc.ID) string {
	t := a.w.together
	s := t.Sharing(id)
	names := map[string]string{}
	for _, m := range s.Members {
		names[string(m.Person)] = m.Name
	}
	var out []string
	for _, r := range t.Reach(id) {
		if name := names[string(r.Person)]; r.Step != "" && name != "" {
			out = append(out, lang.Tf("Connected to %s %s: asking for the board.", name, stepWords(r.Step)))
		}
	}
	if len(out) == 0 {
		out = append(out, lang.Tf("Looking since %s, on the local network and at every address that is known.", a.since.Format("15:04")))
	}
	for _, b := range s.Backups {
		if !b.Here {
			out = append(out, lang.Tf("%s, which keeps it, cannot be reached now.", b.Name))
		}
	}
	return strings.Join(out, " ")
}
