package blobsync

import (
	"context"
	"fmt"
)

// adopt takes the first good manifest, and checks what an earlier run left.
func (d *Download) adopt(r *run, m Manifest) error {
	if !d.setList(&m) {
		return nil
	}
	r.found()
	done, err := d.recheck(r.ctx, m)
	if err != nil {
		d.breakOff(r, err)
		d.dropList()
		return err
	}
	d.mu.Lock()
	d.done, d.free, d.left = done, AllBits(m.Pieces()), m.Pieces()-done.Count()
	for i := range d.free {
		d.free[i] &^= done[i]
	}
	if d.left == 0 {
		r.cancel()
	}
	close(r.ready)
	d.mu.Unlock()
	d.tell()
	return nil
}

// setList says whether it is the first.
func (d *Download) setList(m *Manifest) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.list != nil {
		return false
	}
	d.list = m
	return true
}

func (d *Download) dropList() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.list = nil
}

// recheck reads the pieces that are marked: after a power cut a mark may be on
// disk and its piece not.
func (d *Download) recheck(ctx context.Context, m Manifest) (Bits, error) {
	done := NewBits(m.Pieces())
	buf := make([]byte, min(PieceSize, m.Size()))
	for i := range m.Pieces() {
		if !d.into.Have(i) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		length, _ := lengths(m.Size(), i)
		n, _ := d.into.ReadAt(buf[:length], int64(i)*PieceSize)
		if n == length && m.fits(i, buf[:length]) {
			done.Set(i)
			continue
		}
		if err := d.into.Mark(i, false); err != nil {
			return nil, fmt.Errorf("forgetting %v: %w", Index(i), err)
		}
	}
	return done, nil
}
