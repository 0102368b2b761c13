package page

import "strings"

// writer writes blocks of Markdown, each line with what stands before it.
type writer struct {
	out    strings.Builder
	prefix string // of each line: quotes, and the indent of items
	next   string // of the next line instead, where an item or a quote begins with it
	begins bool   // next counts
	outer  string // prefix of what the next line begins in
	last   string // prefix of what was written last
	gap    bool   // an empty line is due
}

func (w *writer) full() bool { return w.out.Len() >= maxArticle }

// block writes one block, an empty line before it.
func (w *writer) block(text string) {
	text = strings.Trim(text, "\n")
	if strings.TrimSpace(text) == "" || w.full() {
		return
	}
	first, around := w.prefix, w.prefix
	if w.begins {
		first, around, w.begins = w.next, w.outer, false
	}
	if w.gap {
		w.line(common(w.last, around))
	}
	for line := range strings.SplitSeq(text, "\n") {
		w.line(first + line)
		first = w.prefix
	}
	w.gap, w.last = true, w.prefix
}

func (w *writer) line(s string) { w.out.WriteString(strings.TrimRight(s, " ") + "\n") }

// inside writes what f does with first before its first line and more before the others.
func (w *writer) inside(first, more string, f func()) {
	prefix, next, begins, outer, written := w.prefix, w.next, w.begins, w.outer, w.out.Len()
	if !w.begins {
		w.next, w.outer, w.begins = w.prefix, w.prefix, true
	}
	w.next += first
	w.prefix += more
	f()
	w.prefix, w.next, w.outer = prefix, next, outer
	w.begins = begins && w.out.Len() == written
}

func common(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}
