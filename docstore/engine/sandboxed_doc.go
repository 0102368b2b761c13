package engine

import (
	"fmt"
	"slices"

	"corkboard/doc"
	"corkboard/docstore/engine/vm"
)

// document is a Doc that lives in a VM, or rests as saved bytes while others
// need the room.
type document struct {
	s     *Sandbox
	actor []byte

	home   *machine // belongs to the Sandbox's lock, like broken
	broken error

	// What follows belongs to who holds home, or to the document's goroutine
	// while there is none.
	core    *core
	saved   []byte
	chunks  [][]byte
	waiting []frame

	opened bool      // once, so that from then on it only wakes
	heads  doc.Heads // since; both are the document's goroutine's
}

var _ Doc = (*document)(nil)

// use runs f with the document in its VM.
func (d *document) use(f func(*core) error) error {
	s := d.s
	bytes := len(d.saved)
	for _, c := range d.chunks {
		bytes += len(c)
	}
	s.mu.Lock()
	m, err := s.pin(d, bytes)
	s.mu.Unlock()
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer s.unpin(m)
	if err := d.wake(m); err != nil {
		return err
	}
	err = f(d.core)
	d.heads, d.opened = d.core.heads, true
	return err
}

// wake makes sure that the document is in m, which the caller holds.
func (d *document) wake(m *machine) error {
	d.s.mu.Lock()
	broken := d.broken
	d.s.mu.Unlock()
	if broken != nil || d.core != nil {
		return broken
	}
	err := d.load(m)
	if err != nil && d.opened {
		err = fmt.Errorf("%w: waking: %w", ErrTrap, err)
	}
	if err != nil {
		d.leave(m, err)
	}
	return err
}

func (d *document) load(m *machine) (err error) {
	if m.vm == nil {
		if m.vm, err = d.s.program.code.Start(); err != nil {
			return coreError(err, ErrTrap)
		}
	}
	c, err := loadCore(m.vm, d.saved, d.chunks, d.actor)
	if err != nil {
		return err
	}
	if d.opened && !slices.Equal(c.heads, d.heads) {
		c.close()
		return fmt.Errorf("%w: heads %v, not %v", ErrBadChunk, c.heads, d.heads)
	}
	c.waiting = append(c.waiting, d.waiting...)
	d.core, d.saved, d.chunks, d.waiting = c, nil, nil, nil
	return nil
}

// rest saves the document so that its VM can end. core stays if it cannot be
// saved.
func (d *document) rest() {
	if d.core == nil {
		return
	}
	saved, err := d.core.save()
	if err != nil {
		return
	}
	d.saved, d.waiting, d.core = saved, d.core.waiting, nil
}

// leave takes the document out of m, which the caller holds, for good.
func (d *document) leave(m *machine, why error) {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	delete(m.docs, d)
	d.home, d.core, d.broken = nil, nil, why
}

func (d *document) Apply(edits []doc.Edit, label string, unixMilli int64) (made Change, err error) {
	err = d.use(func(c *core) (err error) {
		made, err = c.apply(edits, label, unixMilli)
		return err
	})
	return made, err
}

func (d *document) Heads() doc.Heads { return slices.Clone(d.heads) }

func (d *document) Tree() (tree doc.Map, err error) {
	err = d.use(func(c *core) (err error) {
		tree, err = c.tree(vm.Undefined)
		return err
	})
	return tree, err
}

func (d *document) Read(path doc.Path) (v doc.Value, ok bool, err error) {
	err = d.use(func(c *core) (err error) {
		v, ok, err = c.read(path)
		return err
	})
	return v, ok, err
}

func (d *document) Merge(chunks [][]byte) (touched []doc.Path, err error) {
	err = d.use(func(c *core) (err error) {
		touched, err = c.merge(chunks)
		return err
	})
	return touched, err
}

func (d *document) At(heads doc.Heads) (tree doc.Map, err error) {
	err = d.use(func(c *core) (err error) {
		tree, err = c.versionAt(heads)
		return err
	})
	return tree, err
}

func (d *document) Changes() (list []Change, err error) {
	err = d.use(func(c *core) (err error) {
		list, err = c.changes()
		return err
	})
	return list, err
}

func (d *document) Save() (saved []byte) {
	_ = d.use(func(c *core) (err error) {
		saved, err = c.save()
		return err
	})
	return saved
}

// Close frees the document; its VM ends with the last one in it.
func (d *document) Close() {
	s := d.s
	s.mu.Lock()
	for d.home != nil && d.home.leaving {
		s.changed.Wait()
	}
	m := d.home
	if m == nil || s.closed {
		d.broken = ErrClosed
		d.saved, d.waiting = nil, nil
		s.mu.Unlock()
		return
	}
	m.pins++
	s.mu.Unlock()
	m.mu.Lock()
	if d.core != nil {
		d.core.close()
	}
	d.leave(m, ErrClosed)
	s.unpin(m)
}
