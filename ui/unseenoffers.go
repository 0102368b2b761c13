package ui

import (
	"context"
	"strings"

	"corkboard/app"
	"corkboard/search"
	"corkboard/ui/lang"
)

// unseenOffers lists what others have changed, the newest first.
type unseenOffers struct {
	p     *palette
	all   []unseenRow
	shown []unseenRow
	whole bool
	stop  func()
}

// unseenRow is a document that others have changed.
type unseenRow struct {
	app.Unseen
	item  search.Item
	at    search.Place
	by    string
	title marked
}

func newUnseenOffers(p *palette) offers {
	o := &unseenOffers{p: p}
	ctx, stop := context.WithCancel(context.Background())
	o.stop = stop
	list, names := p.w.app.Unseen(), p.w.names()
	go o.read(ctx, list, names)
	return o
}

// names is what the people are called that this person knows.
func (w *Window) names() map[app.Person]string {
	out := map[app.Person]string{}
	if w.together != nil {
		for _, c := range w.together.Contacts() {
			out[c.Person] = c.Name
		}
	}
	return out
}

// read looks up what the documents are called and where they lie. Its own goroutine.
func (o *unseenOffers) read(ctx context.Context, list []app.Unseen, names map[app.Person]string) {
	w := o.p.w
	var rows []unseenRow
	for _, u := range list {
		item, ok, err := w.app.Item(ctx, u.Document)
		if err != nil || !ok {
			continue // the index is behind
		}
		r := unseenRow{Unseen: u, item: item, by: pick(names[u.By] == "", lang.T("Somebody"), names[u.By])}
		if places, err := w.app.WhereIs(ctx, u.Document); err == nil && len(places) > 0 {
			r.at = places[0]
		}
		rows = append(rows, r)
	}
	w.frames.Add(func() {
		if ctx.Err() == nil {
			o.all, o.whole = rows, true
			o.ask(o.p.entry.Text)
			o.p.listed(true)
		}
	})
}

func (o *unseenOffers) hint() string    { return lang.T("What others have changed") }
func (o *unseenOffers) height() float32 { return foundHeight }
func (o *unseenOffers) count() int      { return len(o.shown) }
func (o *unseenOffers) close()          { o.stop() }

func (o *unseenOffers) ask(query string) {
	o.shown = o.shown[:0]
	for _, r := range o.all {
		title := pick(r.item.Title == "", lang.T("Untitled"), r.item.Title)
		m, ok := markTyped(title, query)
		if _, by := markTyped(r.by+" "+r.at.Title, query); ok || by {
			r.title = m
			o.shown = append(o.shown, r)
		}
	}
}

// caption implements sectioned: one for each day.
func (o *unseenOffers) caption(i int) string {
	day := func(i int) string { return lang.Time(o.shown[i].At, "Monday, 2 January") }
	if i == 0 || day(i) != day(i-1) {
		return day(i)
	}
	return ""
}

func (o *unseenOffers) fill(v *rowView, i int) {
	r := &o.shown[i]
	v.setIcon(o.p.w.iconOf(r.item.Kind))
	words := []string{r.by}
	if r.Count > 1 {
		words = append(words, lang.Tf("%d changes", r.Count))
	}
	if r.at.Title != "" {
		words = append(words, r.at.Title)
	}
	v.title.words, v.detail.words = r.title, marked{before: strings.Join(words, " · ")}
	v.end.Text = r.At.Format("15:04")
}

// perform flies to the card.
func (o *unseenOffers) perform(i int) (again bool) {
	r := o.shown[i]
	o.p.w.closeModal()
	o.p.w.goToPlace(place{r.Document, r.item.Kind}, r.at)
	return false
}

func (o *unseenOffers) words() string {
	switch {
	case !o.whole:
		return lang.T("Looking…")
	case len(o.all) == 0:
		return lang.T("You have seen everything.")
	case len(o.shown) == 0:
		return lang.T("Nothing of this has these words.")
	}
	return lang.T("Enter goes there. What was in view counts as seen when you go on.")
}
