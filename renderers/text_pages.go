package renderers

import (
	"sync"

	"corkboard/renderers/paint"
)

// longPages keeps the layouts of a few texts that are higher than their cards:
// such a card is painted anew for each step that it is scrolled by. The zero
// value is empty. Any goroutine.
type longPages struct {
	mu   sync.Mutex
	kept [4]longPage // the newest first
}

// longPage is a layout and what it was made of.
type longPage struct {
	src   string
	width float32
	dark  bool
	page  *paint.Page
}

// layout sets the whole of a text, at any height.
func (p *longPages) layout(sh *paint.Shaper, src string, width float32, pal paint.Palette) *paint.Page {
	want := longPage{src: src, width: width, dark: pal.IsDark}
	if page := p.take(want); page != nil {
		return page
	}
	want.page = sh.LayoutMarkdown(src, width, pal, paint.MarkdownOptions{})
	p.mu.Lock()
	defer p.mu.Unlock()
	copy(p.kept[1:], p.kept[:])
	p.kept[0] = want
	return want.page
}

// take finds a layout and makes it the newest.
func (p *longPages) take(want longPage) *paint.Page {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, k := range p.kept {
		if k.page == nil || k.width != want.width || k.dark != want.dark || k.src != want.src {
			continue
		}
		copy(p.kept[1:i+1], p.kept[:i])
		p.kept[0] = k
		return k.page
	}
	return nil
}
