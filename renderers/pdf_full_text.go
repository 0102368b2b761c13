package renderers

import "context"

// textsKept is how many pages' words are kept.
const textsKept = 64

// pdfTexts keeps the words of the pages that were used last. UI goroutine
// only; the reading itself is done elsewhere.
type pdfTexts struct {
	env    *Env
	frames *Frames
	ctx    context.Context
	blob   string
	kept   map[int]PageText
	order  []int // most recently used last
	asked  map[int][]func(PageText)
}

func newPDFTexts(ctx context.Context, env *Env, frames *Frames) *pdfTexts {
	return &pdfTexts{env: env, frames: frames, ctx: ctx, kept: map[int]PageText{}, asked: map[int][]func(PageText){}}
}

// of forgets everything: another file is shown.
func (t *pdfTexts) of(blob string) {
	t.blob, t.kept, t.order, t.asked = blob, map[int]PageText{}, nil, map[int][]func(PageText){}
}

// words are the words of a page if they are at hand.
func (t *pdfTexts) words(page int) []Word { return t.kept[page].Words }

// has reports whether a page has been read.
func (t *pdfTexts) has(page int) bool { _, ok := t.kept[page]; return ok }

// get gives the words of a page, now or later; a page that cannot be read has
// none.
func (t *pdfTexts) get(page int, then func(PageText)) {
	if text, ok := t.kept[page]; ok {
		t.keep(page, text)
		then(text)
		return
	}
	waiting, reading := t.asked[page]
	t.asked[page] = append(waiting, then)
	if reading {
		return
	}
	blob := t.blob
	go func() {
		text, err := t.env.PageText(t.ctx, blob, page)
		if t.ctx.Err() != nil {
			return
		}
		if err != nil {
			text = PageText{}
		}
		t.frames.Add(func() { t.came(blob, page, text) })
	}()
}

func (t *pdfTexts) came(blob string, page int, text PageText) {
	if blob != t.blob {
		return
	}
	wake := t.asked[page]
	delete(t.asked, page)
	t.keep(page, text)
	for _, then := range wake {
		then(text)
	}
}

// keep notes a use, and drops the page that was not used for longest.
func (t *pdfTexts) keep(page int, text PageText) {
	for i, p := range t.order {
		if p == page {
			t.order = append(t.order[:i], t.order[i+1:]...)
			break
		}
	}
	t.order = append(t.order, page)
	t.kept[page] = text
	if len(t.order) > textsKept {
		delete(t.kept, t.order[0])
		t.order = t.order[1:]
	}
}
