package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	"corkboard/app"
	"corkboard/board"
	"corkboard/doc"
	"corkboard/renderers/paint"
	"corkboard/search"
	"corkboard/share"
	"corkboard/ui/lang"
)

// What the omnibox lists at most.
const (
	omniBoards  = 12 // found by their titles
	omniRecent  = 8
	omniPeople  = 5
	omniActions = 6
	omniFound   = 150
	omniAside   = 30
)

// omniRow is one row of the omnibox.
type omniRow struct {
	section       string
	icon          paint.Icon
	title, detail marked
	end           string
	place         place        // a document that it stands for, if any
	at            search.Place // where that lies
	archived      bool
	do            func() // of a row that stands for something else
}

// omniOffers is the omnibox: what was looked at last and all boards while nothing is
// typed, then everything that has the words. The index is asked on a goroutine.
type omniOffers struct {
	p      *palette
	here   doc.ID // what was shown when it was opened
	cancel func()
	query  string
	rows   []omniRow
	total  int    // hits, of which not all may be listed
	asked  bool   // and not answered yet
	stale  bool   // the index has changed since it was asked
	failed error  // the index cannot be asked
	drop   func() // ends following the index
}

func newOmniOffers(p *palette) offers {
	w := p.w
	o := &omniOffers{p: p, here: w.trail.here().id, cancel: func() {}}
	o.drop = w.app.SubscribeIndex(func() { w.frames.Add(o.changed) }) // it may be reading still
	return o
}

// changed looks again, since the index has changed; once it has answered if it is being asked.
func (o *omniOffers) changed() {
	switch w := o.p.w; {
	case w.modal != o.p.modal || w.modal == nil:
	case o.asked:
		o.stale = true
	default:
		o.look(o.query)
	}
}

func (o *omniOffers) hint() string    { return lang.T("Find, go, or paste a link") }
func (o *omniOffers) height() float32 { return foundHeight }
func (o *omniOffers) count() int      { return len(o.rows) }

func (o *omniOffers) close() {
	o.cancel()
	o.drop()
}

// ask looks for other words.
func (o *omniOffers) ask(query string) {
	o.query = strings.TrimSpace(query)
	o.p.w.sought = query
	o.look(o.query)
}

// look asks the index, and lists what it says when it has; until then what was there
// stays.
func (o *omniOffers) look(query string) {
	o.cancel()
	ctx, cancel := context.WithCancel(context.Background())
	o.cancel, o.asked, o.stale = cancel, true, false
	w := o.p.w
	first := o.atOnce(query)
	archived := w.app.Archived()
	go func() {
		rows, total, err := o.find(ctx, query, archived)
		w.frames.Add(func() {
			if ctx.Err() != nil {
				return
			}
			fresh := query != o.query || len(o.rows) == 0 || o.rows[0].place != firstPlace(first, rows)
			o.rows, o.total, o.failed, o.asked = slices.Concat(first, rows, o.actions(query)), total, err, false
			o.p.listed(fresh)
			if o.stale {
				o.look(query)
			}
		})
	}()
}

// firstPlace is what the first row stands for.
func firstPlace(lists ...[]omniRow) place {
	for _, l := range lists {
		if len(l) > 0 {
			return l[0].place
		}
	}
	return place{}
}

// caption implements sectioned.
func (o *omniOffers) caption(i int) string {
	if s := o.rows[i].section; i == 0 || o.rows[i-1].section != s {
		return lang.T(s)
	}
	return ""
}

func (o *omniOffers) fill(v *rowView, i int) {
	r := o.rows[i]
	v.setIcon(r.icon)
	v.title.words, v.detail.words, v.end.Text = r.title, r.detail, r.end
}

// perform opens what a row stands for, on its board.
func (o *omniOffers) perform(i int) (again bool) {
	r := o.rows[i]
	w := o.p.w
	w.closeModal()
	if r.do != nil {
		r.do()
	} else {
		w.goToPlace(r.place, r.at)
	}
	return false
}

// put implements placing: the document is pinned to the board that is shown.
func (o *omniOffers) put(i int) {
	r := o.rows[i]
	w := o.p.w
	if r.place.id == "" || w.board == nil {
		return
	}
	v, id := w.board, w.board.Live.ID()
	w.closeModal()
	text := share.Format(share.Link{Document: r.place.id, Kind: r.place.kind})
	at := w.middle()
	w.selectLater(v, func(context.Context) ([]board.CardID, error) { return w.app.PasteCards(id, at, text, app.PasteLink) })
}

// archive implements archiving.
func (o *omniOffers) archive(i int) {
	r := o.rows[i]
	w := o.p.w
	if r.place.id == "" || r.place.id == w.app.Home() {
		return
	}
	w.work(func(ctx context.Context) error {
		change, words := w.app.Archive, lang.Tf("“%s” is archived. It stays where it is pinned.", short(r.title.String(), 40))
		if r.archived {
			change, words = w.app.Unarchive, lang.Tf("“%s” is back from the archive.", short(r.title.String(), 40))
		}
		if err := change(ctx, r.place.id); err != nil {
			return err
		}
		w.frames.Add(func() {
			w.notices.say(words)
			if w.modal == o.p.modal {
				o.look(o.query)
			}
		})
		return nil
	})
}

func (o *omniOffers) words() string {
	state := o.p.w.app.IndexState()
	switch {
	case o.failed != nil && !errors.Is(o.failed, search.ErrLost):
		return sentence(o.failed)
	case o.asked && len(o.rows) == 0:
		return lang.T("Looking…")
	case !state.Whole() && o.query != "":
		return lang.T("Not everything has been read yet: more may be found in a moment.")
	case o.query == "":
		return handWords(lang.T("Enter goes there   Shift+Enter puts it here   Mod+Backspace archives"))
	case o.total == 0 && len(o.rows) == 0:
		return lang.T("Nothing found.")
	case o.total > omniFound:
		return lang.Tf("The first of %d.", o.total)
	}
	return handWords(lang.T("Enter goes there   Shift+Enter puts it on this board   Mod+Backspace archives"))
}
