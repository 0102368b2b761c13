package ui

import (
	"context"

	"corkboard/board"
	"corkboard/doc"
	"corkboard/search"
	"corkboard/ui/lang"
)

// trashOffers lists what was taken off its last board; to choose one puts it back.
type trashOffers struct {
	p     *palette
	list  *indexed[search.Taken]
	shown []trashRow
}

type trashRow struct {
	search.Taken
	title marked
}

func newTrashOffers(p *palette) offers {
	o := &trashOffers{p: p}
	o.list = followIndex(p.w, p.w.app.Taken, func(first bool) {
		o.ask(p.entry.Text)
		p.listed(first)
	})
	return o
}

func (o *trashOffers) hint() string    { return lang.T("What is on no board any more") }
func (o *trashOffers) height() float32 { return foundHeight }
func (o *trashOffers) count() int      { return len(o.shown) }
func (o *trashOffers) close()          { o.list.close() }

func (o *trashOffers) ask(query string) {
	o.shown = o.shown[:0]
	for _, t := range o.list.all {
		m, ok := markTyped(pick(t.Item.Title == "", lang.T("Untitled"), t.Item.Title), query)
		if _, on := markTyped(t.Title, query); ok || on && t.Title != "" {
			o.shown = append(o.shown, trashRow{t, m})
		}
	}
}

func (o *trashOffers) fill(v *rowView, i int) {
	r := &o.shown[i]
	v.setIcon(o.p.w.iconOf(r.Kind))
	v.title.words = r.title
	switch {
	case r.Title != "":
		v.detail.words = marked{before: lang.Tf("Was on %s", r.Title)}
	case r.Board != "":
		v.detail.words = marked{before: lang.T("Was on an untitled board")}
	}
	if !r.When.IsZero() {
		v.end.Text = clockWords(r.When, o.p.w.env.Now())
	}
}

// perform puts a document back and goes there.
func (o *trashOffers) perform(i int) (again bool) {
	r, w := o.shown[i], o.p.w
	if why := w.refusal(); why != nil {
		w.tell(why)
		return true
	}
	w.closeModal()
	w.work(func(ctx context.Context) error {
		on, card, err := w.app.PutBack(ctx, r.Taken)
		if err != nil {
			return err
		}
		w.frames.Add(func() { w.backAt(on, card) })
		return nil
	})
	return false
}

// backAt shows what was put back.
func (w *Window) backAt(on doc.ID, card board.CardID) {
	w.goTo(volume{on: on, card: card})
	w.notices.say(lang.T("It is back where it was."))
}

func (o *trashOffers) words() string {
	switch {
	case o.list.failed != nil:
		return sentence(o.list.failed)
	case !o.list.whole:
		return lang.T("Looking…")
	case len(o.list.all) == 0:
		return lang.T("Nothing. What you remove from its last board is kept and listed here.")
	case len(o.shown) == 0:
		return lang.T("Nothing of this has these words.")
	}
	return lang.Tf("%d kept. Enter puts it back where it was.", len(o.shown))
}
