package paint

import (
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
)

// word is shaped text without white space, in em, so that it serves every size. Immutable once made.
type word struct {
	advance float32
	xs      []float32 // caret position before each rune and at the end
	ends    []float32 // where each rune ends: at the next one's xs, but not where directions meet
	flags   []uint8   // stopCaret and stopCut of the same boundaries
	glyphs  []glyph
	rtl     bool
	mixed   bool // it has pieces of both directions
}

const (
	stopCaret uint8 = 1 << iota // a caret may stand at this boundary
	stopCut                     // the word may be broken here
)

// glyph is one outline; at is the first rune of its cluster.
type glyph struct {
	face *typeface
	gid  font.GID
	x, y float32 // y grows downwards

	width float32 // its advance
	at    int32
}

// newWord returns the word as it is when no font knows it: blank, half an em per rune.
func newWord(rs []rune) *word {
	n := len(rs)
	w := &word{xs: make([]float32, n+1), ends: make([]float32, n), flags: make([]uint8, n+1)}
	for i := range w.xs {
		w.flags[i] = stopCaret | stopCut
		if i < n && i > 0 && (joins(rs[i]) || rs[i-1] == 0x200d) {
			w.flags[i] = 0
		}
	}
	return w
}

// add appends a shaped piece at the right end of the word.
func (w *word) add(buf *harfbuzz.Buffer, p piece) {
	scale := 1 / p.font.t.upem
	left := w.advance
	x := left
	info := buf.Info
	for i := 0; i < len(info); {
		cluster, from := info[i].Cluster, x
		for ; i < len(info) && info[i].Cluster == cluster; i++ {
			pos := buf.Pos[i]
			w.glyphs = append(w.glyphs, glyph{
				face: p.font.t, gid: info[i].Glyph,
				x: x + float32(pos.XOffset)*scale, y: -float32(pos.YOffset) * scale,
				at: int32(cluster), width: float32(pos.XAdvance) * scale,
			})
			x += float32(pos.XAdvance) * scale
		}
		next := p.end
		if p.rtl() {
			next = clusterEnd(info, cluster, p.end)
			w.caret(cluster, next, x, from)
		} else {
			if i < len(info) {
				next = info[i].Cluster
			}
			w.caret(cluster, next, from, x)
		}
	}
	w.advance = x
	if p.end == len(w.xs)-1 {
		w.xs[p.end] = x
		if p.rtl() {
			w.xs[p.end] = left
		}
	}
}

// clusterEnd returns the rune after a cluster of a right-to-left piece.
func clusterEnd(info []harfbuzz.GlyphInfo, cluster, end int) int {
	for _, g := range info {
		if g.Cluster > cluster && g.Cluster < end {
			end = g.Cluster
		}
	}
	return end
}

// caret places the boundaries of the cluster [from, to), which is drawn between the positions x0
// and x1. A ligature is shared out evenly; a letter with its marks has one place only.
func (w *word) caret(from, to int, x0, x1 float32) {
	if from < 0 || to > len(w.xs)-1 || from >= to {
		return
	}
	inner := false
	for i := from + 1; i < to; i++ {
		inner = inner || w.flags[i] == 0
	}
	for i := from; i < to; i++ {
		w.xs[i], w.ends[i] = x0, x1
		if !inner {
			share := (x1 - x0) / float32(to-from)
			w.xs[i] = x0 + share*float32(i-from)
			w.ends[i] = w.xs[i] + share
		}
		if i == from {
			continue
		}
		w.flags[i] &^= stopCut
		if inner {
			w.flags[i] = 0
		}
	}
}

// blank spreads a word that no font can show.
func (w *word) blank() {
	if w.advance != 0 || len(w.glyphs) > 0 {
		return
	}
	for i := range w.xs {
		w.xs[i] = 0.5 * float32(i)
	}
	copy(w.ends, w.xs[1:])
	w.advance = 0.5 * float32(len(w.xs)-1)
}

// extent is a stretch of a word, in em.
type extent struct{ left, right float32 }

func (e extent) width() float32 { return e.right - e.left }

// with returns the extent grown by the place of the rune i.
func (w *word) with(e extent, i int) extent {
	return extent{min(e.left, w.xs[i], w.ends[i]), max(e.right, w.xs[i], w.ends[i])}
}

// span returns what the runes [from, to) cover, from < to. Where left-to-right and right-to-left
// meet in the word, that is more than what lies between its two carets.
func (w *word) span(from, to int) extent {
	if from >= to {
		return extent{w.xs[from], w.xs[from]}
	}
	e := w.with(extent{w.xs[from], w.xs[from]}, from)
	if !w.mixed {
		return w.with(e, to-1)
	}
	for i := from + 1; i < to; i++ {
		e = w.with(e, i)
	}
	return e
}
