package blobsync

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A flight is a piece that somebody was asked for.
type flight struct {
	since  time.Time // the last time somebody was asked
	by     map[*source]context.CancelFunc
	landed bool // it came, and is being written
}

// A turn is what a lane does next.
type turn struct {
	piece   int // -1: nothing now
	ctx     context.Context
	over    bool            // nothing is missing
	spent   bool            // this source has nothing that is missing
	changed <-chan struct{} // or wait for this
	wait    time.Duration   // and at most so long; 0: no matter how long
}

// lane asks one source for one piece after the other, until nothing is missing
// that it has.
func (d *Download) lane(ctx context.Context, r *run, s *source) error {
	for {
		t := d.next(ctx, s)
		switch {
		case t.over:
			return nil
		case t.spent:
			return fmt.Errorf("asking %s for what is missing: %w", s.client.name, ErrAbsent)
		case t.piece < 0:
			if err := t.pause(ctx); err != nil {
				return err
			}
		default:
			if err := d.fetch(ctx, r, s, t); err != nil {
				return err
			}
		}
	}
}

func (t turn) pause(ctx context.Context) error {
	var late <-chan time.Time
	if t.wait > 0 {
		timer := time.NewTimer(t.wait)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-t.changed:
	case <-late:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// next gives the lowest piece that nobody was asked for, then the one for which
// others have been waited longest.
func (d *Download) next(ctx context.Context, s *source) turn {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := turn{piece: d.free.common(s.has), over: d.left == 0, changed: d.changed}
	if t.over {
		return t
	}
	if t.piece < 0 {
		t.piece, t.wait = d.late(s)
		if t.piece < 0 && t.wait == 0 {
			t.spent = !d.mayHelp(s)
		}
	}
	if t.piece >= 0 {
		f := d.flights[t.piece]
		if f == nil {
			f = &flight{by: map[*source]context.CancelFunc{}}
			d.flights[t.piece] = f
		}
		d.free.Clear(t.piece)
		f.since = time.Now()
		t.ctx, f.by[s] = context.WithCancel(ctx)
	}
	return t
}

// late is a piece that another source should have sent by now, or how long until
// one is late. d.mu is held.
func (d *Download) late(s *source) (piece int, wait time.Duration) {
	found, oldest := -1, time.Time{}
	for i, f := range d.flights {
		if _, asked := f.by[s]; asked || f.landed || !s.has.Has(i) {
			continue
		}
		if found < 0 || f.since.Before(oldest) {
			found, oldest = i, f.since
		}
	}
	if found < 0 {
		return -1, 0
	}
	if wait := d.reask - time.Since(oldest); wait > 0 {
		return -1, wait
	}
	return found, 0
}

// mayHelp says whether a source has anything that is missing, though it may be on
// its way. d.mu is held.
func (d *Download) mayHelp(s *source) bool {
	for i := range d.flights {
		if s.has.Has(i) {
			return true
		}
	}
	return false
}

// fetch brings one piece. An error ends the source.
func (d *Download) fetch(ctx context.Context, r *run, s *source, t turn) error {
	plain, err := d.get(t.ctx, s, t.piece)
	if err != nil {
		absent := errors.Is(err, ErrAbsent)
		late := t.ctx.Err() != nil && ctx.Err() == nil && errors.Is(err, context.Canceled)
		d.release(s, t.piece, absent)
		if absent || late { // late: somebody else was faster
			return nil
		}
		return err
	}
	d.heard(r, s)
	if !d.claim(t.piece) {
		return nil
	}
	err = d.write(t.piece, plain)
	d.landed(r, t.piece, err == nil)
	if err != nil {
		d.breakOff(r, err)
		return err
	}
	d.tell()
	return nil
}

// get gives a piece that is genuine, or a *LiarError.
func (d *Download) get(ctx context.Context, s *source, piece int) ([]byte, error) {
	i := Index(piece)
	sealed, err := s.client.Get(ctx, d.sealer.handle, i)
	if err != nil {
		return nil, err
	}
	plain, err := d.sealer.open(i, sealed)
	if err == nil && !d.list.fits(piece, plain) {
		err = ErrForged
	}
	if err != nil {
		return nil, &LiarError{Name: s.client.name, Index: i, Err: err}
	}
	return plain, nil
}

func (d *Download) write(piece int, plain []byte) error {
	if _, err := d.into.WriteAt(plain, int64(piece)*PieceSize); err != nil {
		return fmt.Errorf("writing %v: %w", Index(piece), err)
	}
	if err := d.into.Mark(piece, true); err != nil {
		return fmt.Errorf("noting %v: %w", Index(piece), err)
	}
	return nil
}

// release notes that a source did not bring a piece.
func (d *Download) release(s *source, piece int, absent bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if absent {
		s.has.Clear(piece)
	}
	if f := d.flights[piece]; f != nil && f.by[s] != nil {
		f.by[s]()
		delete(f.by, s)
		if len(f.by) == 0 && !f.landed {
			delete(d.flights, piece)
			d.free.Set(piece)
		}
	}
	d.wake()
}

// claim says whether a genuine piece is the first, and ends the others' waiting.
func (d *Download) claim(piece int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.flights[piece]
	if f == nil || f.landed {
		return false
	}
	f.landed = true
	for _, stop := range f.by {
		stop()
	}
	return true
}

// landed notes that a piece is on disk, or could not be written.
func (d *Download) landed(r *run, piece int, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.flights, piece)
	if ok {
		d.done.Set(piece)
		d.left--
	} else {
		d.free.Set(piece)
	}
	if d.left == 0 {
		r.cancel()
	}
	d.wake()
}
