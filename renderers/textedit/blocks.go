package textedit

import (
	"slices"

	"corkboard/renderers/paint"
)

// block is a paragraph, or a part of one that is very long.
type block struct {
	runes   int         // its newline included
	newline bool        // it ends in one; else the next block goes on with the paragraph
	lead    lead        // how the paragraph begins, if this is its beginning
	height  float32     // an estimate while laid is nil
	laid    *paint.Laid // without the newline; nil until somebody looks
	under   context     // what the layout was made for
}

// len is the length without the newline.
func (b *block) len() int {
	if b.newline {
		return b.runes - 1
	}
	return b.runes
}

// maxGroup is how many blocks a group holds at most.
const maxGroup = 64

// group is a run of blocks with their sums.
type group struct {
	blocks []block
	runes  int
	height float64

	in, out fence // what the group makes of the fence before it
	folded  bool
}

// blockList is the blocks of a text, one at least, in groups, so that neither finding nor changing
// one touches all the others. Heights are summed as float64, in which they add up without rounding.
type blockList struct {
	groups []group
	runes  int
	height float64
}

// place is where a block is in the list and in the text.
type place struct {
	g, i  int
	start int
	y     float64
}

func (l *blockList) block(p place) *block { return &l.groups[p.g].blocks[p.i] }

// atOffset finds the block of an offset: the last that begins there or before.
func (l *blockList) atOffset(at int) place {
	p := place{}
	for p.g < len(l.groups)-1 && at >= p.start+l.groups[p.g].runes {
		p.start, p.y = p.start+l.groups[p.g].runes, p.y+l.groups[p.g].height
		p.g++
	}
	blocks := l.groups[p.g].blocks
	for p.i < len(blocks)-1 && at >= p.start+blocks[p.i].runes {
		p.start, p.y = p.start+blocks[p.i].runes, p.y+float64(blocks[p.i].height)
		p.i++
	}
	return p
}

// atY finds the block at a height, the nearest if there is none.
func (l *blockList) atY(y float64) place {
	p := place{}
	for p.g < len(l.groups)-1 && y >= p.y+l.groups[p.g].height {
		p.start, p.y = p.start+l.groups[p.g].runes, p.y+l.groups[p.g].height
		p.g++
	}
	blocks := l.groups[p.g].blocks
	for p.i < len(blocks)-1 && y >= p.y+float64(blocks[p.i].height) {
		p.start, p.y = p.start+blocks[p.i].runes, p.y+float64(blocks[p.i].height)
		p.i++
	}
	return p
}

// next returns the place after p; false at the end.
func (l *blockList) next(p place) (place, bool) {
	b := l.block(p)
	p.start, p.y = p.start+b.runes, p.y+float64(b.height)
	switch {
	case p.i+1 < len(l.groups[p.g].blocks):
		p.i++
	case p.g+1 < len(l.groups):
		p.g, p.i = p.g+1, 0
	default:
		return p, false
	}
	return p, true
}

// prev returns the place before p; false at the beginning.
func (l *blockList) prev(p place) (place, bool) {
	switch {
	case p.i > 0:
		p.i--
	case p.g > 0:
		p.g--
		p.i = len(l.groups[p.g].blocks) - 1
	default:
		return p, false
	}
	b := l.block(p)
	p.start, p.y = p.start-b.runes, p.y-float64(b.height)
	return p, true
}

// setHeight gives a block another height.
func (l *blockList) setHeight(p place, h float32) {
	b := l.block(p)
	d := float64(h) - float64(b.height)
	b.height = h
	l.groups[p.g].height += d
	l.height += d
}

// reset takes other blocks; no blocks are one empty one.
func (l *blockList) reset(blocks []block) {
	if len(blocks) == 0 {
		blocks = []block{{}}
	}
	l.groups = grouped(l.groups[:0], blocks)
	l.runes, l.height = 0, 0
	for i := range l.groups {
		l.runes += l.groups[i].runes
		l.height += l.groups[i].height
	}
}

// replace puts other blocks, one at least, in the place of the n blocks from p on.
func (l *blockList) replace(p place, n int, fresh []block) {
	last, end := p.g, p.i+n // the end is an index in the last group
	for end > len(l.groups[last].blocks) {
		end -= len(l.groups[last].blocks)
		last++
	}
	for i := p.g; i <= last; i++ {
		l.runes -= l.groups[i].runes
		l.height -= l.groups[i].height
	}
	g := &l.groups[p.g]
	if size := len(g.blocks) + len(fresh) - n; last == p.g && size <= maxGroup {
		g.blocks = slices.Replace(g.blocks, p.i, end, fresh...)
		g.sum()
		l.runes, l.height = l.runes+g.runes, l.height+g.height
		return
	}
	tail := l.groups[last].blocks[end:]
	whole := slices.Concat(g.blocks[:p.i], fresh, tail)
	made := grouped(nil, whole)
	for i := range made {
		l.runes += made[i].runes
		l.height += made[i].height
	}
	l.groups = slices.Replace(l.groups, p.g, last+1, made...)
}

// grouped appends the blocks in groups that have room to grow.
func grouped(out []group, blocks []block) []group {
	for len(blocks) > 0 {
		n := min(len(blocks), maxGroup*3/4)
		g := group{blocks: slices.Clone(blocks[:n])}
		g.sum()
		out, blocks = append(out, g), blocks[n:]
	}
	return out
}

func (g *group) sum() {
	g.runes, g.height, g.folded = 0, 0, false
	for i := range g.blocks {
		g.runes += g.blocks[i].runes
		g.height += float64(g.blocks[i].height)
	}
}

// fenceBefore is the fence that is open where the block at p begins. Groups that did not change
// since it was asked last are passed in one step.
func (l *blockList) fenceBefore(p place) fence {
	var f fence
	for i := range p.g {
		g := &l.groups[i]
		if !g.folded || g.in != f {
			g.in, g.out, g.folded = f, f, true
			for k := range g.blocks {
				g.out = g.blocks[k].lead.after(g.out)
			}
		}
		f = g.out
	}
	for i := range p.i {
		f = l.groups[p.g].blocks[i].lead.after(f)
	}
	return f
}
