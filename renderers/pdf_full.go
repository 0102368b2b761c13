package renderers

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"corkboard/cards"
	"corkboard/doc"
)

// maxGuessedPages bounds how many pages are laid out before they are counted.
const maxGuessedPages = 20000

// pdfFull is a PDF filling the window: all pages below each other. UI
// goroutine only.
type pdfFull struct {
	env    *Env
	file   cards.File
	pages  *pdfPages
	texts  *pdfTexts
	bar    *pdfBar
	object fyne.CanvasObject

	frames *Frames
	ctx    context.Context
	cancel context.CancelFunc
}

func newPDFFull(env *Env, h doc.Handle) Full {
	f := &pdfFull{env: env, frames: NewFrames(env.Post, env.Now)}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	f.texts = newPDFTexts(f.ctx, env, f.frames)
	f.pages = newPDFPages(env, f.frames, f.texts)
	f.bar = newPDFBar(f)
	f.pages.moved, f.pages.search = f.bar.follow, f.bar.focusFind
	f.object = container.NewBorder(f.bar.object, nil, nil, nil, f.pages)
	f.Show(h.Snapshot())
	return f
}

// Object implements Full.
func (f *pdfFull) Object() fyne.CanvasObject { return f.object }

// Show implements Full.
func (f *pdfFull) Show(s doc.Snapshot[any]) {
	v, ok := s.Value.(cards.File)
	if !ok || s.State != doc.Ready {
		return
	}
	was := f.file
	f.file = v
	if v.Blob == was.Blob {
		return
	}
	f.pages.blob = v.Blob
	f.texts.of(v.Blob)
	f.pages.find, f.pages.marked = nil, wordRange{None: true}
	f.pages.pages(guessedPages(v))
	f.measure()
}

// guessedPages is every page in the size of the first.
func guessedPages(v cards.File) []Point {
	size := Point{float32(v.Width), float32(v.Height)}
	out := make([]Point, min(max(v.Pages, 1), maxGuessedPages))
	for i := range out {
		out[i] = size
	}
	return out
}

// measure learns the sizes of all pages in the background.
func (f *pdfFull) measure() {
	blob := f.file.Blob
	if blob == "" || f.env.PageSizes == nil {
		return
	}
	go func() {
		sizes, err := f.env.PageSizes(f.ctx, blob)
		if err != nil || len(sizes) == 0 || f.ctx.Err() != nil {
			return // the first page will tell why
		}
		f.frames.Add(func() {
			if blob == f.file.Blob {
				f.pages.pages(sizes)
			}
		})
	}()
}

// Close implements Full.
func (f *pdfFull) Close() {
	f.cancel()
	f.frames.Close()
}

// startFind searches from the page that is shown; an empty query ends it.
func (f *pdfFull) startFind(query string) {
	p := f.pages
	p.find = nil
	if query != "" && f.env.PageText != nil && len(p.view.tops) > 0 {
		p.find = newPDFFind(query, len(p.view.tops), p.view.page())
		f.findMore(p.find)
	}
	p.place()
}

// findMore looks at one page after the other for as long as find is the
// search that the person wants.
func (f *pdfFull) findMore(find *pdfFind) {
	page := find.next()
	if page < 0 || f.pages.find != find {
		f.bar.follow()
		return
	}
	f.texts.get(page, func(t PageText) {
		if f.pages.find != find {
			return
		}
		hits := findOnPage(t.Words, find.query, page)
		if find.found(page, hits) {
			f.showHit()
		} else if s := f.pages.sheets[page]; s != nil && len(hits) > 0 {
			f.pages.place()
		}
		f.bar.follow()
		f.frames.Add(func() { f.findMore(find) }) // not deeper: other work gets its turn
	})
}

// step goes to the next or to the previous hit.
func (f *pdfFull) step(back bool) {
	if f.pages.find == nil {
		return
	}
	f.pages.find.step(back)
	f.showHit()
}

// showHit scrolls to the current hit.
func (f *pdfFull) showHit() {
	if hit, ok := f.pages.find.current(); ok && len(hit.Rects) > 0 {
		f.pages.view.reveal(hit.Page, hit.Rects[0])
	}
	f.pages.place()
}
