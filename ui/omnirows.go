package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/search"
	"corkboard/search/fold"
	"corkboard/ui/lang"
)

// atOnce is what needs no index: invitations, people, and what was looked at last.
func (o *omniOffers) atOnce(query string) []omniRow {
	out := o.invitations(query)
	if query == "" {
		if n := len(o.p.w.app.Unseen()); n > 0 {
			w := o.p.w
			words := lang.T("Somebody has changed something that you have not seen")
			if n > 1 {
				words = lang.Tf("Others have changed %d things that you have not seen", n)
			}
			out = append(out, omniRow{section: lang.Key("News"), icon: paint.IconPen, title: marked{before: words}, end: firstChord(w.keys, "changed"), do: func() { w.perform("changed") }})
		}
		return append(out, o.recent()...)
	}
	return append(out, o.people(query)...)
}

func (o *omniOffers) invitations(query string) (out []omniRow) {
	w := o.p.w
	if w.together == nil {
		return nil
	}
	for _, i := range w.together.Invitations() {
		title := pick(i.Title == "", lang.T("A board"), i.Title)
		m, ok := markTyped(title, query)
		from, by := markTyped(lang.Tf("From %s", i.From.Name), query)
		if ok || by {
			out = append(out, omniRow{section: lang.Key("Invitations"), icon: paint.IconBoard, title: m, detail: from, end: clockWords(i.At, w.env.Now()), do: w.showTray})
		}
	}
	return out
}

// recent is what was looked at last, but for what is shown.
func (o *omniOffers) recent() (out []omniRow) {
	w := o.p.w
	for _, r := range w.app.Device().Recent {
		p := place{r.ID, r.Kind}
		if p == w.trail.here() || len(out) == omniRecent {
			continue
		}
		out = append(out, omniRow{section: lang.Key("Recent"), icon: w.iconOf(r.Kind), title: marked{before: pick(r.Title == "", lang.T("Untitled"), r.Title)}, place: p})
	}
	return out
}

func (o *omniOffers) people(query string) (out []omniRow) {
	w := o.p.w
	if w.together == nil {
		return nil
	}
	for _, c := range w.together.Contacts() {
		m, ok := markTyped(c.Name, query)
		if !ok || len(out) == omniPeople {
			continue
		}
		out = append(out, omniRow{section: lang.Key("People"), icon: paint.IconPerson, title: m,
			detail: marked{before: contactWords(c, w)}, do: func() { w.showPerson(c.Person) }})
	}
	return out
}

// actions are the commands that have the words that were typed.
func (o *omniOffers) actions(query string) (out []omniRow) {
	if len([]rune(query)) < 2 {
		return nil
	}
	list := commandOffers{all: o.p.w.commands()}
	list.ask(query)
	for _, c := range list.shown[:min(len(list.shown), omniActions)] {
		out = append(out, omniRow{section: lang.Key("Actions"), icon: paint.IconPlay, title: c.as, end: c.key, do: c.do})
	}
	return out
}

// find asks the index. It blocks. Not on the UI goroutine.
func (o *omniOffers) find(ctx context.Context, query string, archived map[doc.ID]time.Time) (rows []omniRow, total int, err error) {
	w := o.p.w
	if query == "" {
		list, err := w.app.Boards(ctx)
		home, here := w.app.Home(), o.here
		slices.SortStableFunc(list, func(a, b search.Item) int {
			return cmp.Or(-compareBool(a.ID == home, b.ID == home), strings.Compare(fold.String(a.Title), fold.String(b.Title)))
		})
		for _, it := range list {
			if _, away := archived[it.ID]; !away && it.ID != here {
				rows = append(rows, w.rowOf(search.Hit{Item: it}, lang.Key("Boards")))
			}
		}
		return rows, len(rows), err
	}
	r, err := w.app.Search(ctx, search.Query{Text: query, Limit: omniFound})
	var boards, others []omniRow
	for _, h := range r.Shown.Hits {
		if h.Kind == cards.KindBoard && len(h.TitleMarks) > 0 && len(boards) < omniBoards {
			boards = append(boards, w.rowOf(h, lang.Key("Boards")))
		} else {
			others = append(others, w.rowOf(h, lang.Key("Cards")))
		}
	}
	rows = append(boards, others...)
	for _, h := range r.Aside.Hits[:min(len(r.Aside.Hits), omniAside)] {
		row := w.rowOf(h, lang.Key("Not on a board"))
		if _, row.archived = archived[h.ID]; row.archived {
			row.section = lang.Key("Archived")
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b omniRow) int { return sectionRank[a.section] - sectionRank[b.section] })
	return rows, r.Shown.Total + r.Aside.Total, err
}

// compareBool has false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

var sectionRank = map[string]int{"Boards": 0, "Cards": 1, "Archived": 2, "Not on a board": 3}

// rowOf is the row of a document that was found.
func (w *Window) rowOf(h search.Hit, section string) omniRow {
	nameless := lang.T("Untitled")
	if h.Kind == cards.KindBoard {
		nameless = lang.T("Untitled board")
	}
	return omniRow{
		section: section, icon: w.iconOf(string(h.Kind)), place: place{h.ID, string(h.Kind)}, at: h.Place,
		title: markSpans(pick(h.Title == "", nameless, h.Title), h.TitleMarks), detail: markSpans(h.Snippet.Text, h.Snippet.Marks),
		end: short(h.Place.Title, 24),
	}
}
