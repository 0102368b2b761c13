package blobsync

import (
	"context"
	"fmt"
	"sync"
)

// Upload gives a storage peer the pieces of a file that it lacks, the manifest
// first, so that others can begin to fetch while it comes. What it has stays there
// after an error: the next Upload goes on. progress may be nil; it is called with
// pieces there and pieces in all, one call at a time. It blocks. Errors: ErrFull,
// ErrRefused, ErrTooLarge, those of from, of the client and of the context.
func Upload(ctx context.Context, to *Client, f File, from Source, progress func(done, total int)) error {
	s, err := newSealer(f)
	if err != nil {
		return err
	}
	has, err := to.Present(ctx, s.handle)
	if err != nil {
		return fmt.Errorf("storing a file: %w", err)
	}
	u := &upload{to: to, from: from, handle: s.handle, progress: progress}
	for _, part := range []struct {
		manifest bool
		has      Bits
	}{{true, has.Manifest}, {false, has.Content}} {
		for n := range s.count(part.manifest) {
			u.total++
			switch {
			case part.has.Has(n):
				u.done++
			case part.manifest:
				u.lacks = append(u.lacks, ManifestIndex(n))
			default:
				u.lacks = append(u.lacks, Index(n))
			}
		}
	}
	if err := u.run(ctx); err != nil {
		return fmt.Errorf("storing a file: %w", err)
	}
	return nil
}

type upload struct {
	to       *Client
	from     Source
	handle   Handle
	progress func(done, total int)

	mu    sync.Mutex
	lacks []Index // in the order in which they go
	done  int
	total int
}

func (u *upload) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	u.step(0)
	var all sync.WaitGroup
	errs := make(chan error, lanes)
	for range lanes {
		all.Go(func() {
			if err := u.lane(ctx); err != nil {
				errs <- err
				cancel()
			}
		})
	}
	all.Wait()
	close(errs)
	return <-errs
}

func (u *upload) lane(ctx context.Context) error {
	for {
		i, ok := u.next()
		if !ok {
			return nil
		}
		sealed, err := u.from.Piece(ctx, u.handle, i)
		if err != nil {
			return err
		}
		if err := u.to.Put(ctx, u.handle, i, sealed); err != nil {
			return err
		}
		u.step(1)
	}
}

func (u *upload) next() (Index, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.lacks) == 0 {
		return 0, false
	}
	i := u.lacks[0]
	u.lacks = u.lacks[1:]
	return i, true
}

func (u *upload) step(n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.done += n; u.progress != nil {
		u.progress(u.done, u.total)
	}
}
