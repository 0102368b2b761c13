package renderers

import (
	"corkboard/ui/lang"
)

// maxHits bounds what one search keeps.
const maxHits = 20000

// pdfFind is a search through a document, page by page. It begins on the page
// that is shown and goes round.
type pdfFind struct {
	query   string
	pages   int
	start   int // the page where the search began
	scanned int // pages that have been looked at
	hits    [][]pdfHit
	count   int
	at      pdfSpot
	some    bool // at names a hit
}

// pdfSpot is the index of a hit on its page.
type pdfSpot struct{ Page, Index int }

func newPDFFind(query string, pages, start int) *pdfFind {
	return &pdfFind{query: query, pages: pages, start: max(0, min(start, pages-1)), hits: make([][]pdfHit, max(0, pages))}
}

// next is the page to look at, or -1 when all have been.
func (f *pdfFind) next() int {
	if f.scanned >= f.pages || f.count >= maxHits {
		return -1
	}
	return (f.start + f.scanned) % f.pages
}

// found takes the hits of the page that next named; the first hit of all is
// the one to show, and found reports that it has come.
func (f *pdfFind) found(page int, hits []pdfHit) (first bool) {
	f.scanned++
	f.hits[page] = hits
	f.count += len(hits)
	if f.some || len(hits) == 0 {
		return false
	}
	f.at, f.some = pdfSpot{page, 0}, true
	return true
}

// step goes to the next hit, or to the one before, and round.
func (f *pdfFind) step(back bool) {
	if !f.some {
		return
	}
	if !back && f.at.Index+1 < len(f.hits[f.at.Page]) {
		f.at.Index++
		return
	}
	if back && f.at.Index > 0 {
		f.at.Index--
		return
	}
	d := 1
	if back {
		d = -1
	}
	for i := 1; i <= f.pages; i++ {
		page := ((f.at.Page+d*i)%f.pages + f.pages) % f.pages
		if n := len(f.hits[page]); n > 0 {
			f.at = pdfSpot{page, 0}
			if back {
				f.at.Index = n - 1
			}
			return
		}
	}
}

// current is the hit to show.
func (f *pdfFind) current() (pdfHit, bool) {
	if !f.some {
		return pdfHit{}, false
	}
	return f.hits[f.at.Page][f.at.Index], true
}

// label is "2 of 9"; while the search goes on it ends in the pages to come.
func (f *pdfFind) label() string {
	busy := f.next() >= 0
	if f.count == 0 {
		if busy {
			return lang.Tf("Page %d of %d", f.scanned, f.pages)
		}
		return lang.T("Not found")
	}
	place := f.at.Index + 1
	for _, h := range f.hits[:f.at.Page] {
		place += len(h)
	}
	s := lang.Tf("%d of %d", place, f.count)
	if f.count >= maxHits || busy {
		s += "+"
	}
	return s
}
