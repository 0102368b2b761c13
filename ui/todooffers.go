package ui

import (
	"context"
	"slices"
	"strings"
	"sync"

	"corkboard/app"
	"corkboard/cards"
	"corkboard/doc"
	"corkboard/renderers"
	"corkboard/renderers/paint"
	"corkboard/search"
	"corkboard/search/fold"
	"corkboard/ui/lang"
)

// whenWords are the captions of an agenda.
var whenWords = [...]string{
	cards.PastDue: lang.Key("Overdue"), cards.DueToday: lang.Key("Today"), cards.DueSoon: lang.Key("Within a week"),
	cards.DueLater: lang.Key("Later"), cards.NoDate: lang.Key("No date"),
}

// todoOffers lists the open items of all to-do cards. Reading happens on a goroutine of
// its own; the lists belong to the UI goroutine.
type todoOffers struct {
	p      *palette
	me     string // the name that this person is mentioned by
	today  string
	cancel func()
	drop   func() // ends following the index

	all     []todoRow
	shown   []todoRow
	query   string
	reading bool
	due     bool // to be read once more
	whole   bool // all cards were read
	failed  error
	done    map[todoKey]bool // ticked here; they stay until the list is closed
}

// todoKey names an item.
type todoKey struct {
	card doc.ID
	item string
}

// todoRow is an item and where its card lies.
type todoRow struct {
	cards.OpenItem
	at search.Place
	as marked // its text, with what was typed marked
}

func newTodoOffers(p *palette) offers {
	w := p.w
	o := &todoOffers{p: p, today: w.env.Now().Format(cards.DateLayout), done: map[todoKey]bool{}}
	if w.together != nil {
		o.me = w.together.Me().Name
	}
	ctx, cancel := context.WithCancel(context.Background())
	o.cancel = cancel
	o.drop = w.app.SubscribeIndex(func() { w.frames.Add(func() { o.begin(ctx) }) })
	o.begin(ctx)
	return o
}

// begin reads all cards, once more if that goes on already.
func (o *todoOffers) begin(ctx context.Context) {
	o.due = o.reading
	if o.reading || ctx.Err() != nil {
		return
	}
	o.reading = true
	go o.read(ctx, !o.whole)
}

// read reads all to-do cards, some at a time, and shows what it has: as it comes the
// first time. Its own goroutine.
func (o *todoOffers) read(ctx context.Context, first bool) {
	w := o.p.w
	items, err := w.app.Listed(ctx, search.List{Kind: cards.KindTodo, Recent: true})
	var all []todoRow
	for some := range slices.Chunk(items, shelfBatch) {
		all = append(all, o.rowsOf(ctx, some)...)
		if now := slices.Clone(all); first {
			w.frames.Add(func() { o.take(ctx, now) })
		}
	}
	w.frames.Add(func() {
		o.whole, o.failed, o.reading = true, err, false
		o.take(ctx, all)
		if o.due {
			o.begin(ctx)
		}
	})
}

// rowsOf reads some cards, all at once.
func (o *todoOffers) rowsOf(ctx context.Context, items []search.Item) (out []todoRow) {
	var mu sync.Mutex
	var work sync.WaitGroup
	for _, it := range items {
		h := o.p.w.env.Docs.Open(it.ID, o.p.w.env.Registry.Face(cards.KindTodo).View)
		work.Go(func() {
			defer h.Close()
			v, ok := await(ctx, h)
			t, is := v.(cards.Todo)
			if !ok || !is {
				return
			}
			open := cards.OpenItems(it.ID, t, o.today)
			if len(open) == 0 {
				return
			}
			var at search.Place
			if places, err := o.p.w.app.WhereIs(ctx, it.ID); err == nil && len(places) > 0 {
				at = places[0]
			}
			mu.Lock()
			defer mu.Unlock()
			for _, i := range open {
				out = append(out, todoRow{OpenItem: i, at: at})
			}
		})
	}
	work.Wait()
	return out
}

// take shows what was read, and what was ticked here and is not open any more.
func (o *todoOffers) take(ctx context.Context, rows []todoRow) {
	if ctx.Err() != nil {
		return
	}
	open := map[todoKey]bool{}
	for _, r := range rows {
		open[r.key()] = true
	}
	for _, r := range o.all {
		if o.done[r.key()] && !open[r.key()] {
			rows = append(rows, r)
		}
	}
	o.all = rows
	slices.SortStableFunc(o.all, func(a, b todoRow) int { return cards.CompareOpen(a.OpenItem, b.OpenItem) })
	o.filter()
	o.p.listed(o.p.list.chosen <= 0)
}

func (o *todoOffers) hint() string    { return lang.T("To-dos of all boards") }
func (o *todoOffers) height() float32 { return foundHeight }
func (o *todoOffers) count() int      { return len(o.shown) }

func (o *todoOffers) close() {
	o.cancel()
	o.drop()
}

func (o *todoOffers) ask(query string) {
	o.query = strings.TrimSpace(query)
	o.filter()
}

// filter keeps the items that have every word that was typed, or are on a card or a
// board that has.
func (o *todoOffers) filter() {
	o.shown = o.shown[:0]
	words := strings.Fields(fold.String(o.query))
	for _, r := range o.all {
		text := fold.String(r.Text)
		about := text + "\n" + fold.String(r.List) + "\n" + fold.String(r.at.Title)
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(about, w) }) {
			continue
		}
		r.as = marked{before: r.Text}
		if len(words) > 0 {
			if m, ok := markIn(r.Text, text, words[0]); ok {
				r.as = m
			}
		}
		o.shown = append(o.shown, r)
	}
}

// caption implements sectioned.
func (o *todoOffers) caption(i int) string {
	if when := o.shown[i].When; i == 0 || o.shown[i-1].When != when {
		return whenWords[when]
	}
	return ""
}

func (o *todoOffers) fill(v *rowView, i int) {
	r := &o.shown[i]
	v.setIcon(paint.IconBox)
	if o.done[r.key()] {
		v.setIcon(paint.IconTick)
		v.title.ink = v.pal.InkMuted
	}
	v.title.words = r.as
	about := r.List
	if r.at.Title != "" {
		about += " · " + r.at.Title
	}
	v.detail.words = marked{before: about}
	v.end.Text = renderers.DueLabel(r.Due, o.today)
	if r.When == cards.PastDue {
		v.end.Color = v.pal.Warning
	}
	if o.me != "" && cards.Mentions(r.Text, o.me) {
		v.detail.words.before = lang.Tf("For you · %s", about)
	}
}

func (r *todoRow) key() todoKey { return todoKey{r.Document, r.ID} }

// tick implements ticking.
func (o *todoOffers) tick(i int) bool {
	w, r := o.p.w, &o.shown[i]
	if why := w.refusal(); why != nil {
		w.tell(why)
		return true
	}
	done := !o.done[r.key()]
	h := w.env.Docs.Open(r.Document, w.env.Registry.Face(cards.KindTodo).View)
	receipt := h.Do(func(v any) (doc.Plan, error) {
		t, _ := v.(cards.Todo)
		return cards.TickItem{ID: r.ID, Done: done}.Plan(t)
	})
	o.done[r.key()] = done
	o.p.list.lay()
	w.work(func(ctx context.Context) error {
		defer h.Close()
		if err := receipt.Applied(ctx); !app.NothingLeft(err) {
			return err
		}
		return nil
	})
	return true
}

// perform flies to the card.
func (o *todoOffers) perform(i int) (again bool) {
	r := o.shown[i]
	o.p.w.closeModal()
	o.p.w.goToPlace(place{r.Document, cards.KindTodo}, r.at)
	return false
}

func (o *todoOffers) words() string {
	switch n := len(o.shown); {
	case o.failed != nil:
		return sentence(o.failed)
	case !o.whole && n == 0:
		return lang.T("Reading…")
	case n == 0 && o.query != "":
		return lang.T("No open item has these words.")
	case n == 0:
		return lang.T("Nothing is to be done.")
	default:
		return lang.Tf("%d open.", n) + " " + handWords(lang.T("Enter goes there, Mod+Enter ticks."))
	}
}
