package doc

import (
	"math"
	"unicode/utf8"
)

// Transform turns two changes of the same text, mine and theirs, into what each
// must be after the other; both orders give the same text. What either deletes
// goes, and what either inserts stays, also inside of what the other deletes.
// Where both insert in one place, theirs comes first.
//
// A change is a list of splices of one text, made one after another, each
// behind what the one before it inserted. That is what Diff gives.
func Transform(mine, theirs []Splice) (mineAfter, theirsAfter []Splice) {
	if len(mine) == 0 || len(theirs) == 0 {
		return mine, theirs
	}
	a, b := hunksOf(mine), hunksOf(theirs)
	return splicesOf(mine[0].Path, carry(a, b, false)), splicesOf(theirs[0].Path, carry(b, a, true))
}

// hunk is a splice whose place is counted in the text before the whole change.
type hunk struct {
	from, del int
	ins       string
}

func hunksOf(list []Splice) []hunk {
	var out []hunk
	grown, end := 0, 0
	for _, s := range list {
		if s.Delete <= 0 && s.Insert == "" {
			continue
		}
		h := hunk{from: max(end, s.From-grown), del: max(0, s.Delete), ins: s.Insert}
		end = h.from + h.del
		grown += utf8.RuneCountInString(h.ins) - h.del
		out = append(out, h)
	}
	return out
}

func splicesOf(path Path, list []hunk) []Splice {
	var out []Splice
	grown := 0
	for _, h := range list {
		out = append(out, Splice{Path: path, From: h.from + grown, Delete: h.del, Insert: h.ins})
		grown += utf8.RuneCountInString(h.ins) - h.del
	}
	return out
}

// carry gives what list must be after over. Where both insert in one place,
// that of list comes first if first is true.
func carry(list, over []hunk, first bool) []hunk {
	a, b, out := reader{list: list}, reader{list: over}, hunkWriter{}
	for !a.done() {
		_, other := b.pending()
		if ins, ok := a.pending(); ok && (first || !other) {
			a.inserted()
			out.insert(ins)
			continue
		}
		if other {
			out.at += utf8.RuneCountInString(b.inserted())
			continue
		}
		n, goes := a.run()
		m, gone := b.run()
		n = min(n, m)
		a.pass(n)
		b.pass(n)
		switch {
		case gone:
		case goes:
			out.remove(n)
		default:
			out.at += n
		}
	}
	return out.list
}

// reader goes through the text before a change: at each rune it tells what the
// change inserts before it, and whether it deletes it.
type reader struct {
	list []hunk // what is left
	at   int
	put  bool // what the first hunk inserts is behind
}

func (r *reader) done() bool { return len(r.list) == 0 }

// pending is what the change inserts here.
func (r *reader) pending() (ins string, ok bool) {
	if r.done() || r.put || r.at < r.list[0].from || r.list[0].ins == "" {
		return "", false
	}
	return r.list[0].ins, true
}

// inserted goes past what pending told.
func (r *reader) inserted() string {
	ins := r.list[0].ins
	r.put = true
	r.pass(0)
	return ins
}

// run is how many runes from here on share one fate.
func (r *reader) run() (n int, deleted bool) {
	switch {
	case r.done():
		return math.MaxInt, false
	case r.at < r.list[0].from:
		return r.list[0].from - r.at, false
	}
	return r.list[0].from + r.list[0].del - r.at, true
}

// pass goes n runes on, at most a run.
func (r *reader) pass(n int) {
	r.at += n
	for !r.done() {
		h := r.list[0]
		if r.at < h.from+h.del || h.ins != "" && !r.put {
			return
		}
		r.list, r.put = r.list[1:], false
	}
}

// hunkWriter puts hunks together; at is the place in the text before them.
type hunkWriter struct {
	list []hunk
	at   int
}

// here is the hunk that ends at the place, a new one if there is none.
func (w *hunkWriter) here() *hunk {
	if n := len(w.list); n > 0 && w.list[n-1].from+w.list[n-1].del == w.at {
		return &w.list[n-1]
	}
	w.list = append(w.list, hunk{from: w.at})
	return &w.list[len(w.list)-1]
}

func (w *hunkWriter) insert(s string) { w.here().ins += s }

func (w *hunkWriter) remove(n int) {
	w.here().del += n
	w.at += n
}
