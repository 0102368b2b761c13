package blobsync

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// ask is the goroutine of a source, with one more for each of its lanes.
func (d *Download) ask(r *run, s *source) {
	err := d.work(r, s)
	var liar *LiarError
	if errors.As(err, &liar) {
		s.client.fail(liar)
	}
	d.leave(r, s, err)
}

func (d *Download) work(r *run, s *source) error {
	present, err := s.client.Present(r.ctx, d.sealer.handle)
	if err != nil {
		return err
	}
	d.heard(r, s)
	s.has = present.Content.below(PiecesOf(d.sealer.file.Size))
	if err := d.bringList(r, s, present.Manifest); err != nil {
		return err
	}
	select {
	case <-r.ready:
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
	var all sync.WaitGroup
	ctx, cancel := context.WithCancel(r.ctx) // the first lane that fails ends the others
	defer cancel()
	errs := make(chan error, lanes)
	for range lanes {
		all.Go(func() {
			if err := d.lane(ctx, r, s); err != nil {
				errs <- err
				cancel()
			}
		})
	}
	all.Wait()
	close(errs)
	return <-errs
}

// bringList fetches the manifest if there is none yet. All sources try, so that
// nobody waits for a slow one; the first that brings it ends the others' trying.
func (d *Download) bringList(r *run, s *source, has Bits) error {
	if r.seek.Err() != nil {
		return nil
	}
	m, err := d.fetchList(r, s, has)
	switch {
	case err == nil:
		return d.adopt(r, m)
	case r.seek.Err() != nil && errors.Is(err, context.Canceled):
		return nil // somebody else was faster
	}
	return err
}

func (d *Download) fetchList(r *run, s *source, has Bits) (Manifest, error) {
	f := d.sealer.file
	var hashes []byte
	for n := range ManifestPiecesOf(f.Size) {
		i := ManifestIndex(n)
		if !has.Has(n) {
			return Manifest{}, fmt.Errorf("asking %s for %v: %w", s.client.name, i, ErrAbsent)
		}
		sealed, err := s.client.Get(r.seek, d.sealer.handle, i)
		if err != nil {
			return Manifest{}, err
		}
		plain, err := d.sealer.open(i, sealed)
		if err != nil {
			return Manifest{}, &LiarError{Name: s.client.name, Index: i, Err: err}
		}
		d.heard(r, s)
		hashes = append(hashes, plain...)
	}
	m, err := readManifest(f.Size, hashes)
	if err == nil {
		err = m.Verify(f.Root, f.Size)
	}
	if err != nil {
		return Manifest{}, &LiarError{Name: s.client.name, Index: ManifestIndex(0), Err: err}
	}
	return m, nil
}
