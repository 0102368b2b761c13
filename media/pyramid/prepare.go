package pyramid

import "corkboard/media"

// maxLater bounds the sources that wait to be prepared. What is dropped is
// made when somebody looks.
const maxLater = 4096

// Prepare has the early levels of a source made when there is nothing better
// to do. It returns at once.
func (p *Pyramid) Prepare(s Source) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.disk.readOnly || len(p.later) >= maxLater {
		return
	}
	p.later = append(p.later, s)
	if !p.making {
		p.making = true
		p.work.Go(p.prepare)
	}
}

// prepare makes the levels of one source after the other and ends.
func (p *Pyramid) prepare() {
	for {
		p.mu.Lock()
		if len(p.later) == 0 {
			p.later, p.making = nil, false
			p.mu.Unlock()
			return
		}
		s := p.later[0]
		p.later = p.later[1:]
		p.mu.Unlock()
		if !p.disk.wants(nameOf(s, Early)) {
			continue
		}
		if f, err := p.join(s, Early, media.Background); err == nil {
			_, _ = f.wait(p.ctx, Early) // whoever looks at it is told what is wrong
		}
	}
}
