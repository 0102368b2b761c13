package engine

import (
	"context"
	"fmt"
	"slices"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

// Trial is a copy of a document in a VM of its own whose calls end at a
// deadline: foreign changes meet it before they meet the document. It runs
// four to five times slower. Safe on one goroutine at a time.
type Trial struct {
	s    *Sandbox
	vm   *vm.VM
	core *core
}

// Trial copies a document. The first one waits until the slower code is
// compiled, too. ErrDeadline when ctx is done before the copy is ready.
func (s *Sandbox) Trial(ctx context.Context, saved []byte, chunks [][]byte) (*Trial, error) {
	code, err := s.slower(ctx)
	if err != nil {
		return nil, err
	}
	t := &Trial{s: s}
	if t.vm, err = code.code.Start(); err != nil {
		s.tried()
		return nil, coreError(err, ErrTrap)
	}
	t.vm.Bind(ctx)
	if t.core, err = loadCore(t.vm, saved, chunks, make([]byte, 16)); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

// slower is the code that can be stopped, and a promise to say tried.
func (s *Sandbox) slower(ctx context.Context) (*program, error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, ErrClosed
	}
	if s.scratch == nil {
		s.scratch = begin(s.options, true)
	}
	p := s.scratch
	s.trials++
	s.mu.Unlock()
	err := error(nil)
	select {
	case <-p.done:
		err = p.fault
	case <-ctx.Done():
		err = fmt.Errorf("%w: compiling", ErrDeadline)
	}
	if err != nil {
		s.tried()
		return nil, err
	}
	return p, nil
}

func (s *Sandbox) tried() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trials--
	s.changed.Broadcast()
}

// Merge takes foreign changes in: ErrBadChunk, ErrTrap or ErrDeadline if the
// document itself must not meet them. Then the trial is over: close it.
func (t *Trial) Merge(ctx context.Context, foreign [][]byte) error {
	t.vm.Bind(ctx)
	touched, err := t.core.merge(foreign)
	if err != nil {
		return fmt.Errorf("trying changes: %w", err)
	}
	for _, p := range touched {
		if _, _, err := t.core.read(p); err != nil {
			return fmt.Errorf("trying changes: reading %s: %w", p, err)
		}
	}
	return nil
}

// Prove does with the copy what will be done with the document: it reads and
// writes it, saves it, loads the save. It takes as long as loading does.
func (t *Trial) Prove(ctx context.Context) error {
	t.vm.Bind(ctx)
	if _, err := t.core.tree(vm.Undefined); err != nil {
		return fmt.Errorf("trying changes: reading: %w", err)
	}
	mark := doc.Put{Path: doc.At("\x00trial"), Value: true}
	if _, err := t.core.apply([]doc.Edit{mark}, "", 0); err != nil {
		return fmt.Errorf("trying changes: writing: %w", err)
	}
	saved, err := t.core.save()
	if err != nil {
		return fmt.Errorf("trying changes: saving: %w", err)
	}
	heads := t.core.heads
	t.core.close()
	if t.core, err = loadCore(t.vm, saved, nil, make([]byte, 16)); err != nil {
		return fmt.Errorf("trying changes: loading: %w", err)
	}
	if !slices.Equal(heads, t.core.heads) {
		return fmt.Errorf("trying changes: %w: what was saved loads as another version", ErrBadChunk)
	}
	return nil
}

// Close gives the copy back.
func (t *Trial) Close() {
	if t.vm == nil {
		return
	}
	t.vm.Close()
	t.vm = nil
	t.s.tried()
}

// Try does all of it once: would the document, given as to Load, survive these
// changes? Its errors are those of Trial, Merge and Prove.
func (s *Sandbox) Try(ctx context.Context, saved []byte, chunks, foreign [][]byte) error {
	t, err := s.Trial(ctx, saved, chunks)
	if err != nil {
		return err
	}
	defer t.Close()
	if err := t.Merge(ctx, foreign); err != nil {
		return err
	}
	return t.Prove(ctx)
}
