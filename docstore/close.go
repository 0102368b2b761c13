package docstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
)

// Close saves everything and gives the profile back. If something cannot be
// saved it says why and the store stays open: call Close again, or Abandon.
func (s *Store) Close(ctx context.Context) error {
	if s.over.Load() {
		return nil
	}
	if err := s.flushPending(ctx); err != nil {
		return err
	}
	s.closed.Store(true)
	err := s.restAll(ctx)
	if err == nil {
		err = s.flushPending(ctx) // what was asked for while we said no
	}
	if err != nil {
		s.closed.Store(false)
		return err
	}
	return s.finish()
}

// flushPending ignores an edit that was refused: waiting does not bring it back.
func (s *Store) flushPending(ctx context.Context) error {
	if err := s.Flush(ctx); err != nil && s.Status().Pending > 0 {
		return fmt.Errorf("closing: %w", err)
	}
	return nil
}

// restAll has taken in what waits for that, and brings the cache up to date.
func (s *Store) restAll(ctx context.Context) error {
	var list []*document
	for _, d := range s.present() {
		if d.stale.Load() || d.expects() {
			list = append(list, d)
		}
	}
	if err := afterwards(ctx, list, (*document).cacheTree); err != nil {
		return fmt.Errorf("closing: %w", err)
	}
	return nil
}

// TakeIn waits until documents show what has come so far, and it is on disk. They do so
// by themselves when somebody looks at them, or a while later. It blocks. Errors: those of
// Flush.
func (s *Store) TakeIn(ctx context.Context) error {
	if err := afterwards(ctx, s.present(), func(*document) {}); err != nil {
		return fmt.Errorf("taking in what came: %w", err)
	}
	return s.Flush(ctx)
}

// afterwards has documents take in what they expect, then do something, and waits for that.
func afterwards(ctx context.Context, list []*document, do func(*document)) error {
	var g sync.WaitGroup
	for _, d := range list {
		g.Add(1)
		d.hurry()
		d.post(func() { do(d); g.Done() })
	}
	done := make(chan struct{})
	go func() { g.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Abandon closes without saving: what is not saved is lost.
func (s *Store) Abandon() error {
	s.closed.Store(true)
	return s.finish()
}

func (s *Store) finish() error {
	if s.over.Swap(true) {
		return nil
	}
	close(s.quit)
	<-s.writer.done
	<-s.cache.done
	<-s.sweeper.done
	s.works.Wait()
	s.keys.guard.Lock() // a change of the keys goes to its end
	defer s.keys.guard.Unlock()
	return s.closeFiles()
}

func (s *Store) closeFiles() error {
	var errs []error
	if box := s.box.Load(); box != nil {
		errs = append(errs, box.Close())
	}
	s.wake.Lock()
	if s.poison != nil {
		errs = append(errs, s.poison.Close())
	}
	s.wake.Unlock()
	s.logMu.Lock()
	defer s.logMu.Unlock()
	if s.log != nil {
		errs = append(errs, s.log.Close())
		s.log = nil
	}
	if s.cache != nil {
		errs = append(errs, s.cache.close())
	}
	if s.tempLog != "" {
		errs = append(errs, os.RemoveAll(s.tempLog))
	}
	return errors.Join(append(errs, s.profile.close())...)
}
