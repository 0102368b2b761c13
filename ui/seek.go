package ui

import (
	"context"
	"slices"
	"strings"

	"corkboard/search/fold"
)

// maxFound bounds how many hits are listed.
const maxFound = 200

// hit is a document that was found.
type hit struct {
	volume
	inTitle, inText marked // the title, and the place in the text if it is there
}

// found is what a search has found so far.
type found struct {
	hits  []hit
	all   int  // of which at most maxFound are listed
	whole bool // nothing is left to be looked at
}

// seek looks through a shelf, also while it is being filled, and shows what it
// has found whenever there is more to know. show is called on the goroutine of
// the caller; seek returns when all is looked through or ctx ends.
func seek(ctx context.Context, s *shelf, query string, show func(found)) {
	q := fold.String(strings.TrimSpace(query))
	var hits []hit
	f := found{}
	for next := 0; ctx.Err() == nil; {
		list, whole, grown := s.from(next)
		for i := range list {
			if h, ok := matches(&list[i], q); ok {
				f.all++
				if len(hits) < maxFound {
					hits = append(hits, h)
				}
			}
			if i%1024 == 0 && ctx.Err() != nil {
				return
			}
		}
		next += len(list)
		f.hits, f.whole = slices.Clone(hits), whole
		show(f)
		if whole {
			return
		}
		select {
		case <-grown:
		case <-ctx.Done():
		}
	}
}

// matches reports where a document has the folded query. An empty query is
// nowhere.
func matches(v *volume, query string) (h hit, ok bool) {
	if query == "" {
		return h, false
	}
	title := strings.Contains(v.foldedTitle, query)
	text := strings.Contains(v.foldedText, query)
	if !title && !text {
		return h, false
	}
	h.volume = *v
	h.inTitle, _ = markIn(v.title, v.foldedTitle, query)
	if text {
		h.inText, _ = markIn(v.text, v.foldedText, query)
	}
	return h, true
}
