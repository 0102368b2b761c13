package ui

import (
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"corkboard/app"
	"corkboard/share"
	"corkboard/ui/lang"
)

const (
	roleWidth = 176
	discSide  = 36
)

// memberRow is what can be done with somebody; it stays while the sheet is laid
// anew, so that a choice that is open does.
type memberRow struct {
	role   *escSelect
	remove *escButton
	was    share.Role
}

// row is somebody on the board.
func (s *shareSheet) row(m app.Member, width float32) fyne.CanvasObject {
	step := ""
	for _, r := range s.reach {
		if r.Person == m.Person {
			step = r.Step
		}
	}
	var right fyne.CanvasObject
	switch {
	case m.Owner:
		right = s.still(lang.T("Owner"))
	case s.mayInvite() && !m.Me:
		r := s.rowOf(m)
		right = container.NewHBox(container.NewCenter(container.New(fixedWidth(roleWidth), r.role)), container.NewCenter(r.remove))
	default:
		right = s.still(roleWords(m.Role))
	}
	return s.w.twoLines(newDisc(lookOf(m), discSide), m.Name, memberWords(m, step, s.w.env.Now()), right, width)
}

// rowOf is what stands at the right of somebody's name.
func (s *shareSheet) rowOf(m app.Member) *memberRow {
	r := s.rows[m.Person]
	if r == nil || r.was != m.Role {
		r = &memberRow{was: m.Role}
		s.rows[m.Person] = r
		r.remove = newEscButton("", nil, s.w.closeModal)
		r.remove.Icon, r.remove.Importance = theme.CancelIcon(), widget.LowImportance
	}
	if r.role == nil {
		r.role = s.selectRole(len(roles), m.Role, nil)
	}
	r.role.OnChanged = func(words string) { s.setRole(r, m, roleOf(words)) }
	r.remove.OnTapped = func() { s.askToRemove(m) }
	return r
}

// still is words where others may choose.
func (s *shareSheet) still(words string) fyne.CanvasObject {
	t := canvas.NewText(words, s.w.env.Palette().InkMuted)
	t.TextSize = proseSize
	return container.NewCenter(t)
}

// twoLines is a picture, a name, something smaller below it, and something at the
// right.
func (w *Window) twoLines(picture fyne.CanvasObject, name, more string, right fyne.CanvasObject, width float32) fyne.CanvasObject {
	room := width - right.MinSize().Width - 16
	var left fyne.CanvasObject
	if picture != nil {
		room -= discSide + 12
		left = container.NewHBox(container.NewCenter(picture), gap(8))
	}
	pal := w.env.Palette()
	above := canvas.NewText(fitText(name, proseSize, fyne.TextStyle{}, room), pal.Ink)
	below := canvas.NewText(fitText(more, 12, fyne.TextStyle{}, room), pal.InkMuted)
	above.TextSize, below.TextSize = proseSize, 12
	words := container.New(stacked{grow: -1}, above, below)
	middle := container.New(middled{}, words)
	return container.New(inset{0, 4}, container.NewBorder(nil, nil, left, container.New(middled{}, right), middle))
}

// setRole raises or lowers somebody.
func (s *shareSheet) setRole(r *memberRow, m app.Member, role share.Role) {
	if role == m.Role {
		return
	}
	b := newEscButton("", nil, s.w.closeModal)
	r.role.Disable()
	s.page.run(b, "", func() error {
		defer s.w.frames.Add(func() { delete(s.rows, m.Person) }) // as it is now, whatever was chosen
		return s.w.together.SetRole(context.Background(), s.id, m.Person, role)
	}, func() {
		s.w.notices.say(m.Name + ": " + lower(roleWords(role)) + ".")
		s.look()
		s.page.again()
	})
}

// askToRemove says what somebody keeps who is removed.
func (s *shareSheet) askToRemove(m app.Member) {
	w := s.w
	name := short(m.Name, 40)
	q := question{
		title: lang.Tf("Remove %s?", name), does: lang.T("Remove"), doing: lang.T("Removing…"),
		words: []string{lang.Tf("%s keeps everything that was on this board until now: it is on their device, and nobody can take it back. What is written from now on they cannot read, and nothing that they write is seen here any more.", name)},
		done:  lang.Tf("%s is removed. Nothing new is readable for them.", name),
		do:    func() error { return w.together.RemoveMember(context.Background(), s.id, m.Person) },
		next:  w.showShare, back: w.showShare,
	}
	if m.Invited {
		q.title, q.does, q.done = lang.T("Take the invitation back?"), lang.T("Take back"), lang.T("The invitation is taken back.")
		q.words = []string{lang.Tf("%s has not answered yet. The invitation will no longer let them in.", name)}
	}
	w.confirm(q)
}

// leave says what stays when this person leaves.
func (s *shareSheet) leave() {
	w := s.w
	words := lang.T("What you have until now stays on this device and readable; nothing new comes. What you have written stays with the others. To come back you need a new invitation.")
	if s.alone() {
		words += " " + lang.T("Nobody who stays can invite or remove anybody: give somebody else that right first if they should.")
	}
	title := short(s.shownTitle(), 40)
	w.confirm(question{
		title: lang.Tf("Leave “%s”?", title), words: []string{words},
		does: lang.T("Leave"), doing: lang.T("Leaving…"), done: lang.Tf("You have left “%s”.", title),
		do:   func() error { return w.together.Leave(context.Background(), s.id) },
		next: w.closeModal, back: w.showShare,
	})
}

// alone reports whether others stay and none of them may say who is here.
func (s *shareSheet) alone() bool {
	others := false
	for _, m := range s.now.Members {
		if m.Me || m.Invited {
			continue
		}
		if others = true; m.Role == share.Admin {
			return false
		}
	}
	return others && s.now.Mine == share.Admin
}

// sortedKeys is the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// middled is a layout that puts its objects at the left, as wide as there is room
// and halfway down.
type middled struct{}

// MinSize implements fyne.Layout.
func (middled) MinSize(objects []fyne.CanvasObject) fyne.Size { return inset{}.MinSize(objects) }

// Layout implements fyne.Layout.
func (middled) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(0, (size.Height-h)/2))
		o.Resize(fyne.NewSize(size.Width, h))
	}
}
