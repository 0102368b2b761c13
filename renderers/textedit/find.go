package textedit

import (
	"image"

	"corkboard/renderers/paint"
)

// Find marks every place of a query in the text, upper and lower case alike, and selects the first
// at the offset or after it, or the first of all. It returns which one that is, from 1, and how many
// there are; 0, 0 if there is none. An empty query ends the search.
func (e *Editor) Find(query string, from int) (i, n int) {
	e.hits.look(query, &e.buf.text)
	i = e.hits.next(from)
	e.showHit(i)
	e.view.paint()
	return i + 1, len(e.hits.at)
}

// FindNext selects the next hit, or the one before, around the ends of the text.
func (e *Editor) FindNext(back bool) (i, n int) {
	from, to := e.buf.Selection()
	if back {
		i = e.hits.prev(from)
	} else {
		i = e.hits.next(max(to, from+1))
		if from == to {
			i = e.hits.next(from)
		}
	}
	e.showHit(i)
	return i + 1, len(e.hits.at)
}

// Found tells which hit is selected, from 1, or 0, and how many there are.
func (e *Editor) Found() (i, n int) {
	from, to := e.buf.Selection()
	n = len(e.hits.at)
	if k := e.hits.next(from); k >= 0 && e.hits.at[k] == from && to-from == len(e.hits.query) {
		i = k + 1
	}
	return i, n
}

// showHit selects a hit. If it is out of view or behind the find row, the text scrolls so that what
// is around the hit can be read too.
func (e *Editor) showHit(i int) {
	if i < 0 {
		return
	}
	at := e.hits.at[i]
	e.buf.Select(at, at+len(e.hits.query))
	e.column = -1
	if y, h := e.sheet.lineBox(at); y < e.top+e.covered/e.zoom || y+h > e.top+e.viewHeight() {
		e.top = y - e.viewHeight()/3
		e.settleView()
		e.view.paint()
		e.scrolled()
	}
	e.moved()
}

// hits draws what is marked in view, with a frame around the hit that is selected; x, y is the text's top left corner in pixels.
func (v *view) hits(dst *image.RGBA, x, y, k float32) {
	h, e := &v.e.hits, v.e
	if len(h.at) == 0 {
		return
	}
	now, _ := e.Found()
	e.sheet.marked(h.at, len(h.query), e.top, e.top+e.viewHeight(), func(i int, r paint.Rect) {
		r = r.Scaled(k).Moved(x, y)
		paint.FillRoundRect(dst, r, 2*k, e.opts.Palette.Mark)
		if i+1 == now {
			paint.StrokeRoundRect(dst, r, 2*k, max(1, 1.5*k), e.opts.Palette.Accent)
		}
	})
}
