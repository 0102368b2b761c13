package blobsync

import "time"

// A source is somebody who is asked in a run. Download.mu guards all of it.
type source struct {
	client *Client
	has    Bits // pieces of the content
	quiet  *time.Timer
	silent bool
	gone   bool
}

// engage starts to ask as many as may be asked. d.mu is held.
func (d *Download) engage() {
	for d.run != nil && d.run.active-d.run.silent < maxSources && len(d.waiting) > 0 {
		r, s := d.run, &source{client: d.waiting[0]}
		d.waiting = d.waiting[1:]
		r.active++
		s.quiet = time.AfterFunc(d.silence, func() { d.missed(r, s) })
		go d.ask(r, s)
	}
}

// missed notes that a source has brought nothing for a while: it keeps its
// questions, and another is asked as well.
func (d *Download) missed(r *run, s *source) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !s.silent && !s.gone {
		s.silent = true
		r.silent++
		d.engage()
	}
}

// heard notes that a source has brought something.
func (d *Download) heard(r *run, s *source) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s.quiet.Reset(d.silence)
	if s.silent {
		s.silent = false
		r.silent--
	}
}

// leave ends a source, and the run with the last one.
func (d *Download) leave(r *run, s *source, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s.quiet.Stop()
	s.gone = true
	if s.silent {
		r.silent--
	}
	if err != nil && r.ctx.Err() == nil {
		r.errs = append(r.errs, err)
	}
	r.active--
	if r.ctx.Err() == nil {
		d.engage()
	}
	if r.active == 0 {
		d.run = nil
		close(r.over)
	}
	d.wake()
}
